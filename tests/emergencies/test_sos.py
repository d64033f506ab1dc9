"""A call for help: taken once with its place, answered by the first desk, closed with a word (domain 1.16, ADR 0039)."""

import threading
from datetime import timedelta

from backend.core.identifiers import new_identifier
from tests.emergencies.conftest import HERE, Danger
from tests.people.visitor import problem
from tests.support.world import World


def test_a_press_is_at_the_desk_with_who_where_battery_team_and_order(danger: Danger, world: World) -> None:
    order = world.order_out(danger.desk("commander"))
    danger.phone.do("directive.accept", order["id"])
    danger.phone.do("directive.depart", order["id"])
    world.order_out(danger.desk("commander"), title="较新但没有接的指令")

    shown = danger.shown(danger.raised(note="对方持刀"))
    assert (shown["kind"], shown["state"], shown["drill"]) == ("sos", "open", False)
    assert shown["user"]["id"] == danger.phone.user_id
    assert shown["team"]["name"] == "快反一组"
    assert shown["order"] == {"id": order["id"], "number": order["number"], "title": order["title"]}
    assert shown["place"] == HERE
    assert (shown["battery_percent"], shown["note"]) == (41, "对方持刀")
    assert shown["alarmed"] == ["binchuan"]
    assert [line["act"] for line in shown["lines"]] == ["raise"]
    board = danger.desk("duty").get("/api/board").get_json()
    assert [one["id"] for one in board["emergencies"]] == [shown["id"]]


def test_it_is_told_to_desks_that_see_positions_and_the_phone_hears_no_note(danger: Danger) -> None:
    emergency = danger.raised()
    danger.act(emergency, "notes", text="特警已出动，从后门进")
    assert {tuple(event.rooms) for event in danger.events("sos.changed")} == {("position.read@binchuan",)}
    mine = danger.events("sos.mine")
    assert {tuple(event.rooms) for event in mine} == {(f"user:{danger.phone.user_id}",)}
    assert all("后门" not in str(event.data) and "lines" not in event.data for event in mine)
    assert "position.read@binchuan" in danger.world.actor("dali.duty").rooms()
    assert "position.read@binchuan" not in danger.world.actor("xiangyun.duty").rooms()


def test_the_same_press_sent_twice_is_one_and_further_presses_are_lines(danger: Danger) -> None:
    command = danger.phone.command("sos.raise", new_identifier(), {"drill": False})
    first, again = danger.phone.send(command, command)
    assert first == again
    danger.world.clock.instant += timedelta(seconds=20)
    moved = {**HERE, "latitude": 25.9, "fixed_at": "2026-03-03T01:00:15.000Z"}
    second = danger.press(position=moved, battery_percent=40)
    assert second["subject_id"] == first["subject_id"]
    shown = danger.shown(first["subject_id"])
    assert [line["act"] for line in shown["lines"]] == ["raise", "press_again"]
    assert (shown["place"]["latitude"], shown["battery_percent"]) == (25.9, 40)
    listed = danger.desk("duty").get("/api/emergencies").get_json()["items"]
    assert [one["id"] for one in listed] == [first["subject_id"]]


def test_an_older_press_that_comes_later_does_not_move_the_place_back(danger: Danger) -> None:
    emergency = danger.raised()
    old = {**HERE, "latitude": 25.0, "fixed_at": "2026-03-03T00:40:00.000Z"}
    danger.press(position=old, made_at=danger.world.clock.now() - timedelta(minutes=20))
    assert danger.shown(emergency)["place"]["latitude"] == HERE["latitude"]


def test_a_second_phone_of_the_officer_adds_to_the_same_call(danger: Danger, world: World) -> None:
    emergency = danger.raised()
    other = world.phone("binchuan.officer1")
    assert danger.press(other)["subject_id"] == emergency
    colleague = world.phone("binchuan.officer2")
    assert danger.press(colleague)["subject_id"] != emergency


def test_a_drill_that_is_open_does_not_swallow_a_call_in_earnest(danger: Danger) -> None:
    drill = danger.raised(drill=True)
    earnest = danger.raised()
    assert earnest != drill
    assert danger.raised(drill=True) == earnest, "and a drill during it is no drill"
    assert danger.shown(earnest)["drill"] is False


def test_pressed_twelve_minutes_ago_without_network(danger: Danger) -> None:
    made_at = danger.world.clock.now() - timedelta(minutes=12)
    shown = danger.shown(danger.raised(made_at=made_at))
    assert (shown["raised_at"], shown["received_at"]) == (
        "2026-03-03T00:48:00.000Z",
        "2026-03-03T01:00:00.000Z",
    )
    assert shown["time_trusted"] is True


def test_a_phone_whose_clock_is_not_known_is_believed_that_it_calls_and_not_when(danger: Danger) -> None:
    made_at = danger.world.clock.now() - timedelta(hours=3)
    shown = danger.shown(danger.raised(made_at=made_at, uncertainty_ms=None))
    assert (shown["raised_at"], shown["time_trusted"]) == ("2026-03-03T01:00:00.000Z", False)
    ahead = danger.world.phone("binchuan.officer2")
    late = danger.raised(phone=ahead, made_at=danger.world.clock.now() + timedelta(days=2))
    assert danger.shown(late)["raised_at"] == "2026-03-03T01:00:00.000Z"


def test_without_position_and_battery_it_is_taken_all_the_same(danger: Danger) -> None:
    shown = danger.shown(danger.raised(position=None, battery_percent=None))
    assert (shown["place"], shown["battery_percent"]) == (None, None)


def test_the_first_answer_counts_and_the_officer_reads_the_name(danger: Danger) -> None:
    emergency = danger.raised()
    danger.world.clock.instant += timedelta(seconds=8)
    first = danger.act(emergency, "answer").get_json()
    second = danger.act(emergency, "answer", by="commander").get_json()
    assert (first["state"], first["answered_at"]) == ("answered", "2026-03-03T01:00:08.000Z")
    assert second["answered_by"] == first["answered_by"]
    assert [line["act"] for line in second["lines"]] == ["raise", "answer"]
    (mine,) = danger.phone.get("/api/phone").get_json()["emergencies"]["mine"]
    assert mine["answered_by"]["name"] == danger.world.user("binchuan.duty").name


def test_safe_is_shown_and_closes_nothing_until_a_desk_does(danger: Danger) -> None:
    emergency = danger.raised()
    assert danger.phone.do("sos.safe", emergency)["result"] == "applied"
    shown = danger.shown(emergency)
    assert (shown["state"], shown["safe_at"]) == ("open", "2026-03-03T01:00:00.000Z")
    closed = danger.act(emergency, "close", result="safe", words="电话里听到本人报平安").get_json()
    assert (closed["state"], closed["result"]) == ("closed", "safe")
    assert closed["answered_by"] == closed["closed_by"], "who closes answers"
    assert danger.phone.get("/api/phone").get_json()["emergencies"]["mine"] == []
    assert danger.audited(emergency) == ["sos.raise", "sos.safe", "sos.answer", "sos.close"]
    assert danger.phone.do("sos.safe", emergency)["result"] == "superseded"


def test_pressing_again_after_safe_takes_it_back(danger: Danger) -> None:
    emergency = danger.raised()
    danger.phone.do("sos.safe", emergency)
    danger.press()
    assert danger.shown(emergency)["safe_at"] is None


def test_safe_under_the_id_of_a_press_that_was_added_finds_its_call(danger: Danger) -> None:
    emergency = danger.raised()
    pressed = new_identifier()
    danger.press(press_id=pressed)
    assert danger.phone.do("sos.safe", pressed)["subject_id"] == emergency


def test_a_press_after_the_end_is_a_new_call_whatever_its_id(danger: Danger) -> None:
    emergency = danger.raised()
    danger.act(emergency, "close", result="helped", words="已带离")
    again = danger.raised(press_id=emergency)
    assert again != emergency
    assert danger.shown(again)["state"] == "open"


def test_a_drill_ends_as_a_drill_alone(danger: Danger) -> None:
    drill = danger.raised(drill=True)
    assert problem(danger.act(drill, "close", result="safe", words="演练完")) == (422, "422.1")
    assert danger.act(drill, "close", result="drill", words="演练完").status_code == 200
    assert problem(danger.act(drill, "close", result="drill", words="演练完")) == (409, "409.2")


def test_bad_input_is_refused_and_opens_nothing(danger: Danger) -> None:
    for body in ({}, {"drill": "yes"}, {"drill": False, "note": ""}, {"drill": False, "more": 1}):
        answer = danger.phone.do("sos.raise", new_identifier(), body)
        assert (answer["result"], answer["problem"]["code"]) == ("rejected", "422.1"), body
    answer = danger.phone.do("sos.raise", "not an id", {"drill": False})
    assert answer["problem"]["code"] == "422.1"
    assert danger.phone.do("sos.safe", new_identifier())["problem"]["code"] == "404.1"
    assert danger.desk("duty").get("/api/emergencies").get_json()["items"] == []
    emergency = danger.raised()
    for body in ({}, {"result": "on_time", "words": "x"}, {"result": "safe", "words": " "}):
        assert problem(danger.act(emergency, "close", **body)) == (422, "422.1"), body
    assert problem(danger.act(new_identifier(), "answer")) == (404, "404.1")


def test_the_courts_above_answer_and_those_beside_do_not_even_see(danger: Danger) -> None:
    emergency = danger.raised()
    for account in ("xiangyun.duty", "baishishan.commander"):
        assert problem(danger.act(emergency, "answer", by=account)) == (403, "403.1"), account
        assert problem(danger.desk(account).get(f"/api/emergencies/{emergency}")) == (403, "403.1"), account
        assert danger.desk(account).get("/api/emergencies").get_json()["items"] == []
    assert problem(danger.act(emergency, "answer", by="liaison")) == (403, "403.1")
    assert danger.act(emergency, "answer", by="dali.duty").get_json()["state"] == "answered"


def test_two_phones_pressed_at_the_same_moment_open_one_call(danger: Danger, world: World) -> None:
    phones = [danger.phone, world.phone("binchuan.officer1")]
    together, answers = threading.Barrier(2), []

    def press(phone) -> None:
        together.wait()
        answers.append(danger.press(phone))

    threads = [threading.Thread(target=press, args=[phone]) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer["result"] for answer in answers} == {"applied"}
    assert len({answer["subject_id"] for answer in answers}) == 1
    shown = danger.shown(answers[0]["subject_id"])
    assert [line["act"] for line in shown["lines"]] == ["raise", "press_again"]


def test_the_duty_log_says_what_happened_and_no_words(danger: Danger) -> None:
    emergency = danger.raised(note="对方持刀")
    danger.act(emergency, "answer")
    danger.act(emergency, "close", result="helped", words="已带离现场")
    log = danger.desk("duty").get("/api/duty/log", kind="emergency").get_json()["items"]
    assert [one["template"] for one in log] == ["sos.close", "sos.answer", "sos.raise"]
    assert log[0]["values"] == {"ended_as": "helped"}
    assert log[0]["people"]["user"]["id"] == danger.phone.user_id
    assert "持刀" not in str(log)
    assert "带离" not in str(log)


def test_the_phone_is_told_whom_to_write_to(danger: Danger, world: World) -> None:
    told = danger.phone.get("/api/phone").get_json()["emergencies"]
    assert told["duty_phone"] == {
        "court": {"id": "binchuan", "name": "宾川县人民法院"},
        "number": "0872-0002924",
    }
    leader = danger.desk("leader")
    path = "/api/duty-phones"
    assert problem(leader.post(path, {"court_id": "xiangyun", "number": None})) == (403, "403.1")
    for number in ("", "12", "abc-1234", "1;2345", "0872-71409991234567890123456"):
        assert problem(leader.post(path, {"court_id": "binchuan", "number": number})) == (422, "422.1")
    assert leader.post(path, {"court_id": "binchuan", "number": None}).status_code == 200
    told = danger.phone.get("/api/phone").get_json()["emergencies"]
    assert told["duty_phone"]["court"]["id"] == "dali", "the nearest above that has one"
