"""The simulated people at the desks and on the phones: they do the same acts as everybody, through the same services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from backend.core.clock import to_wire
from backend.core.commands import Occurrence
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.demo.moving_teams import TEAM_NAME, MovingTeam
from backend.demo.pace import FROM_ORDER_TO_SCENE, Due, lead_due, order_due
from backend.demo.story import LEGAL_BASIS, MARK, STORY, StoryLead
from backend.directives.describe import describe_many
from backend.directives.issue import issue
from backend.directives.schemas import FeedbackBody, NewDirective
from backend.directives.service import act_as_desk, act_as_member
from backend.directives.views import directives_seen
from backend.leads import registration
from backend.leads import service as leads
from backend.leads.schemas import CloseAct, InquiryForm, LeadForm, ReportAct, TriageAct
from backend.leads.views import describe_leads, leads_seen
from backend.people.views import build_actor, find_user, find_user_by_account
from backend.teams.views import team_ids_of, teams_seen
from geo.coordinates import Position
from geo.sphere import distance_m

AT_THE_PLACE_M = 200.0


@dataclass
class CourtScene:
    """What the simulation sees of one court: its own open leads and orders, described, and the team's id."""

    leads: list[dict[str, Any]]
    orders: list[dict[str, Any]]
    team_id: str


class SimulatedCourt:
    """The duty desk, the commander and the members of the first team of one court."""

    def __init__(self, database: Database, team: MovingTeam, say: Callable[[str], None]) -> None:
        self.database = database
        self.team = team
        self.court_id = team.court_id
        self.say = say

    def take_call(self, story: StoryLead) -> None:
        """Register a lead that comes in now, at the place where the team's way leads in a few minutes."""
        now = self.database.clock.now()
        with self.database.writing() as work:
            duty = self.desk(work, "duty")
            if story.triage == "inquiry":
                inquiry = {"received_at": to_wire(now), "summary": MARK + story.content}
                registration.register_inquiry(work, duty, None, InquiryForm.model_validate(inquiry))
            else:
                registration.register(work, duty, None, LeadForm.model_validate(self.form_of(story, now)))
        self.say(f"{self.court_id}  来线索 · lead: {story.content}")

    def form_of(self, story: StoryLead, now: datetime) -> dict[str, Any]:
        """Return the registration form of a story."""
        there = self.team.place_at(now + FROM_ORDER_TO_SCENE)
        place = {
            "text": story.place,
            "longitude": there.longitude,
            "latitude": there.latitude,
            "accuracy_m": 30.0,
        }
        return {
            "received_at": to_wire(now),
            "channel": story.channel,
            "kind": story.kind,
            "content": MARK + story.content,
            "case_number_text": story.case_number,
            "debtor_name": story.debtor_name,
            "place": place if story.place else None,
            "grounds": list(story.grounds),
            "risks": list(story.risks),
        }

    def go_on(self) -> None:
        """Do everything that is due now, each act in a transaction of its own."""
        scene, now = self.look(), self.database.clock.now()
        here = self.team.place_at(now)
        for order in scene.orders:
            due = order_due(order, now, is_there=is_near(order["place"], here.position))
            if due is not None:
                self.attempt(due.act, order["title"], partial(self.act_on_order, due=due, order=order))
        for lead in scene.leads:
            is_order_open = any(order["id"] in lead["directive_ids"] for order in scene.orders)
            due = lead_due(lead, now, is_team_free=not scene.orders, is_order_open=is_order_open)
            if due is None:
                continue
            self.attempt(due.act, lead["number"], partial(self.act_on_lead, due=due, lead=lead, scene=scene))
            if due.act == "issue":
                # One order for the team at a time; the next look sees it.
                return

    def look(self) -> CourtScene:
        """Read what the simulation has open at this court."""
        with self.database.reading() as work:
            desk = self.desk(work, "commander")
            team = next(
                team
                for team in teams_seen(work.session, desk)
                if (team.court_id, team.name) == (self.court_id, TEAM_NAME)
            )
            orders = describe_many(work.session, directives_seen(work.session, desk, open_only=True))
            found = describe_leads(work.session, leads_seen(work.session, desk, open_only=True))
        return CourtScene(
            [lead for lead in found if lead["content"].startswith(MARK)],
            [
                order
                for order in orders
                if order["title"].startswith(MARK)
                and order["target_team"]
                and order["target_team"]["id"] == team.id
            ],
            team.id,
        )

    def attempt(self, name: str, what: str, act: Callable[[UnitOfWork], None]) -> None:
        """Do an act; somebody at a real desk or phone may have been faster, and then it is left."""
        try:
            with self.database.writing() as work:
                act(work)
        except Problem as problem:
            self.say(f"{self.court_id}  {name}: {problem.zh} / {problem.en}")
        else:
            self.say(f"{self.court_id}  {name} · {what}")

    def act_on_order(self, work: UnitOfWork, due: Due, order: dict[str, Any]) -> None:
        """Do a member's or the issuer's act on an order."""
        if due.user_id is None:
            act_as_desk(work, self.desk(work, "commander"), order["id"], due.act, order["revision"])
            return
        member = find_user(work.session, due.user_id)
        assert member is not None, due
        actor = build_actor(work.session, member, work.now, team_ids_of(work.session, member.id))
        act_as_member(work, actor, order["id"], due.act, Occurrence(at=work.now), **words_of(due.act, order))

    def act_on_lead(self, work: UnitOfWork, due: Due, lead: dict[str, Any], scene: CourtScene) -> None:
        """Do the desk's next act on a lead."""
        story, revised = story_of(lead["content"]), {"revision": lead["revision"]}
        duty = self.desk(work, "duty")
        if due.act == "triage":
            act = {**revised, "triage": story.triage, "grounds": list(story.grounds), "reason": "演示"}
            leads.triage_lead(work, duty, lead["id"], TriageAct.model_validate(act))
        elif due.act == "report":
            report = {
                **revised,
                "reported_to": "值班领导",
                "channel": "phone",
                "instruction": "立即派出，依法处置。",
            }
            leads.report_to_leader(work, duty, lead["id"], ReportAct.model_validate(report))
        elif due.act == "close":
            leads.close_lead(
                work, duty, lead["id"], CloseAct.model_validate({**revised, "result": "演示结束"})
            )
        else:
            order = self.order_of(story, lead, scene.team_id)
            issue(work, self.desk(work, "commander"), NewDirective.model_validate(order), self.court_id)

    def order_of(self, story: StoryLead, lead: dict[str, Any], team_id: str) -> dict[str, Any]:
        """Return the order slip that a story leads to."""
        return {
            "lead_id": lead["id"],
            "kind": "dispatch",
            "target": {"court_id": self.court_id, "team_id": team_id},
            "title": f"{MARK}{story.title} · {story.place}",
            "facts": story.content,
            "required_action": story.action,
            "legal_basis": LEGAL_BASIS,
            "case_number": lead["case_number"],
            "place": lead["place"],
            "urgency": "urgent",
        }

    def desk(self, work: UnitOfWork, post: str) -> Actor:
        """Return who holds a post of this court."""
        user = find_user_by_account(work.session, f"{self.court_id}.{post}")
        assert user is not None, post
        return build_actor(work.session, user, work.now, team_ids_of(work.session, user.id))


def story_of(content: str) -> StoryLead:
    """Return the story a lead was made from."""
    return next(story for story in STORY if content == MARK + story.content)


def words_of(act: str, order: dict[str, Any]) -> dict[str, Any]:
    """Return what a member says with an act."""
    if act == "complete":
        return {"finished_as": "completed"}
    if act != "feedback":
        return {}
    story = next(story for story in STORY if order["facts"] == story.content)
    report = FeedbackBody(text=story.report, result="completed")
    return {"text": report.text, "report": report}


def is_near(place: dict[str, Any] | None, position: Position) -> bool:
    """Tell whether a position is at the place of an order; an order without one is everywhere."""
    if place is None:
        return True
    return distance_m(Position(place["longitude"], place["latitude"]), position) <= AT_THE_PLACE_M
