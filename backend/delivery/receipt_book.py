"""Receipts of many phones in one commit: an order to fifty is received by all of them in the same second (domain 1.16).

The first request to get its turn gathers for a few milliseconds what the others bring. Each transaction is about one
thing: it is locked once, and told once as it stands at the end, not once for each phone to every phone.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from backend.core.database import Database
from backend.core.problems import Problem
from backend.delivery.receipts import Said, receive_on_pages

GATHER_SECONDS = 0.02
Subject = tuple[str, str]


@dataclass(eq=False)
class _Waiting:
    """What one request says of one thing, and what became of it."""

    subject: Subject
    said: Sequence[Said]
    done: bool = False
    error: BaseException | None = None


class ReceiptBook:
    """The one way receipts of pages get into the database of this process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._waiting: list[_Waiting] = []
        self._turn = threading.Lock()
        self._line = threading.Lock()

    def take(self, subject: Subject, said: Sequence[Said]) -> None:
        """Keep what a phone says of a thing durably before returning; raise what the commit raised."""
        mine = _Waiting(subject, said)
        with self._line:
            self._waiting.append(mine)
        with self._turn:
            if not mine.done:
                self._write_together()
        if mine.error is not None:
            raise mine.error

    def _write_together(self) -> None:
        time.sleep(GATHER_SECONDS)
        with self._line:
            gathered, self._waiting = self._waiting, []
        by_subject: dict[Subject, list[_Waiting]] = defaultdict(list)
        for one in gathered:
            by_subject[one.subject].append(one)
        for of_subject in by_subject.values():
            self._write(of_subject)
            for one in of_subject:
                # One phone's receipt that cannot be kept must not cost the others theirs; a database that is away, all.
                if one.error is not None and not isinstance(one.error, Problem) and len(of_subject) > 1:
                    self._write([one])

    def _write(self, together: Sequence[_Waiting]) -> None:
        error: BaseException | None = None
        try:
            with self.database.writing() as work:
                receive_on_pages(work, together[0].subject, [said for one in together for said in one.said])
        except BaseException as raised:  # noqa: BLE001 - each request raises it itself
            error = raised
        for one in together:
            one.error, one.done = error, True
