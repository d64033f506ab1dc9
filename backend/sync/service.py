"""Applying commands exactly once: effect, audit line, outbox row and stored answer are one commit (design.md 3, 4)."""

import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError

from backend.core.commands import CommandRefused, Outcome
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import CommandReceipt
from backend.people.contact import record_contact
from backend.people.devices import audit_refused_signature, revoked_problem
from backend.people.rules import signature_is_right
from backend.people.views import find_device
from backend.sync.answers import SERVER_TROUBLE, Answer, write_answer
from backend.sync.incoming import Incoming, UnreadableError, fields_of, read_command
from backend.sync.rules import occurrence_of
from backend.sync.schemas import SignedCommand

log = logging.getLogger(__name__)
DESK_PREFIX = "desk-"
TRIES = 3
BUSY = "503.1"
SUSPICIOUS = frozenset({"403.1", "422.2", "422.3"})
"""Somebody else's phone, a wrong signature, an id that came with other content: each leaves a security line."""


def apply_batch(database: Database, actor: Actor, batch: Iterable[SignedCommand]) -> list[str]:
    """Apply commands one by one and return the exact text of each answer.

    A command that must be sent again holds back those behind it on the same subject, so that their order stays; a
    database that is out of reach holds back all that follow.
    """
    texts: list[str] = []
    held: set[str] = set()
    out_of_reach = False
    for sent in batch:
        # Fifty commits in one go would keep every other green thread of this process waiting.
        time.sleep(0)
        try:
            incoming = read_command(sent)
        except UnreadableError as error:
            texts.append(
                write_answer(error.command_id, None, database.clock.now(), problem=error.problem).text
            )
            continue
        if out_of_reach or incoming.payload.subject_id in held:
            texts.append(_answer(database, incoming, Problem(BUSY)).text)
            continue
        try:
            answer = apply_command(database, actor, incoming)
        except Problem as trouble:
            out_of_reach = trouble.code == BUSY
            answer = _answer(database, incoming, trouble)
        if answer.again:
            held.add(incoming.payload.subject_id)
        texts.append(answer.text)
    return texts


def apply_command(database: Database, actor: Actor, incoming: Incoming) -> Answer:
    """Apply one command, or return the answer it had before; raise a problem from 500 up when nothing was decided."""
    for _ in range(TRIES):
        try:
            return _apply_or_refuse(database, actor, incoming)
        except IntegrityError:
            # Another request brought the same command, or made the same thing, at this moment and committed first;
            # what it left is there now and decides.
            continue
        except Problem:
            raise
        except Exception as error:
            log.exception("the command %s of kind %s failed", incoming.payload.command_id, incoming.kind.name)
            raise Problem("500.1") from error
    log.error(
        "the command %s of kind %s breaks a constraint", incoming.payload.command_id, incoming.kind.name
    )
    raise Problem("500.1")


def _apply_or_refuse(database: Database, actor: Actor, incoming: Incoming) -> Answer:
    try:
        return _apply(database, actor, incoming)
    except Problem as problem:
        if problem.status >= SERVER_TROUBLE:
            raise
        return _refuse(database, actor, incoming, problem)


def _apply(database: Database, actor: Actor, incoming: Incoming) -> Answer:
    with database.writing() as work:
        if (stored := _stored_answer(work, actor, incoming)) is not None:
            return stored
        author = _author(work, actor, incoming)
        occurrence = occurrence_of(incoming.payload, work.now, signed=incoming.kind.signed)
        outcome = incoming.kind.handler(
            work, author, incoming.payload.subject_id, _body(incoming), occurrence
        )
        return _store(work, author, incoming, outcome=outcome)


def _refuse(database: Database, actor: Actor, incoming: Incoming, problem: Problem) -> Answer:
    """Answer a command that was refused; the refusal of a proven author is stored, so that it stays the same."""
    with database.writing() as work:
        try:
            if (stored := _stored_answer(work, actor, incoming)) is not None:
                return stored
            author = _author(work, actor, incoming)
        except Problem as refusal:
            if refusal.code in SUSPICIOUS:
                audit_refused_signature(work, incoming.payload.device_id, refusal.code)
            work.raise_event(
                CommandRefused(
                    name=incoming.kind.name,
                    device_id=incoming.payload.device_id,
                    code=refusal.code,
                    text=incoming.text,
                    signature=incoming.signature,
                )
            )
            return _answer(database, incoming, refusal)
        return _store(work, author, incoming, problem=problem)


def _answer(database: Database, incoming: Incoming, problem: Problem) -> Answer:
    payload = incoming.payload
    return write_answer(payload.command_id, payload.subject_id, database.clock.now(), problem=problem)


def _stored_answer(work: UnitOfWork, actor: Actor, incoming: Incoming) -> Answer | None:
    """Return the stored answer; 422.3 when the id came with other content, 409.3 when the sequence is taken.

    Both are asked at once: between two questions the same command, sent twice, may have committed, and its own
    sequence would then look like another's.
    """
    payload = incoming.payload
    known = select(CommandReceipt).where(
        or_(
            CommandReceipt.command_id == payload.command_id,
            and_(CommandReceipt.device_id == payload.device_id, CommandReceipt.sequence == payload.sequence),
        )
    )
    receipts = {receipt.command_id: receipt for receipt in work.session.execute(known).scalars()}
    if (receipt := receipts.get(payload.command_id)) is not None:
        if receipt.payload_sha256 != incoming.digest or receipt.user_id != actor.user_id:
            raise Problem("422.3")
        return Answer(receipt.answer)
    if receipts:
        raise Problem(
            "409.3", "本机序号已用于另一操作", "The sequence belongs to another command of this device"
        )
    return None


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
        raise revoked_problem(device)
    if not signature_is_right(device.public_key, incoming.text.encode(), incoming.signature or ""):
        raise Problem("422.2")
    return replace(actor, device_id=device.id)


def _body(incoming: Incoming) -> Any:
    try:
        return incoming.kind.schema.model_validate(incoming.payload.body)
    except ValidationError as error:
        raise Problem("422.1", fields=fields_of(error)) from error


def _store(
    work: UnitOfWork,
    author: Actor,
    incoming: Incoming,
    outcome: Outcome | None = None,
    problem: Problem | None = None,
) -> Answer:
    payload = incoming.payload
    if incoming.kind.signed:
        record_contact(work, payload.device_id)
    answer = write_answer(payload.command_id, payload.subject_id, work.now, outcome, problem)
    work.session.add(
        CommandReceipt(
            command_id=payload.command_id,
            device_id=payload.device_id,
            sequence=payload.sequence,
            user_id=author.user_id,
            type=payload.type,
            subject_id=payload.subject_id,
            # What a phone signed is evidence; a desk's form would be a second place with the reporter's identity.
            payload=incoming.text if incoming.kind.signed else "",
            payload_sha256=incoming.digest,
            signature=incoming.signature,
            received_at=work.now,
            result=outcome.result if outcome else "rejected",
            answer=answer.text,
        )
    )
    return answer
