"""A host that fails again and again is left alone, longer each time, and tried by one message before all the others."""

from backend.channels.breaker import Breaker, BreakerRules

RULES = BreakerRules(failures=3, first_pause=5.0, longest_pause=30.0)


def shut(at: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(RULES.failures):
        breaker = breaker.started().failed(at, RULES)
    return breaker


def test_the_failure_that_is_one_too_many_shuts_it() -> None:
    breaker = Breaker().failed(0.0, RULES).failed(0.0, RULES)
    assert breaker.pause(0.0, RULES) == 0.0
    assert breaker.failed(100.0, RULES).pause(100.0, RULES) == 5.0


def test_an_answer_between_forgets_the_failures() -> None:
    breaker = Breaker().failed(0.0, RULES).failed(0.0, RULES).answered().failed(0.0, RULES).failed(0.0, RULES)
    assert breaker.pause(0.0, RULES) == 0.0


def test_it_is_shut_until_exactly_the_end_of_its_pause() -> None:
    breaker = shut()
    assert breaker.pause(1.0, RULES) == 4.0
    assert breaker.pause(4.9, RULES) > 0
    assert breaker.pause(5.0, RULES) == 0.0


def test_after_the_pause_one_message_tries_and_the_others_wait_for_what_it_finds() -> None:
    breaker = shut().started()
    assert breaker.pause(6.0, RULES) > 0
    assert breaker.answered().pause(6.0, RULES) == 0.0
    assert breaker.answered() == Breaker()
    assert breaker.abandoned().pause(6.0, RULES) == 0.0, (
        "what was never sent found nothing out; the next one tries"
    )


def test_each_try_that_fails_doubles_the_pause_up_to_the_longest() -> None:
    breaker, now, pauses = shut(), 0.0, []
    for _ in range(6):
        pauses.append(breaker.pause(now, RULES))
        now += pauses[-1]
        breaker = breaker.started().failed(now, RULES)
    assert pauses == [5.0, 10.0, 20.0, 30.0, 30.0, 30.0]


def test_failures_of_what_began_before_it_shut_do_not_prolong_the_pause() -> None:
    breaker = shut().failed(4.0, RULES).failed(4.0, RULES)
    assert breaker.pause(5.0, RULES) == 0.0
