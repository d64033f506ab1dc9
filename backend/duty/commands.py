"""What phones and desks send about duty: swaps, signatures and answers signed by a phone, notes queued by a desk."""

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.schemas import Empty
from backend.duty import notes, roll_calls, signing, swaps, taking_over
from backend.duty.handover_schemas import SignAct
from backend.duty.log_schemas import NoteForm
from backend.duty.swap_schemas import SwapAnswer, SwapForm


@command("shift.take_over", Empty, signed=True)
def take_over(
    work: UnitOfWork, actor: Actor, subject_id: str, body: Empty, occurrence: Occurrence
) -> Outcome:
    """Take the duty over where nobody carries the post; the subject is the shift."""
    row = taking_over.take_over(work, actor, subject_id, occurrence.at)
    return Outcome("applied", row.id, row.revision)


@command("shift.ask_swap", SwapForm, signed=True)
def ask_swap(
    work: UnitOfWork, actor: Actor, subject_id: str, body: SwapForm, occurrence: Occurrence
) -> Outcome:
    """Ask that another takes my place; the subject is the shift."""
    row = swaps.ask_swap(work, actor, subject_id, body.substitute_id, body.reason)
    return Outcome("applied", subject_id, row.revision)


@command("shift.answer_swap", SwapAnswer, signed=True)
def answer_swap(
    work: UnitOfWork, actor: Actor, subject_id: str, body: SwapAnswer, occurrence: Occurrence
) -> Outcome:
    """Agree to take a place, or refuse; the subject is the swap."""
    row = swaps.answer_swap(work, actor, subject_id, body)
    return Outcome("applied", row.id, row.revision)


@command("shift.withdraw_swap", Empty, signed=True)
def withdraw_swap(
    work: UnitOfWork, actor: Actor, subject_id: str, body: Empty, occurrence: Occurrence
) -> Outcome:
    """Take a request back; the subject is the swap."""
    row = swaps.withdraw_swap(work, actor, subject_id)
    return Outcome("applied", row.id, row.revision)


@command("handover.sign", SignAct, signed=True)
def sign_handover(
    work: UnitOfWork, actor: Actor, subject_id: str, body: SignAct, occurrence: Occurrence
) -> Outcome:
    """Sign a handover for one's own side; the subject is the handover, the body the revision that was seen."""
    row = signing.sign(work, actor, subject_id, body.revision, occurrence.at)
    return Outcome("applied", row.id, row.revision)


@command("roll_call.answer", Empty, signed=True)
def answer_roll_call(
    work: UnitOfWork, actor: Actor, subject_id: str, body: Empty, occurrence: Occurrence
) -> Outcome:
    """Answer a roll call; the subject is the roll call."""
    row = roll_calls.answer(work, actor, subject_id, occurrence.at)
    return Outcome("applied", row.id, row.revision)


@command("duty_note.write", NoteForm, signed=False)
def write_note(
    work: UnitOfWork, actor: Actor, subject_id: str, body: NoteForm, occurrence: Occurrence
) -> Outcome:
    """Write a note under the id the desk made."""
    row = notes.write_note(work, actor, subject_id, body)
    return Outcome("applied", row.id, 1)
