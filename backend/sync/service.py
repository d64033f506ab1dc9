"""Applying commands exactly once: effect, audit line, outbox row and stored answer are one commit (design.md 3, 4)."""

import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend.core.clock import to_wire
from backend.core.commands import COMMANDS, CommandKind, Outcome
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import CommandReceipt
from backend.people.contact import record_contact
from backend.people.devices import audit_refused_signature
from backend.people.rules import signature_is_right
from backend.people.views import find_device
from backend.sync.rules import digest_of, occurrence_of
from backend.sync.schemas import CommandPayload, SignedCommand

log = logging.getLogger(__name__)
DESK_PREFIX = "desk-"
SERVER_TROUBLE = 500


@dataclass(frozen=True)
class Incoming:
    """One command that was read: its exact text, digest, signature, parsed payload and kind."""

    text: str
    digest: str
    signature: str | None
    payload: CommandPayload
    kind: CommandKind


def apply_command(database: Database, actor: Actor, sent: SignedCommand) -> str:
    """Apply one command, or return the answer it had before; the result is the answer's exact JSON text."""
    try:
        incoming = read_command(sent)
    except Problem as problem:
        return answer_text(None, None, database.clock.now(), problem=problem)
    try:
        return _apply(database, actor, incoming)
    except IntegrityError:
        # Two requests brought the same command at once; the other one's commit won, its answer is the answer.
        return _replay_or_refuse(database, actor, incoming)
    except Problem as problem:
        return _refuse(database, actor, incoming, problem)
    except Exception:
        log.exception("the command %s of kind %s failed", incoming.payload.command_id, incoming.kind.name)
        return answer_text(incoming, None, database.clock.now(), problem=Problem("500.1"))


def read_command(sent: SignedCommand) -> Incoming:
    """Parse a command; 400.1, 422.1 or 422.4 when it cannot be understood."""
    try:
        parsed = json.loads(sent.payload)
    except (ValueError, RecursionError) as error:
        raise Problem("400.1") from error
    try:
        payload = CommandPayload.model_validate(parsed)
    except ValidationError as error:
        raise Problem("422.1", fields=fields_of(error)) from error
    kind = COMMANDS.get(payload.type)
    if kind is None:
        raise Problem("422.4", command_id=payload.command_id)
    return Incoming(sent.payload, digest_of(sent.payload), sent.signature, payload, kind)


def _apply(database: Database, actor: Actor, incoming: Incoming) -> str:
    with database.writing() as work:
        if (stored := _stored_answer(work, actor, incoming)) is not None:
            return stored
        author = _author(work, actor, incoming)
        body = _body(incoming)
        occurrence = occurrence_of(incoming.payload, work.now, signed=incoming.kind.signed)
        outcome = incoming.kind.handler(work, author, incoming.payload.subject_id, body, occurrence)
        if incoming.kind.signed:
            record_contact(work, incoming.payload.device_id)
        return _store(work, author, incoming, outcome, None)


def _refuse(database: Database, actor: Actor, incoming: Incoming, problem: Problem) -> str:
    """Answer a command that was refused; a refusal of a proven author is stored, so that it stays the same."""
    if problem.status >= SERVER_TROUBLE:
        return answer_text(incoming, None, database.clock.now(), problem=problem)
    with database.writing() as work:
        if (stored := _replay(work, incoming)) is not None:
            return stored
        try:
            author = _author(work, actor, incoming)
        except Problem as refusal:
            if refusal.code == "422.2":
                audit_refused_signature(work, incoming.payload.device_id, refusal.code)
            return answer_text(incoming, None, work.now, problem=refusal)
        if problem.code == "422.3":
            audit_refused_signature(work, incoming.payload.device_id, problem.code)
            return answer_text(incoming, None, work.now, problem=problem)
        if _sequence_is_taken(work, incoming):
            return answer_text(incoming, None, work.now, problem=problem)
        return _store(work, author, incoming, None, problem)


def _replay_or_refuse(database: Database, actor: Actor, incoming: Incoming) -> str:
    with database.writing() as work:
        try:
            stored = _stored_answer(work, actor, incoming)
        except Problem as problem:
            return answer_text(incoming, None, work.now, problem=problem)
        if stored is not None:
            return stored
        return answer_text(incoming, None, work.now, problem=Problem("503.1"))


def _replay(work: UnitOfWork, incoming: Incoming) -> str | None:
    receipt = work.session.get(CommandReceipt, incoming.payload.command_id)
    return receipt.answer if receipt is not None and receipt.payload_sha256 == incoming.digest else None


def _stored_answer(work: UnitOfWork, actor: Actor, incoming: Incoming) -> str | None:
    """Return the stored answer; 422.3 when the id came with other content, 409.3 when the sequence is taken."""
    receipt = work.session.get(CommandReceipt, incoming.payload.command_id)
    if receipt is not None:
        if receipt.payload_sha256 != incoming.digest or receipt.user_id != actor.user_id:
            raise Problem("422.3")
        return receipt.answer
    if _sequence_is_taken(work, incoming):
        raise Problem("409.3", "本机序号已用于另一操作", "The sequence belongs to another command of this device")
    return None


def _sequence_is_taken(work: UnitOfWork, incoming: Incoming) -> bool:
    return (
        work.session.execute(
            select(CommandReceipt.command_id).where(
                CommandReceipt.device_id == incoming.payload.device_id,
                CommandReceipt.sequence == incoming.payload.sequence,
            )
        ).first()
        is not None
    )


def _author(work: UnitOfWork, actor: Actor, incoming: Incoming) -> Actor:
    """Return who made the command: the person of the phone that signed it, or the desk of this session.

    Raises 403.1 for somebody else's phone, 403.3 with the reason for a revoked one, 422.2 for a wrong signature.
    """
    if not incoming.kind.signed:
        if not incoming.payload.device_id.startswith(DESK_PREFIX) or actor.device_id is not None:
            raise Problem("403.1")
        return actor
    device = find_device(work.session, incoming.payload.device_id)
    if device is None or device.user_id != actor.user_id:
        raise Problem("403.1")
    if device.revoked_at is not None:
        raise Problem("403.3", reason=device.revoked_reason)
    if not signature_is_right(device.public_key, incoming.text.encode("utf-8", "surrogatepass"), incoming.signature or ""):
        raise Problem("422.2")
    return replace(actor, device_id=device.id)


def _body(incoming: Incoming) -> Any:
    try:
        return incoming.kind.schema.model_validate(incoming.payload.body)
    except ValidationError as error:
        raise Problem("422.1", fields=fields_of(error)) from error


def _store(
    work: UnitOfWork, author: Actor, incoming: Incoming, outcome: Outcome | None, problem: Problem | None
) -> str:
    answer = answer_text(incoming, outcome, work.now, problem)
    work.session.add(
        CommandReceipt(
            command_id=incoming.payload.command_id,
            device_id=incoming.payload.device_id,
            sequence=incoming.payload.sequence,
            user_id=author.user_id,
            type=incoming.payload.type,
            subject_id=incoming.payload.subject_id,
            payload=incoming.text,
            payload_sha256=incoming.digest,
            signature=incoming.signature,
            received_at=work.now,
            result=outcome.result if outcome else "rejected",
            answer=answer,
        )
    )
    return answer


def answer_text(
    incoming: Incoming | None, outcome: Outcome | None, now: datetime, problem: Problem | None = None
) -> str:
    """Write the answer to a command as JSON text; trouble of ours is `retry`, everything else final."""
    result = outcome.result if outcome else "rejected"
    if problem is not None and problem.status >= SERVER_TROUBLE:
        result = "retry"
    command_id = incoming.payload.command_id if incoming else (problem.details.get("command_id") if problem else None)
    return json.dumps(
        {
            "command_id": command_id,
            "result": result,
            "subject_id": outcome.subject_id if outcome else (incoming.payload.subject_id if incoming else None),
            "revision": outcome.revision if outcome else None,
            "received_at": to_wire(now),
            "applied_at": to_wire(now) if outcome else None,
            "problem": problem.body() if problem else None,
        },
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )


def fields_of(error: ValidationError) -> dict[str, list[str]]:
    """Return what is wrong by field; never the value itself, which may be personal."""
    fields: dict[str, list[str]] = {}
    for item in error.errors(include_url=False, include_input=False, include_context=False):
        fields.setdefault(".".join(str(part) for part in item["loc"]), []).append(item["msg"])
    return fields
