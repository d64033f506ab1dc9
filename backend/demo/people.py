"""The demo's people: invented names, one account a role, and the teams they form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.people.permissions import Role

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "一鸣",
    "静",
    "海涛",
    "雪梅",
    "建国",
    "晓燕",
    "志远",
    "丽",
    "文斌",
    "秋月",
    "国栋",
    "婷",
    "明",
    "兰",
    "刚",
    "玉",
)


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo."""

    account: str
    name: str
    sex: str
    court_id: str
    role: Role
    mobile: str | None


@dataclass(frozen=True)
class DemoTeam:
    """A team of the demo: its first member leads."""

    court_id: str
    name: str
    accounts: tuple[str, ...]
    standby: bool


FULL_DESK = (
    ("commander", Role.COMMANDER),
    ("leader", Role.DUTY_LEADER),
    ("duty", Role.DUTY_OFFICER),
    ("liaison", Role.LIAISON),
    ("clerk", Role.RECORDS_CLERK),
    ("sysadmin", Role.SYSTEM_ADMINISTRATOR),
    ("secadmin", Role.SECURITY_ADMINISTRATOR),
    ("audadmin", Role.AUDIT_ADMINISTRATOR),
    ("auditor", Role.AUDITOR),
)
SMALL_DESK = FULL_DESK[:3]
DESKS = {
    "binchuan": FULL_DESK,
    "dali": FULL_DESK,
    "baishishan": FULL_DESK,
    "xiangyun": SMALL_DESK,
    "dalishi": SMALL_DESK,
    "changchun_forest": SMALL_DESK,
    "yunnan": SMALL_DESK,
}
OFFICERS = {"binchuan": 6, "xiangyun": 3, "dalishi": 3, "baishishan": 3}
TEAMS = (
    DemoTeam(
        "binchuan",
        "快反一组",
        ("binchuan.teamleader1", "binchuan.officer1", "binchuan.officer2"),
        standby=False,
    ),
    DemoTeam(
        "binchuan",
        "快反二组",
        ("binchuan.teamleader2", "binchuan.officer3", "binchuan.officer4"),
        standby=False,
    ),
    DemoTeam("binchuan", "快反三组", ("binchuan.officer5", "binchuan.officer6"), standby=True),
    DemoTeam(
        "xiangyun", "快反一组", ("xiangyun.officer1", "xiangyun.officer2", "xiangyun.officer3"), standby=True
    ),
    DemoTeam(
        "dalishi", "快反一组", ("dalishi.officer1", "dalishi.officer2", "dalishi.officer3"), standby=True
    ),
    DemoTeam(
        "baishishan",
        "快反一组",
        ("baishishan.officer1", "baishishan.officer2", "baishishan.officer3"),
        standby=True,
    ),
)
WITHOUT_NUMBER = "binchuan.officer2"
TEAM_LEADERS = {"binchuan": 2}
MORE_DUTY_OFFICERS = {"binchuan": 3, "baishishan": 3}
"""Who make a roster of three crews possible; named after everybody else, so that nobody's name changes."""


def demo_people() -> Iterator[DemoPerson]:
    """Return everybody of the demo, always under the same names."""
    everybody = [
        (court_id, post, role) for court_id, desk in DESKS.items() for post, role in posts_of(court_id, desk)
    ]
    everybody += [
        (court_id, f"duty{count}", Role.DUTY_OFFICER)
        for court_id, more in MORE_DUTY_OFFICERS.items()
        for count in range(2, more + 2)
    ]
    for number, (court_id, post, role) in enumerate(everybody):
        given = GIVEN[number * 7 % len(GIVEN)]
        name = SURNAMES[number % len(SURNAMES)] + given
        sex = "woman" if GIVEN.index(given) % 2 else "man"
        account = f"{court_id}.{post}"
        # No such numbers are given out in China; one was never asked for, as happens.
        mobile = None if account == WITHOUT_NUMBER else f"100 0000 {number:04}"
        yield DemoPerson(account, name, sex, court_id, role, mobile)


def posts_of(court_id: str, desk: Iterable[tuple[str, Role]]) -> Iterator[tuple[str, Role]]:
    """Return the desk of a court, then its team leaders and officers."""
    yield from desk
    for count in range(1, TEAM_LEADERS.get(court_id, 0) + 1):
        yield f"teamleader{count}", Role.TEAM_LEADER
    for count in range(1, OFFICERS.get(court_id, 0) + 1):
        yield f"officer{count}", Role.OFFICER
