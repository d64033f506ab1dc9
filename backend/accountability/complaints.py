"""Complaints (投诉) about how somebody was treated: registered in writing, the complainant kept apart (BSS-11)."""

from backend.accountability.complaint_schemas import ComplaintForm
from backend.accountability.rules import complaint_number
from backend.accountability.tables import Complainant, Complaint
from backend.accountability.telling import publish_complaint
from backend.accountability.views import has_record_on
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.core.serials import next_serial
from backend.courts.views import find_court
from backend.deadlines.work_calendar import court_day
from backend.directives.views import read_directive
from backend.leads.schemas import ReporterForm
from backend.leads.views import read_lead
from backend.people.permissions import Permission
from backend.people.views import find_user


def register(work: UnitOfWork, actor: Actor, complaint_id: str | None, form: ComplaintForm) -> Complaint:
    """Register a complaint at the desk's own court; it opens no record by itself, a person does.

    Raises 409.3 when another has this id, 422.1 for times to come, 404.1 for a person of another court.
    """
    work.authorise(actor, Permission.COMPLAINT_REGISTER, actor.court_id)
    if complaint_id is not None and work.session.get(Complaint, complaint_id) is not None:
        raise Problem("409.3", "该投诉已登记", "This complaint is registered already")
    received_at = min(form.received_at, work.now)
    if form.happened_at > received_at:
        raise Problem(
            "422.1",
            "发生时间不能晚于投诉时间",
            "It cannot have happened after the complaint",
            fields={"happened_at": []},
        )
    if form.about_user_id is not None:
        about = find_user(work.session, form.about_user_id)
        if about is None or about.court_id != actor.court_id:
            raise not_found("本院没有此人", "No such person at this court")
    if form.lead_id is not None:
        read_lead(work.session, actor, form.lead_id)
    if form.directive_id is not None:
        read_directive(work.session, actor, form.directive_id)
    court = find_court(work.session, actor.court_id)
    if court is None:
        raise not_found()
    year = court_day(received_at).year
    complaint = Complaint(
        id=complaint_id or new_identifier(),
        number=complaint_number(court.code, year, next_serial(work, court.id, "complaint", year)),
        court_id=court.id,
        received_at=received_at,
        happened_at=form.happened_at,
        registered_at=work.now,
        registered_by=actor.user_id,
        channel=form.channel,
        content=form.content,
        about_user_id=form.about_user_id,
        recording=form.recording,
        lead_id=form.lead_id,
        directive_id=form.directive_id,
    )
    work.session.add(complaint)
    work.session.flush()
    if form.complainant is not None and form.complainant != ReporterForm():
        work.session.add(Complainant(complaint_id=complaint.id, **form.complainant.model_dump()))
    work.audit(
        actor, "complaint.register", "complaint", complaint.id, court.id, received_at, number=complaint.number
    )
    publish_complaint(work, complaint)
    return complaint


def view_complainant(work: UnitOfWork, actor: Actor, complaint_id: str) -> Complainant:
    """Return who complained and write that the actor saw it.

    Never to whom the complaint is about, nor to anybody a record on it concerns or concerned. 404.1 when there is nobody.
    """
    complaint = work.session.get(Complaint, complaint_id)
    if complaint is None:
        raise not_found("没有此投诉", "No such complaint")
    work.authorise(actor, Permission.REPORTER_READ, complaint.court_id)
    if complaint.about_user_id == actor.user_id or has_record_on(work.session, complaint.id, actor.user_id):
        raise Problem("403.1")
    complainant = work.session.get(Complainant, complaint_id)
    if complainant is None:
        raise not_found("没有登记投诉人", "No complainant was registered")
    work.audit(actor, "complainant.view", "complaint", complaint.id, complaint.court_id)
    return complainant
