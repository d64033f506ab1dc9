"""The demo's records of what awaits an explanation: one explained, one whose reason was accepted, one still open.

They come about as they do in life: limits pass yesterday, people act late, and then say why. Loaded by `lingda demo`.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from backend.accountability import complaints, deciding
from backend.accountability.complaint_schemas import ComplaintForm
from backend.accountability.schemas import AcceptReasonAct
from backend.accountability.views import complaints_seen, records_seen
from backend.core.commands import Occurrence
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines.watcher import ClockWatcher
from backend.deadlines.work_calendar import COURT_TIME
from backend.demo.roster import someone
from backend.demo.story import LEGAL_BASIS
from backend.directives.issue import issue
from backend.directives.schemas import FeedbackBody, NewDirective, Target
from backend.directives.service import act_as_desk, act_as_member
from backend.directives.views import read_directive
from backend.duty.rules import DutyFunction
from backend.duty.views import on_duty
from backend.leads import registration
from backend.leads.schemas import CloseAct, LeadForm, ReporterForm
from backend.leads.service import close_lead
from backend.people.views import build_actor, find_user
from backend.teams.views import team_ids_of, teams_seen

COURT, ABOVE = "binchuan", "dali"
EXPLAINED = "当时正在接待来访的申请人，电话占线，放下电话即签收。"
OUT_OF_REACH = "拉乌乡没有信号，出山后立即补报，纸质笔录当场已写好。"
ACCEPTED = "该处为信号盲区，有基站记录佐证，理由成立。"
COMPLAINED = "我问执行款什么时候发，对方说“急什么”，没说完就挂了。"
WORDS = (EXPLAINED, OUT_OF_REACH, ACCEPTED, COMPLAINED)
"""What the people of the demo say about their records."""
At = Callable[[int, int], datetime]


def load_records(database: Database) -> bool:
    """Load the records of Binchuan once, as of yesterday; whether anything was loaded."""
    with database.reading() as work:
        reader = someone(work, COURT, "commander")
        if records_seen(work.session, reader, open_only=False) or complaints_seen(work.session, reader):
            return False
        yesterday = work.now.astimezone(COURT_TIME).date() - timedelta(days=1)

    def at(hour: int, minute: int) -> datetime:
        return datetime.combine(yesterday, time(hour, minute), COURT_TIME)

    unanswered(database, at)
    reported_late(database, at)
    left_late(database, at)
    ClockWatcher(database)()
    complained(database, at)
    return True


def order(kind: str, title: str, target: Target, **more: str | None) -> NewDirective:
    """Return an order slip of the demo."""
    return NewDirective.model_validate(
        {
            "kind": kind,
            "target": target.model_dump(),
            "title": title,
            "facts": title,
            "required_action": "到场控制财产，清点拍照，全程录像。",
            "legal_basis": LEGAL_BASIS,
            **more,
        }
    )


def team_of(work: UnitOfWork, name: str) -> str:
    """Return the id of a team of Binchuan."""
    return next(
        team.id
        for team in teams_seen(work.session, someone(work, COURT, "commander"))
        if team.court_id == COURT and team.name == name
    )


def member(work: UnitOfWork, account: str) -> Actor:
    """Return an officer of Binchuan with the teams joined."""
    actor = someone(work, COURT, account)
    user = find_user(work.session, actor.user_id)
    assert user is not None
    return build_actor(work.session, user, work.now, team_ids_of(work.session, actor.user_id))


def do(work: UnitOfWork, now: datetime, account: str, directive_id: str, act: str, **words: object) -> None:
    """Let an officer of Binchuan do an act at an instant."""
    work.now = now
    act_as_member(work, member(work, account), directive_id, act, Occurrence(at=now), **words)


def accept_reports(work: UnitOfWork, actor: Actor, directive_id: str) -> None:
    """Accept the report on a directive, which ends it."""
    row = read_directive(work.session, actor, directive_id)
    act_as_desk(work, actor, directive_id, "accept_feedback", row.revision)


def unanswered(database: Database, at: At) -> None:
    """A directive answered after 21 minutes; whoever was on duty has explained it (BSS-6)."""
    with database.writing() as work:
        work.now = at(15, 2)
        row = issue(
            work,
            someone(work, ABOVE, "commander"),
            order("superior", "协查被执行人车辆", Target(court_id=COURT)),
        )
        # Which of the desk's people answers does not matter: it is late.
        work.now = at(15, 23)
        act_as_desk(work, someone(work, COURT, "duty"), row.id, "acknowledge", row.revision)
        work.now = at(15, 26)
        above = someone(work, ABOVE, "commander")
        act_as_desk(work, above, row.id, "withdraw", row.revision, text="车辆已由交警查获，不再需要协查。")
    with database.writing() as work:
        work.now = at(17, 10)
        for record in records_seen(work.session, someone(work, COURT, "commander"), open_only=True):
            desk = on_duty(work.session, COURT, record.happened_at)
            for one in desk:
                user = find_user(work.session, one.user_id)
                if one.function is DutyFunction.OFFICER and user is not None:
                    actor = build_actor(work.session, user, work.now)
                    deciding.explain(work, actor, record.id, EXPLAINED)


def reported_late(database: Database, at: At) -> None:
    """A written report 12 minutes late, for want of a network; the duty leader accepts the reason (BSS-8)."""
    with database.writing() as work:
        work.now = at(9, 5)
        above = issue(
            work,
            someone(work, ABOVE, "commander"),
            order("superior", "拉乌乡林地查封协助", Target(court_id=COURT)),
        )
        work.now = at(9, 9)
        desk = someone(work, COURT, "leader")
        act_as_desk(work, desk, above.id, "acknowledge", above.revision)
        team = Target(court_id=COURT, team_id=team_of(work, "快反一组"))
        child = issue(work, desk, order("dispatch", "拉乌乡林地查封协助", team, parent_id=above.id))
        for moment, act in ((at(9, 12), "accept"), (at(9, 18), "depart"), (at(11, 40), "arrive")):
            do(work, moment, "officer1", child.id, act)
        do(work, at(14, 30), "officer1", child.id, "complete", finished_as="completed")
        work.now = at(15, 12)
        words = "已在拉乌乡查封林地二十亩，张贴公告并拍照。"
        report = FeedbackBody(text=words, result="completed")
        do(work, at(15, 12), "officer1", child.id, "feedback", text=words, report=report)
        row = read_directive(work.session, desk, above.id)
        act_as_desk(work, desk, above.id, "feedback", row.revision, text=words, report=report)
        work.now = at(15, 30)
        accept_reports(work, desk, child.id)
        accept_reports(work, someone(work, ABOVE, "commander"), above.id)
    with database.writing() as work:
        work.now = at(15, 40)
        late = next(
            one
            for one in records_seen(work.session, someone(work, COURT, "commander"), open_only=True)
            if one.clause == "BSS-8"
        )
        deciding.explain(work, member(work, "officer1"), late.id, OUT_OF_REACH)
        reason = AcceptReasonAct(revision=late.revision, words=ACCEPTED)
        deciding.accept_reason(work, someone(work, COURT, "leader"), late.id, reason)


def left_late(database: Database, at: At) -> None:
    """A team that left 12 minutes after its hour at night; nobody has said why yet (BSS-7, BSS-8)."""
    with database.writing() as work:
        work.now = at(21, 40)
        form = LeadForm.model_validate(
            {
                "received_at": at(21, 40),
                "channel": "phone",
                "content": "平川镇仓库内已查封的大蒜正在装车，两辆货车。",
                "place": {"text": "平川镇 底么菜市场", "longitude": 100.7386, "latitude": 26.0162},
                "grounds": ["sealed_property_endangered"],
                "triage": "urgent",
                "reporter": ReporterForm(wants_anonymity=True, wants_reply=True).model_dump(),
            }
        )
        lead = registration.register(work, someone(work, COURT, "duty"), None, form)
        work.now = at(21, 58)
        target = Target(court_id=COURT, team_id=team_of(work, "快反二组"))
        night = issue(
            work,
            someone(work, COURT, "leader"),
            order("dispatch", "查封大蒜正被转移", target, lead_id=lead.id),
            COURT,
        )
        do(work, at(22, 3), "teamleader2", night.id, "accept")
        do(work, at(22, 52), "teamleader2", night.id, "depart")
        do(work, at(23, 30), "teamleader2", night.id, "arrive")
        do(work, at(23, 55), "teamleader2", night.id, "complete", finished_as="completed")
        words = "大蒜十二吨已就地封存，交由村委会保管。"
        report = FeedbackBody(text=words, result="completed")
        do(work, at(23, 59), "teamleader2", night.id, "feedback", text=words, report=report)
        accept_reports(work, someone(work, COURT, "leader"), night.id)
        act = CloseAct(revision=lead.revision, result=words, reply="已电话答复。")
        close_lead(work, someone(work, COURT, "duty"), lead.id, act)


def complained(database: Database, at: At) -> None:
    """Somebody complained of the tone on the phone; nothing was opened on it (BSS-11)."""
    with database.writing() as work:
        work.now = at(17, 20)
        form = ComplaintForm.model_validate(
            {
                "received_at": at(17, 20),
                "happened_at": at(16, 55),
                "channel": "phone",
                "content": COMPLAINED,
                "recording": "REC-1655",
                "complainant": {"wants_anonymity": True},
            }
        )
        complaints.register(work, someone(work, COURT, "duty"), None, form)
