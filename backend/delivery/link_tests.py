"""Tests of every phone of a court (终端连通测试), as courts must run one a month, and their report."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.delivery.describe import describe_deliveries
from backend.delivery.service import Given, begin
from backend.delivery.tables import Delivery, LinkTest
from backend.people.permissions import PHONE_ROLES, Permission
from backend.people.views import devices_of_courts, people_holding, user_names

LASTS = timedelta(minutes=10)


def start_link_test(work: UnitOfWork, actor: Actor, court_id: str) -> LinkTest:
    """Test every phone bound to people of the court; 409.2 while one runs, 422.1 where there is no phone."""
    work.authorise(actor, Permission.DUTY_KEEP, court_id)
    if any(test.closes_at > work.now for test in link_tests(work.session, court_id, limit=1)):
        raise Problem("409.2", "本院正在测试", "A test of this court is running")
    people = sorted(
        {
            user.id
            for device, user in devices_of_courts(work.session, [court_id])
            if device.revoked_at is None and user.closed_at is None
        }
    )
    if not people:
        raise Problem("422.1", "本院没有已绑定的手机", "The court has no phone bound")
    test = LinkTest(
        id=new_identifier(),
        court_id=court_id,
        started_by=actor.user_id,
        started_at=work.now,
        closes_at=work.now + LASTS,
    )
    work.session.add(test)
    work.audit(actor, "link_test.start", "link_test", test.id, court_id, people=len(people))
    given = Given(
        subject_kind="link_test",
        subject_id=test.id,
        court_id=court_id,
        issuing_court_id=court_id,
        title="终端连通测试",
        reference="",
        ladder="test",
        deadline_at=test.closes_at,
    )
    begin(work, given, people)
    return test


def link_tests(session: Session, court_id: str, *, limit: int, after: str | None = None) -> list[LinkTest]:
    """Return the tests of a court, the newest first, older than the id `after`."""
    query = select(LinkTest).where(LinkTest.court_id == court_id)
    if after is not None:
        query = query.where(LinkTest.id < after)
    return list(session.execute(query.order_by(LinkTest.id.desc()).limit(limit)).scalars())


def find_link_test(session: Session, actor: Actor, test_id: str) -> LinkTest:
    """Return a test; 404.1 for none, 403.1 where the court's duty may not be read."""
    test = session.get(LinkTest, test_id)
    if test is None:
        raise not_found("没有此测试", "No such test")
    actor.demand(Permission.DUTY_READ, test.court_id)
    return test


def describe_link_test(work: UnitOfWork, test: LinkTest) -> dict[str, Any]:
    """Return the shape `LinkTestShape`: each person's phones, and who of the court's officers has none."""
    rows = list(
        work.session.execute(
            select(Delivery)
            .where(Delivery.subject_kind == "link_test", Delivery.subject_id == test.id)
            .order_by(Delivery.id)
        ).scalars()
    )
    shapes = describe_deliveries(work.session, rows)
    phones = [device for shape in shapes for device in shape["devices"]]
    tested = {row.user_id for row in rows}
    held = people_holding(work.session, test.court_id, sorted(PHONE_ROLES), test.started_at)
    without = {user_id for people in held.values() for user_id in people} - tested
    names = user_names(work.session, {*without, test.started_by})
    return {
        "id": test.id,
        "court_id": test.court_id,
        "started_by": {"id": test.started_by, "name": names[test.started_by]},
        "started_at": test.started_at,
        "closes_at": test.closes_at,
        "closed": test.closes_at <= work.now,
        "phones": len(phones),
        "received": sum(device["device_received_at"] is not None for device in phones),
        "people_without_phone": [
            {"id": user_id, "name": names[user_id]} for user_id in sorted(without, key=names.__getitem__)
        ],
        "deliveries": shapes,
    }
