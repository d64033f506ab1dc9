"""Whether each phone of a court can be woken, and what stands in the way; what a phone finds of itself (一键自检)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.delivery.rules import RungName
from backend.delivery.schemas import SelfCheckReport
from backend.delivery.sending import queue_pushes
from backend.delivery.service import Given, begin, look_again
from backend.delivery.tables import PushSubscription, SelfCheck
from backend.people.contact import last_contacts
from backend.people.views import devices_of_courts

MOST_PHONES = 500
IN_CONTACT_WITHIN = timedelta(minutes=2)
CHECK_IS_OLD_AFTER = timedelta(days=31)
TEST_LASTS = timedelta(minutes=2)
LARGEST_CLOCK_ERROR_MS = 120_000


def keep_check(work: UnitOfWork, device_id: str, report: SelfCheckReport) -> None:
    """Keep what a phone found of itself; the last one counts."""
    work.authorise_by_rule("a phone says how it is")
    row = work.session.get(SelfCheck, device_id)
    if row is None:
        row = SelfCheck(device_id=device_id)
        work.session.add(row)
    row.at, row.report = work.now, report.model_dump(mode="json")


def send_test_push(work: UnitOfWork, actor: Actor, device_id: str) -> str | None:
    """Push to this phone at once, for it to see whether pushes arrive; return the sending's id, None without a subscription."""
    work.authorise_by_rule("a phone tests its own push")
    given = Given(
        subject_kind="self_check",
        subject_id=new_identifier(),
        court_id=actor.court_id,
        issuing_court_id=actor.court_id,
        title="自检",
        reference="",
        ladder="test",
        deadline_at=work.now + TEST_LASTS,
    )
    (row,) = begin(work, given, [actor.user_id], [device_id])
    work.audit(actor, "delivery.self_check", "device", device_id, actor.court_id)
    row.climbed = [RungName.PUSH]
    look_again(row)
    return next(iter(queue_pushes(work, row)), None)


def readiness(work: UnitOfWork, court_ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the shape `PhoneReadiness` of each phone in use at the courts, those that cannot be woken first."""
    pairs = [
        (device, user)
        for device, user in devices_of_courts(work.session, court_ids)
        if device.revoked_at is None and user.closed_at is None
    ]
    ids = [device.id for device, _ in pairs]
    checks = _by_device(work, SelfCheck, ids)
    subscriptions = _by_device(work, PushSubscription, ids)
    heard = last_contacts(work.session, ids)
    phones: list[dict[str, Any]] = []
    for device, user in pairs:
        check, heard_at = checks.get(device.id), heard.get(device.id)
        report = SelfCheckReport.model_validate(check.report) if check else None
        in_contact = heard_at is not None and heard_at > work.now - IN_CONTACT_WITHIN
        found = obstacles(report, check.at if check else None, subscriptions.get(device.id), work.now)
        phones.append(
            {
                "device_id": device.id,
                "label": device.label,
                "user": {"id": user.id, "name": user.name},
                "can_be_woken": in_contact or not WAKES_NOT.intersection(found),
                "obstacles": found,
                "heard_at": heard_at,
                "checked_at": check.at if check else None,
                "report": report,
            }
        )
    return sorted(phones, key=lambda one: (one["can_be_woken"], one["user"]["name"]))[:MOST_PHONES]


WAKES_NOT = frozenset({"no_push", "push_gone", "push_forbidden", "notifications_denied"})
"""With one of these a phone whose page is not open stays dark."""


def obstacles(
    report: SelfCheckReport | None,
    checked_at: datetime | None,
    subscription: PushSubscription | None,
    now: datetime,
) -> list[str]:
    """Return what stands in the way of waking and trusting a phone, the gravest first."""
    found = []
    if subscription is None:
        found.append("no_push")
    elif subscription.state == "gone":
        found.append("push_gone")
    elif subscription.trouble:
        found.append("push_forbidden")
    if report is None or checked_at is None:
        return [*found, "never_checked"]
    told = (
        ("notifications_denied", report.notifications == "denied"),
        ("position_denied", report.position == "denied"),
        ("clock_off", abs(report.clock_offset_ms or 0) > LARGEST_CLOCK_ERROR_MS),
        ("no_certificate", not report.secure),
        ("storage_not_kept", report.storage_persisted is False),
        ("battery_saver", report.battery_saver_done is False),
        ("check_is_old", checked_at < now - CHECK_IS_OLD_AFTER),
    )
    return found + [name for name, holds in told if holds]


def _by_device(work: UnitOfWork, table: Any, device_ids: Collection[str]) -> dict[str, Any]:
    rows = work.session.execute(select(table).where(table.device_id.in_(device_ids))).scalars()
    return {row.device_id: row for row in rows}
