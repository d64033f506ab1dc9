"""What an order does to its delivery, and a device's receipt to the order (design.md 1, principle 3; domain 1.16)."""

from dataclasses import replace

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines.rules import ClockState
from backend.delivery import service as delivery
from backend.delivery.events import DevicesReceived, FirstReceipt
from backend.delivery.receipts import note_receipt
from backend.delivery.rules import Settled, Stage
from backend.directives.describe import clocks_concerning
from backend.directives.parents import CALLED_OFF
from backend.directives.rules import Act
from backend.directives.tables import Directive, DirectiveMember
from backend.directives.views import members_of
from backend.people.permissions import Permission
from backend.people.views import user_names

SUBJECT = "directive"
ANSWERS = {"accept": Settled.ACCEPTED, "take_over": Settled.ACCEPTED, "decline": Settled.DECLINED}
UNDER_WAY = frozenset({"depart", "arrive", "complete", "feedback"})
"""No alarm rings for a team that is on its way: it could betray a stake-out."""


def give_to_members(work: UnitOfWork, row: Directive) -> None:
    """Give the order to each member, whose ladder starts now; the driver does not tap, and gets none."""
    members = members_of(work.session, [row.id])[row.id]
    clocks = clocks_concerning(work.session, [row])[row.id]
    limits = [clock.due_at for clock in clocks if clock.state == ClockState.RUNNING]
    given = delivery.Given(
        subject_kind=SUBJECT,
        subject_id=row.id,
        court_id=row.target_court_id,
        issuing_court_id=row.issuing_court_id,
        title=row.title,
        reference=row.number,
        ladder=row.urgency,
        covert=row.covert,
        deadline_at=min(limits, default=None),
        leader_id=next((one.user_id for one in members if one.duty == "leader"), None),
    )
    delivery.begin(work, given, [member.user_id for member in members if member.duty != "driver"])


def follow_act(
    work: UnitOfWork,
    actor: Actor,
    row: Directive,
    act: Act,
    member: DirectiveMember | None,
    occurrence: Occurrence,
) -> None:
    """Carry an act on an order to its deliveries: a receipt, an answer, the way begun, the order called off."""
    if act.name in CALLED_OFF:
        delivery.settle_subject(work, SUBJECT, row.id, Settled.CALLED_OFF)
    elif act.name in UNDER_WAY:
        delivery.settle_subject(work, SUBJECT, row.id, Settled.UNDER_WAY)
    elif act.name == "acknowledge_for":
        delivery.settle_subject(work, SUBJECT, row.id, Settled.ON_BEHALF)
    elif member is not None and act.name in ANSWERS:
        delivery.answered(work, SUBJECT, row.id, occurrence.at, actor, ANSWERS[act.name])
    elif member is not None and actor.device_id is not None:
        note_receipt(
            work, (SUBJECT, row.id), actor.user_id, actor.device_id, Stage.DEVICE_RECEIVED, occurrence.at
        )


def lock_order(work: UnitOfWork, subject_kind: str, subject_id: str) -> None:
    """Answer the port of `delivery`: an order is locked before its deliveries, as its own acts do."""
    if subject_kind == SUBJECT:
        work.session.get(Directive, subject_id, with_for_update=True)


def receipts_of(
    work: UnitOfWork, event: DevicesReceived
) -> tuple[Directive | None, list[tuple[FirstReceipt, DirectiveMember, Actor]]]:
    """Return the order, and for each receipt that is news to it the member and who acts; nothing when it is no order."""
    row = (
        work.session.get(Directive, event.subject_id, with_for_update=True)
        if event.subject_kind == SUBJECT
        else None
    )
    if row is None:
        return None, []
    members = {one.user_id: one for one in members_of(work.session, [row.id])[row.id]}
    names = user_names(work.session, [receipt.user_id for receipt in event.receipts])
    return row, [
        (receipt, member, phone_of(receipt, row, names[receipt.user_id]))
        for receipt in event.receipts
        if (member := members.get(receipt.user_id)) is not None and member.device_received_at is None
    ]


def phone_of(receipt: FirstReceipt, row: Directive, name: str) -> Actor:
    """Return who acts when a phone says that it has an order: its person, who may nothing else by it."""
    return Actor(
        user_id=receipt.user_id,
        account="",
        name=name,
        court_id=row.target_court_id,
        device_id=receipt.device_id,
        reach={Permission.PHONE_USE: frozenset({row.target_court_id})},
    )


def at_of(receipt: FirstReceipt, row: Directive) -> Occurrence:
    """Return when the order was received: never before it was served."""
    occurrence = Occurrence(at=receipt.at)
    return occurrence if receipt.at >= row.served_at else replace(occurrence, at=row.served_at, trusted=False)
