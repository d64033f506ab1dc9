"""The demo's roster: yesterday handed over, today on post, the next week planned, at two courts (景宁: hand-over 08:20).

It is made by the acts themselves, each at its own instant, so that log, signatures and who was on duty hold together.
"""

from datetime import datetime, time, timedelta

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty import handovers, roster, signing
from backend.duty.handover_schemas import HandoverEdit, KitCheck, NewHandover
from backend.duty.log_schemas import NoteForm
from backend.duty.notes import write_note
from backend.duty.rules import DutyFunction, Kit, NoteCategory, Post
from backend.duty.schemas import NewShift, PersonInShift
from backend.duty.taking_over import take_over
from backend.duty.views import shifts_between
from backend.people.views import build_actor, find_user_by_account

HAND_OVER = time(8, 20)
DAYS_AHEAD = 7
Crew = tuple[tuple[str, DutyFunction], ...]
LEADER, OFFICER = DutyFunction.LEADER, DutyFunction.OFFICER
TECHNICIAN, STANDBY = DutyFunction.TECHNICIAN, DutyFunction.STANDBY
CREWS: dict[str, dict[Post, tuple[Crew, ...]]] = {
    "binchuan": {
        Post.A: (
            (("duty", OFFICER), ("officer1", STANDBY), ("officer2", STANDBY)),
            (("duty2", OFFICER), ("officer3", STANDBY), ("officer4", STANDBY)),
            (("duty3", OFFICER), ("officer5", STANDBY), ("officer6", STANDBY)),
        ),
        Post.B: (
            (("leader", LEADER), ("duty4", OFFICER)),
            (("commander", LEADER), ("clerk", TECHNICIAN)),
        ),
    },
    "baishishan": {
        Post.A: (
            (("duty", OFFICER), ("officer1", STANDBY)),
            (("duty2", OFFICER), ("officer2", STANDBY)),
            (("duty3", OFFICER), ("officer3", STANDBY)),
        ),
        Post.B: (
            (("leader", LEADER), ("duty4", OFFICER)),
            (("commander", LEADER), ("clerk", TECHNICIAN)),
        ),
    },
}
"""Crews in rotation; the first of each keeps the day on which the demo is loaded."""


def load_roster(database: Database) -> None:
    """Load the roster of each demo court that has none."""
    for court_id, posts in CREWS.items():
        with database.writing() as work:
            now = work.now
            today = datetime.combine(now.astimezone(COURT_TIME).date(), HAND_OVER, COURT_TIME)
            if today > now:
                today -= timedelta(days=1)
            ends = today + timedelta(days=DAYS_AHEAD + 1)
            if shifts_between(work.session, court_id, today - timedelta(days=1), ends):
                continue
            for post, crews in posts.items():
                load_post(work, court_id, post, crews, today)
            work.now = today
            note = NoteForm(category=NoteCategory.WEATHER, text="晴，午后有风，山路畅通。")
            write_note(work, someone(work, court_id, "duty"), None, note)
            work.now = now


def load_post(work: UnitOfWork, court_id: str, post: Post, crews: tuple[Crew, ...], today: datetime) -> None:
    """Plan a post from yesterday on, let yesterday's crew take over, and hand over to today's."""
    work.now = today - timedelta(days=1, minutes=20)
    planner = someone(work, court_id, "leader")
    shifts = [
        roster.plan_shift(
            work,
            planner,
            NewShift(
                court_id=court_id,
                post=post,
                planned_start=today + timedelta(days=day),
                planned_end=today + timedelta(days=day + 1),
                people=[
                    PersonInShift(user_id=someone(work, court_id, account).user_id, function=function)
                    for account, function in crews[day % len(crews)]
                ],
            ),
        )
        for day in range(-1, DAYS_AHEAD + 1)
    ]
    outgoing = someone(work, court_id, crews[-1][0][0])
    incoming = someone(work, court_id, crews[0][0][0])
    work.now = today - timedelta(days=1)
    take_over(work, outgoing, shifts[0].id)
    work.now = today - timedelta(minutes=10)
    row = handovers.draft(work, outgoing, NewHandover(shift_id=shifts[0].id))
    kit = {name: KitCheck(state="fine") for name in Kit}
    edited = HandoverEdit(revision=row.revision, remarks="夜间无警情，车辆油量充足。", kit=kit)
    handovers.edit(work, outgoing, row.id, edited)
    work.now = today - timedelta(minutes=4)
    signing.sign(work, outgoing, row.id, row.revision)
    work.now = today
    signing.sign(work, incoming, row.id, row.revision)


def someone(work: UnitOfWork, court_id: str, post: str) -> Actor:
    """Return who a person of the demo is at the instant of the unit of work."""
    user = find_user_by_account(work.session, f"{court_id}.{post}")
    if user is None:
        raise LookupError(f"the demo has no {court_id}.{post}")
    return build_actor(work.session, user, work.now)
