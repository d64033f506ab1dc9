"""The answer to a command: written once as exact text, stored, and given again byte for byte."""

import json
from dataclasses import dataclass
from datetime import datetime

from backend.core.clock import to_wire
from backend.core.commands import Outcome
from backend.core.problems import Problem

SERVER_TROUBLE = 500


@dataclass(frozen=True)
class Answer:
    """An answer's exact text, and whether the command is to be sent again (nothing was decided)."""

    text: str
    again: bool = False


def write_answer(
    command_id: str | None,
    subject_id: str | None,
    now: datetime,
    outcome: Outcome | None = None,
    problem: Problem | None = None,
) -> Answer:
    """Write an answer: the outcome's result, `retry` for trouble of ours, `rejected` for every other problem."""
    again = problem is not None and problem.status >= SERVER_TROUBLE
    text = json.dumps(
        {
            "command_id": command_id,
            "result": outcome.result if outcome else "retry" if again else "rejected",
            "subject_id": outcome.subject_id if outcome else subject_id,
            "revision": outcome.revision if outcome else None,
            "received_at": to_wire(now),
            "applied_at": to_wire(now) if outcome else None,
            "problem": problem.body() if problem else None,
        },
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )
    return Answer(text, again)
