"""How an emergency is told: whole to the desks that see the court's positions, the officer's own phone the little it shows."""

from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.emergencies.check_in_views import check_ins_of_person, describe_plan, members_of_plan
from backend.emergencies.describe import describe_emergencies, describe_mine
from backend.emergencies.tables import CheckInPlan, Emergency
from backend.people.permissions import Permission


def publish_emergency(work: UnitOfWork, row: Emergency) -> None:
    """Put `sos.changed` for desks (of the court and, by their reach, of those above) and `sos.mine` in the outbox.

    Two events, because notes of a desk must not be read over the shoulder of whoever holds the phone.
    """
    work.session.flush()
    work.publish(
        "sos.changed",
        row.id,
        row.revision,
        row.court_id,
        [room_of_court(Permission.POSITION_READ, row.court_id)],
        describe_emergencies(work.session, [row])[0],
    )
    work.publish(
        "sos.mine",
        row.id,
        row.revision,
        row.court_id,
        [room_of_user(row.user_id)],
        describe_mine(work.session, [row])[0],
    )


def publish_check_ins(work: UnitOfWork, plan: CheckInPlan) -> None:
    """Put `check_in.changed` for desks and `check_in.mine`, with all timers of that person, for each member."""
    work.session.flush()
    work.publish(
        "check_in.changed",
        plan.directive_id,
        plan.revision,
        plan.court_id,
        [room_of_court(Permission.POSITION_READ, plan.court_id)],
        describe_plan(work.session, plan.directive_id),
    )
    for row in members_of_plan(work.session, plan.directive_id):
        work.publish(
            "check_in.mine",
            row.user_id,
            plan.revision,
            plan.court_id,
            [room_of_user(row.user_id)],
            {"items": check_ins_of_person(work.session, row.user_id)},
        )
