"""Reading one command as it came: its exact text, what it says, and which kind it is; what cannot be read is refused."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from backend.core.commands import COMMANDS, CommandKind
from backend.core.identifiers import is_identifier
from backend.core.problems import Problem
from backend.core.strict_json import can_be_kept, finite, refuse_constant, refuse_lost_text
from backend.sync.rules import digest_of
from backend.sync.schemas import CommandPayload, SignedCommand


@dataclass(frozen=True)
class Incoming:
    """One command that was read: its exact text, digest, signature, parsed payload and kind."""

    text: str
    digest: str
    signature: str | None
    payload: CommandPayload
    kind: CommandKind


class UnreadableError(Exception):
    """A command that cannot be understood: the problem, and the command's id where that could be read."""

    def __init__(self, problem: Problem, command_id: str | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.command_id = command_id


def read_command(sent: SignedCommand) -> Incoming:
    """Parse a command; UnreadableError with 400.1 (no JSON), 422.1 (wrong shape) or 422.4 (unknown kind)."""
    parsed = _parse(sent.payload)
    claimed = parsed.get("command_id") if isinstance(parsed, dict) else None
    command_id = claimed if isinstance(claimed, str) and is_identifier(claimed) else None
    try:
        payload = CommandPayload.model_validate(parsed)
    except ValidationError as error:
        raise UnreadableError(Problem("422.1", fields=fields_of(error)), command_id) from error
    kind = COMMANDS.get(payload.type)
    if kind is None:
        raise UnreadableError(Problem("422.4"), command_id)
    return Incoming(sent.payload, digest_of(sent.payload), sent.signature, payload, kind)


def _parse(text: str) -> Any:
    try:
        if not can_be_kept(text):
            raise ValueError("the text cannot be kept")
        parsed = json.loads(text, parse_float=finite, parse_constant=refuse_constant)
        refuse_lost_text(parsed)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Problem("400.1")) from error
    return parsed


def fields_of(error: ValidationError) -> dict[str, list[str]]:
    """Return what is wrong by field; never the value itself, which may be personal."""
    fields: dict[str, list[str]] = {}
    for item in error.errors(include_url=False, include_input=False, include_context=False):
        fields.setdefault(".".join(str(part) for part in item["loc"]), []).append(item["msg"])
    return fields
