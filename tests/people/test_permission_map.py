"""The permission map as a lawyer reads it: who may do what, at which courts (BSS-3, BSS-5, DL-4(7), DL-7, DL-8, DL-10)."""

from datetime import timedelta

from backend.core.permissions import SYSTEM
from backend.core.problems import Problem
from backend.courts.rules import CourtNode, CourtTree
from backend.demo.load import FIRST_DAY
from backend.demo.people import demo_people
from backend.people.accounts import appoint
from backend.people.permissions import (
    ADMINISTRATORS,
    PERMISSION_MAP,
    PHONE_ROLES,
    Permission,
    Reach,
    Role,
    may_be_held_together,
    needs_second_factor,
    reach_of,
)
from tests.conftest import TUESDAY_NINE
from tests.people.visitor import problem
from tests.support.world import World

P = Permission
CASE_CONTENT = {
    P.LEAD_REGISTER,
    P.LEAD_READ,
    P.LEAD_TRIAGE,
    P.REPORTER_READ,
    P.DIRECTIVE_READ,
    P.DIRECTIVE_ISSUE,
    P.DIRECTIVE_RECEIVE,
    P.CLOCK_READ,
    P.POSITION_READ,
    P.BOARD_READ,
}
TREE = CourtTree(
    [
        CourtNode("spc", "最高法", "", "supreme", None, FIRST_DAY),
        CourtNode("yunnan", "云", "", "high", "spc", FIRST_DAY),
        CourtNode("dali", "云29", "", "intermediate", "yunnan", FIRST_DAY),
        CourtNode("binchuan", "云2924", "", "basic", "dali", FIRST_DAY),
        CourtNode("xiangyun", "云2923", "", "basic", "dali", FIRST_DAY),
    ],
    TUESDAY_NINE,
)


def test_every_role_is_in_the_map_and_every_permission_is_held_by_somebody() -> None:
    assert set(PERMISSION_MAP) == set(Role)
    assert {permission for held in PERMISSION_MAP.values() for permission in held} == set(Permission)


def test_the_three_administrators_and_the_auditor_see_no_case_content() -> None:
    for role in (*ADMINISTRATORS, Role.AUDITOR):
        assert not CASE_CONTENT & set(PERMISSION_MAP[role]), role


def test_no_administrator_can_do_what_another_one_does() -> None:
    own = {P.INSTALLATION_MANAGE, P.ACCOUNT_MANAGE, P.AUDIT_READ}
    held = [own & set(PERMISSION_MAP[role]) for role in sorted(ADMINISTRATORS)]
    assert all(len(one) == 1 for one in held)
    assert set().union(*held) == own


def test_only_the_court_itself_acts_a_superior_sees_issues_and_calls_to_account() -> None:
    beyond = {P.DIRECTIVE_ISSUE, P.RECORD_OPEN, P.RECORD_DECIDE}
    for role, held in PERMISSION_MAP.items():
        for permission, reach in held.items():
            if reach is Reach.SUBTREE and permission not in beyond:
                assert permission.value.endswith(".read"), (role, permission)


def test_the_reporter_is_read_at_the_court_of_the_lead_alone() -> None:
    reaches = {held[P.REPORTER_READ] for held in PERMISSION_MAP.values() if P.REPORTER_READ in held}
    assert reaches == {Reach.OWN}
    assert P.REPORTER_READ not in PERMISSION_MAP[Role.RECORDS_CLERK]


def test_officers_and_team_leaders_have_a_phone_the_duty_of_their_court_and_nothing_else() -> None:
    assert {Role.OFFICER, Role.TEAM_LEADER} == PHONE_ROLES
    assert all(set(PERMISSION_MAP[role]) == {P.PHONE_USE, P.DUTY_READ} for role in PHONE_ROLES)
    assert {role for role in Role if not needs_second_factor([role])} == PHONE_ROLES


def test_a_commander_of_dali_reaches_its_counties_and_not_yunnan() -> None:
    reach = reach_of([("commander", "dali")], TREE)
    assert reach[P.DIRECTIVE_ISSUE] == {"dali", "binchuan", "xiangyun"}
    assert reach[P.BOARD_READ] == {"dali", "binchuan", "xiangyun"}
    assert reach[P.LEAD_REGISTER] == {"dali"}


def test_two_appointments_add_up_each_at_its_court() -> None:
    reach = reach_of([("duty_officer", "binchuan"), ("commander", "xiangyun")], TREE)
    assert reach[P.LEAD_REGISTER] == {"binchuan", "xiangyun"}
    assert reach[P.DELEGATE] == {"xiangyun"}


def test_an_appointment_at_a_court_that_no_longer_stands_reaches_nothing() -> None:
    assert reach_of([("commander", "dissolved")], TREE) == {}


def test_an_administrator_holds_that_role_alone() -> None:
    assert may_be_held_together(["duty_officer", "commander"])
    assert may_be_held_together(["security_administrator"])
    for other in set(Role) - {Role.SECURITY_ADMINISTRATOR}:
        assert not may_be_held_together([Role.SECURITY_ADMINISTRATOR, other]), other


def test_nobody_of_the_demo_is_two_administrators() -> None:
    by_person: dict[str, set[str]] = {}
    for person in demo_people():
        by_person.setdefault(person.account, set()).add(person.role)
    assert all(may_be_held_together(roles) for roles in by_person.values())


def test_nobody_is_appointed_to_two_roles_that_must_be_apart(world: World) -> None:
    day = timedelta(days=1)

    def try_to_appoint(account: str, role: Role, begins: timedelta, ends: timedelta | None = None) -> str:
        try:
            with world.database.writing() as work:
                work.authorise_by_rule("the test stands in for the president of the court")
                user, now = world.user(account), work.now
                appoint(work, SYSTEM, user, "binchuan", role, now + begins, now + ends if ends else None)
        except Problem as problem:
            return problem.code
        return "appointed"

    assert try_to_appoint("binchuan.duty", Role.SECURITY_ADMINISTRATOR, day) == "409.2"
    assert try_to_appoint("binchuan.sysadmin", Role.AUDIT_ADMINISTRATOR, -day) == "409.2"
    assert try_to_appoint("binchuan.sysadmin", Role.OFFICER, 300 * day, 301 * day) == "409.2"
    assert try_to_appoint("binchuan.duty", Role.COMMANDER, day) == "appointed"


def test_administrators_are_shown_no_lead_order_or_position(world: World) -> None:
    lead = world.register_lead(world.sign_in("binchuan.duty"), content="核桃两吨，正在装车")
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    closed = ["board", "clocks", "last-known", "leads", f"leads/{lead['id']}", f"leads/{lead['id']}/reporter"]
    closed += [f"leads/{lead['id']}/slip", f"directives/{order['id']}", f"directives/{order['id']}/slip"]
    for post in ("sysadmin", "secadmin", "audadmin", "auditor"):
        person = world.sign_in(f"binchuan.{post}")
        for path in closed:
            assert problem(person.get(f"/api/{path}")) == (403, "403.1"), (post, path)
        for path in ("directives?state=all", "phone", "events?since=0"):
            shown = person.http.get(f"/api/{path}")
            assert shown.status_code == 200
            assert "核桃" not in shown.get_data(as_text=True)
            assert order["id"] not in shown.get_data(as_text=True)
