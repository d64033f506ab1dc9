"""The duty of Binchuan in the stories: today on post, the coming days planned, and two swaps asked (DL-14)."""

from datetime import datetime, timedelta
from typing import Any

from backend.core.clock import to_wire
from backend.demo.roster import CREWS
from backend.duty.rules import Post
from scripts.screens.evening import NOW, Evening
from scripts.screens.people import said

COURT = "binchuan"
WHY_SWAP, WHY_ASKED = "孩子家长会", "去昆明送卷"
DAYS_PLANNED = 4


class Duty:
    """Who keeps the duty of the court, and the acts the stories need of them."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.commander = evening.commander
        rows = said(self.commander.get(f"/api/courts/{COURT}/people", limit=200))["items"]
        self.accounts = {row["id"]: row["account"] for row in rows}
        self.ids = {account: user_id for user_id, account in self.accounts.items()}

    def now(self) -> dict[str, Any]:
        """Return who carries the duty now and what comes next."""
        return dict(said(self.commander.get("/api/duty/now")))

    def present(self, post: str) -> dict[str, Any]:
        """Return the shift on post."""
        return next(dict(shift) for shift in self.now()["shifts"] if shift["post"] == post)

    def keeper(self, post: str) -> str:
        """Return the account of who answers at a post now."""
        people = self.present(post)["people"]
        return next(self.accounts[one["id"]] for one in people if one["function"] in ("leader", "officer"))

    def bring_to_today(self) -> None:
        """Where the demo was loaded long ago, let its last crews hand over to today's, and plan the coming days."""
        for post in (Post.A, Post.B):
            if self.present(post)["overdue"]:
                self._hand_over(post)

    def _hand_over(self, post: Post) -> None:
        crews = CREWS[COURT][post]
        since = NOW() - timedelta(hours=2)
        for day in range(DAYS_PLANNED):
            self._plan(post, since + timedelta(days=day), crews[(day + 1) % len(crews)])
        outgoing = self.evening.people.desk(self.keeper(post))
        incoming = self.evening.people.desk(f"{COURT}.{crews[1][0][0]}")
        row = self.draft(post)
        for desk in (outgoing, incoming):
            row = said(desk.post(f"/api/duty/handovers/{row['id']}/sign", {"revision": row["revision"]}))

    def _plan(self, post: Post, begin: datetime, crew: Any) -> None:
        people = [
            {"user_id": self.ids[f"{COURT}.{account}"], "function": function} for account, function in crew
        ]
        form = {"court_id": COURT, "post": post, "planned_start": to_wire(begin), "people": people}
        form["planned_end"] = to_wire(begin + timedelta(days=1))
        said(self.commander.post("/api/duty/shifts", form))

    def draft(self, post: str) -> dict[str, Any]:
        """Begin handing a post over; the draft that is open already, if there is one."""
        desk = self.evening.people.desk(self.keeper(post))
        return dict(said(desk.post("/api/duty/handovers", {"shift_id": self.present(post)["id"]})))

    def ask_swaps(self) -> None:
        """Let one swap wait for the duty leader, and another for the officer whose phone the stories show."""
        waiting = self._ask("officer3", "officer2", WHY_SWAP)
        self.evening.phones["officer2"].do("shift.answer_swap", waiting, {"agree": True})
        self._ask("officer5", "officer1", WHY_ASKED)

    def _ask(self, asker: str, substitute: str, reason: str) -> str:
        phone = self.evening.phones[asker]
        mine = said(phone.get("/api/duty/mine"))["shifts"]
        shift = next(row for row in mine if row["state"] == "planned")
        body = {"substitute_id": self.ids[f"{COURT}.{substitute}"], "reason": reason}
        phone.do("shift.ask_swap", shift["id"], body)
        swaps = said(phone.get("/api/duty/mine"))["swaps"]
        return str(next(row["id"] for row in swaps if row["shift_id"] == shift["id"]))
