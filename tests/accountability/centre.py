"""The accountability of Binchuan by short names: a roster kept, limits that pass, what is put down then."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from backend.core.identifiers import new_identifier
from backend.deadlines.watcher import ClockWatcher
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty.tables import Shift, ShiftPerson
from tests.support.world import Client, Phone, World

COURT = "binchuan"


def court_clock(text: str) -> datetime:
    """`2026-03-03 09:00:00` on the wall clock of a court."""
    return datetime.fromisoformat(text).replace(tzinfo=COURT_TIME)


class Centre:
    """The duty desk of Binchuan, its officers' phones, and the records of what awaits an explanation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = world.sign_in("binchuan.duty")
        self.leader = world.sign_in("binchuan.leader")
        self.commander = world.sign_in("binchuan.commander")

    def forget_roster(self) -> None:
        """Let nobody of the demo have taken the duty over: each test keeps the roster it speaks of."""
        with self.world.database.writing() as work:
            work.authorise_by_rule("the test keeps the roster")
            planned = update(Shift).where(Shift.court_id == COURT)
            work.session.execute(planned.values(state="planned", on_post_at=None, off_post_at=None))
            work.audit(self.world.actor("binchuan.liaison"), "shift.plan", "shift", "demo", COURT)

    def on_post(
        self, *people: tuple[str, str], since: datetime | None = None, until: datetime | None = None
    ) -> None:
        """Keep a shift of Binchuan on its post: pairs of account and function."""
        since = since or self.world.clock.now() - timedelta(hours=1)
        with self.world.database.writing() as work:
            work.authorise_by_rule("the test keeps the roster")
            shift = Shift(
                id=new_identifier(),
                court_id=COURT,
                post="A" if all(function != "leader" for _, function in people) else "week",
                planned_start=since,
                planned_end=since + timedelta(hours=12),
                state="handed_over" if until else "on_post",
                on_post_at=since,
                off_post_at=until,
                planned_by=self.world.user("binchuan.liaison").id,
                planned_at=since,
            )
            work.session.add(shift)
            work.session.flush()
            for position, (account, function) in enumerate(people):
                work.session.add(
                    ShiftPerson(
                        shift_id=shift.id,
                        user_id=self.world.user(account).id,
                        position=position,
                        function=function,
                    )
                )
            work.audit(
                self.world.actor("binchuan.liaison"), "shift.take_over", "shift", shift.id, COURT, since
            )

    def roster(self) -> None:
        """Let officer 5 keep post A and the duty leader lead the week."""
        self.on_post(("binchuan.officer5", "officer"))
        self.on_post(("binchuan.leader", "leader"))

    def pass_time(self, **span: float) -> None:
        """Let time pass, and the watcher do what is due."""
        self.world.clock.instant += timedelta(**span)
        self.watch()

    def watch(self) -> int:
        """Let the watcher do what is due now."""
        return ClockWatcher(self.world.database)()

    def contact(self, phone: Phone, order_id: str) -> None:
        """Let a phone be heard from long enough to hand over what it holds, and the watcher look again."""
        phone.do("directive.note", order_id, {"text": "有信号"})
        self.pass_time(seconds=61)
        phone.do("directive.note", order_id, {"text": "在线"})
        self.pass_time(seconds=10)

    def records(self, reader: Client | None = None, state: str = "all") -> list[dict[str, Any]]:
        """Return the records a desk lists."""
        answer = (reader or self.commander).get("/api/records", state=state)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: list[dict[str, Any]] = answer.get_json()["items"]
        return found

    def record(self, record_id: str, reader: Client | None = None) -> dict[str, Any]:
        """Return one record."""
        answer = (reader or self.commander).get(f"/api/records/{record_id}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def only_record(self) -> dict[str, Any]:
        """Return the one record there is, whole."""
        (row,) = self.records()
        return self.record(row["id"])

    def open(self, opener: Client | None = None, **changes: Any) -> dict[str, Any]:
        """Open a record in words and return it."""
        form = {
            "court_id": COURT,
            "ground": "bad_attitude",
            "happened_at": (self.world.clock.now() - timedelta(minutes=30)).isoformat(),
            "title": "来电人称被训斥",
            "words": "来电人称值班人员语气生硬，挂断电话。",
            "people": [self.world.user("binchuan.officer5").id],
            **changes,
        }
        answer = (opener or self.commander).post("/api/records", form)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def act(self, by: Client, record: dict[str, Any], act: str, **body: Any) -> Any:
        """Do an act on a record as it stands, and return the answer."""
        if act in ("accept_reason", "decide", "release"):
            body = {"revision": self.record(record["id"])["revision"], "words": "情况属实", **body}
        return by.post(f"/api/records/{record['id']}/{act}", body)


def reasons(record: dict[str, Any]) -> dict[str, str]:
    """Return why each person is concerned now, by name."""
    return {one["user"]["name"]: one["reason"] for one in record["people"] if one["released_at"] is None}


def facts(record: dict[str, Any], side: str) -> list[str]:
    """Return the codes of the facts on a side."""
    return [fact["code"] for fact in record["evidence"]["facts"] if fact["side"] == side]


def matters(client: Client, record: dict[str, Any]) -> list[str]:
    """Return what a person's notices about the record are about, the newest first."""
    items = client.get("/api/notices").get_json()["items"]
    return [one["matter"] for one in items if one["subject_id"] == record["id"]]
