"""One row of the access tests: an endpoint, who succeeds, who must not; and the people the rows speak of."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.access.stage import Ask, Stage

DUTY, COMMANDER, LEADER = "binchuan.duty", "binchuan.commander", "binchuan.leader"
OFFICER = "phone binchuan.officer1"
CLERK, AUDITOR, SYSTEM_ADMINISTRATOR = "binchuan.clerk", "binchuan.auditor", "binchuan.sysadmin"
NOT_DESK = (OFFICER, SYSTEM_ADMINISTRATOR, "binchuan.secadmin", "binchuan.audadmin", AUDITOR)
DUTY_ELSEWHERE = ("xiangyun.duty", "dali.duty", "baishishan.duty")
COMMANDER_ELSEWHERE = ("xiangyun.commander", "baishishan.commander")
BESIDE_DUTY = ("xiangyun.duty", "baishishan.duty")


@dataclass(frozen=True)
class Case:
    """One endpoint: `by` succeeds with `status`, everybody named as wrong is refused."""

    method: str
    rule: str
    by: str
    ask: Callable[[Stage], Ask]
    wrong_roles: tuple[str, ...] = ()
    wrong_courts: tuple[str, ...] = ()
    elsewhere: str = ""
    everybody_because: str = ""
    status: int = 200
    form: bool = False
    shows_court: bool = True


def at(path: str, *, after: Callable[[Stage], object] | None = None) -> Callable[[Stage], Ask]:
    """Return the request of a path without ids, after something of Binchuan was made."""

    def ask(stage: Stage) -> Ask:
        if after:
            after(stage)
        path_alone, _, query = path.partition("?")
        return Ask(path_alone, None, tuple(tuple(pair.split("=", 1)) for pair in query.split("&") if pair))  # type: ignore[misc]

    return ask


MINE = "about the caller alone"
