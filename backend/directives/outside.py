"""Directives that reach the court by telephone or fax, and the system's copy that may follow (A13; BSS-6, BSS-8).

The clocks run from the call. Answering a call is answering; a fax is answered when somebody writes it down.
"""

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.courts.views import court_tree
from backend.deadlines import service as deadlines
from backend.directives.clocks import start_clocks
from backend.directives.events import DirectiveIssued
from backend.directives.outside_schemas import OutsideDirective
from backend.directives.parents import open_children
from backend.directives.publish import publish_directive
from backend.directives.rules import (
    ACTS,
    ENDED,
    FROM_ABOVE,
    Capacity,
    State,
    is_credible_call,
)
from backend.directives.service import locked, perform, refuse_stale
from backend.directives.slip import next_number, written_words
from backend.directives.steps import add_step
from backend.directives.tables import Directive, OutsideReceipt
from backend.people.permissions import Permission


def receive_outside(
    work: UnitOfWork, actor: Actor, directive_id: str | None, form: OutsideDirective
) -> Directive:
    """Register a directive of a court above that was telephoned or faxed; it counts from when it came in.

    Raises 403.1 without the desk's permission, 409.3 when the id is taken, 422.1 for a court that is not above this
    one, or a time that is no recent one.
    """
    work.authorise(actor, Permission.DIRECTIVE_RECEIVE, actor.court_id)
    if directive_id is not None and work.session.get(Directive, directive_id) is not None:
        raise Problem("409.3", "该指令已登记", "This directive is registered already")
    tree = court_tree(work.session, work.now)
    if form.issuing_court_id not in tree.ancestors(actor.court_id):
        raise Problem(
            "422.1",
            "只有上级法院可以下达指令",
            "Only a court above this one gives it directives",
            fields={"issuing_court_id": []},
        )
    if not is_credible_call(form.received_at, work.now):
        raise Problem(
            "422.1",
            "接到时间早于三十天前",
            "The call was more than thirty days ago",
            fields={"received_at": []},
        )
    received_at = min(form.received_at, work.now)
    row = Directive(
        **written_words(form),
        id=directive_id or new_identifier(),
        number=next_number(work, actor.court_id, received_at),
        state=State.ISSUED,
        issuing_court_id=form.issuing_court_id,
        issuer_id=actor.user_id,
        target_court_id=actor.court_id,
        issued_at=received_at,
        served_at=received_at,
    )
    work.session.add(row)
    work.session.flush()
    receipt = form.model_dump(
        include={"channel", "caller_name", "call_back_number", "read_back", "issuer_number"}
    )
    work.session.add(
        OutsideReceipt(
            directive_id=row.id,
            received_at=received_at,
            registered_at=work.now,
            registered_by=actor.user_id,
            **receipt,
        )
    )
    work.audit(
        actor,
        "directive.receive_outside",
        "directive",
        row.id,
        row.target_court_id,
        received_at,
        number=row.number,
        channel=form.channel,
    )
    add_step(
        work,
        actor,
        row,
        "issue",
        Occurrence(at=received_at),
        channel=form.channel,
        told_by=form.caller_name,
    )
    start_clocks(work, actor, row)
    work.raise_event(
        DirectiveIssued(row.id, row.lead_id, row.issuing_court_id, row.kind, row.issued_at, actor)
    )
    answered_at = received_at if form.channel == "phone" else work.now
    perform(work, actor, row, ACTS["acknowledge"], Capacity.TARGET, Occurrence(at=answered_at))
    return row


def merge_copy(work: UnitOfWork, actor: Actor, directive_id: str, copy_id: str, revision: int) -> Directive:
    """Say that a directive in the system is the copy of one that was telephoned or faxed before.

    The copy is superseded and its clocks are called off as of their start: the call has its own. Raises 404.1, 403.1,
    409.1 when the directive changed meanwhile, 409.2 when they cannot be one directive.
    """
    row = locked(work, directive_id)
    work.authorise(actor, Permission.DIRECTIVE_RECEIVE, row.target_court_id)
    copy = locked(work, copy_id)
    work.authorise(actor, Permission.DIRECTIVE_RECEIVE, copy.target_court_id)
    refuse_stale(work, row, revision)
    receipt = work.session.get(OutsideReceipt, row.id)
    if receipt is None or receipt.copy_id is not None or not are_one(work, row, copy):
        raise Problem(
            "409.2",
            "这两道指令不能合并",
            "These two directives cannot be one",
            state=copy.state,
        )
    receipt.copy_id, receipt.issuer_number = copy.id, copy.number
    row.issuer_id = copy.issuer_id
    row.revision += 1
    copy.revision += 1
    copy.state, copy.ended_at = State.SUPERSEDED, work.now
    copy.reason = f"与{row.number}为同一指令"
    add_step(work, actor, copy, "supersede", text=copy.reason)
    work.audit(
        actor,
        "directive.merge",
        "directive",
        row.id,
        row.target_court_id,
        copy=copy.id,
        revision=row.revision,
    )
    deadlines.cancel(work, "directive", copy.id, copy.served_at, actor, "merged")
    publish_directive(work, copy)
    publish_directive(work, row)
    return row


def are_one(work: UnitOfWork, row: Directive, copy: Directive) -> bool:
    """Whether the copy can be the same directive: the same courts, given to the court, open, nobody sent out on it."""
    return (
        copy.id != row.id
        and (copy.issuing_court_id, copy.target_court_id) == (row.issuing_court_id, row.target_court_id)
        and copy.kind in FROM_ABOVE
        and copy.is_to_court
        and copy.state not in ENDED
        and work.session.get(OutsideReceipt, copy.id) is None
        and not open_children(work, copy.id)
    )
