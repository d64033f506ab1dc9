"""The ledger held against the database, row by row: nothing acknowledged is missing, nothing was done twice."""

from collections import Counter

from sqlalchemy import select

from backend.core.database import Database
from backend.core.outbox import sequence_events, server_state
from backend.core.tables import AuditEntry, CommandReceipt, OutboxEvent
from backend.directives.tables import DirectiveStep
from backend.leads.tables import Lead
from backend.tracking.views import track_of
from tests.kills.ledger import Ledger
from tests.support.real_world import RealWorld


def hold_against(ledger: Ledger, world: RealWorld) -> None:
    """Compare everything; every client has its acknowledgements, so the two are equal and not only one within the other."""
    database = world.database
    hold_commands(ledger, database)
    hold_leads(ledger, database)
    hold_positions(ledger, world)
    hold_events(database)
    hold_breaches(ledger, database)


def hold_commands(ledger: Ledger, database: Database) -> None:
    """Each command has one receipt with the very bytes, each note one step and one audit line."""
    with database.reading() as work:
        receipts = {row.command_id: row.answer for row in work.session.scalars(select(CommandReceipt))}
        steps = work.session.scalars(select(DirectiveStep).where(DirectiveStep.act == "note")).all()
        lines = select(AuditEntry.id).where(AuditEntry.action == "directive.note")
        audited = len(work.session.scalars(lines).all())
    assert receipts == ledger.answers
    kept = [(step.detail["command_id"], step.text) for step in steps]
    assert len(kept) == len(set(kept)) == audited
    assert dict(kept) == ledger.notes
    revisions = [step.revision for step in steps]
    assert len(revisions) == len(set(revisions))


def hold_leads(ledger: Ledger, database: Database) -> None:
    """Each lead stands once, under a number of its own, and the numbers have no gap."""
    with database.reading() as work:
        leads = list(work.session.scalars(select(Lead)))
    assert {lead.id: lead.content for lead in leads} == ledger.leads
    assert len({lead.number for lead in leads}) == len(leads)


def hold_positions(ledger: Ledger, world: RealWorld) -> None:
    """Each position is where the phone said it was."""
    devices = {device for device, _ in ledger.fixes}
    assert len(devices) <= 1
    instants = [at for _, at in ledger.fixes]
    if not instants:
        return
    with world.database.reading() as work:
        user = world.user("binchuan.teamleader1")
        points = track_of(work.session, user.id, ["binchuan"], min(instants), max(instants))
    kept = {point.fixed_at: (round(point.longitude, 6), round(point.latitude, 6)) for point in points}
    assert len(points) == len(kept)
    assert kept == {at: place for (_, at), place in ledger.fixes.items()}


def hold_events(database: Database) -> None:
    """The feed has no gap and tells each revision once."""
    sequence_events(database)
    with database.reading() as work:
        rows = work.session.execute(
            select(
                OutboxEvent.cursor, OutboxEvent.kind, OutboxEvent.subject_id, OutboxEvent.revision
            ).order_by(OutboxEvent.cursor)
        ).all()
        pruned = server_state(work.session).pruned_cursor
    # The worker prunes what the demo said months ago.
    assert [row.cursor for row in rows] == list(range(pruned + 1, pruned + len(rows) + 1))
    told = Counter(
        (row.kind, row.subject_id, row.revision) for row in rows if row.kind == "directive.changed"
    )
    assert set(told.values()) == {1}


def hold_breaches(ledger: Ledger, database: Database) -> None:
    """Each limit that passed was marked once, however often a worker died over it."""
    with database.reading() as work:
        lines = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "clock.breach"))
        marked = Counter((line.subject_id, line.detail["clock"]) for line in lines)
    assert {subject_id for subject_id, _ in marked} <= set(ledger.leads)
    assert set(marked.values()) <= {1}
