"""Commands on appointments: give a person a role at a court for a time, and end it (BSS-3, DL-7)."""

from datetime import date

import click

from backend.cli.fields import DAY, begin_of, demand_court, end_of
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.core.problems import not_found
from backend.people.account_views import open_appointments
from backend.people.accounts import appoint
from backend.people.administration import account_named, demand_open, end_appointment
from backend.people.permissions import Role

WHY = "whoever runs the installation keeps its appointments"
ROLES = click.Choice([str(role) for role in Role])


@click.command("appoint")
@click.argument("account")
@click.argument("role", type=ROLES)
@click.option("--court", "court_id", help="The court's id; the person's own when left out.")
@click.option("--from", "first", type=DAY, help="The first day; at once when left out.")
@click.option("--until", "last", type=DAY, help="The last day, itself included; for ever when left out.")
def appoint_command(
    account: str, role: str, court_id: str | None, first: date | None, last: date | None
) -> None:
    """Appoint a person to a role at a court."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        user = account_named(work, account)
        demand_open(user)
        court = demand_court(work, court_id or user.court_id)
        begins = begin_of(first) if first else work.now
        appoint(work, SYSTEM, user, court, Role(role), begins, end_of(last) if last else None)
    click.echo(f"已任命 · appointed {account}: {role} @ {court}")


@click.command("end-appointment")
@click.argument("account")
@click.argument("role", type=ROLES)
@click.option("--court", "court_id", help="The court's id; the person's own when left out.")
@click.option("--until", "last", type=DAY, help="The last day, itself included; at once when left out.")
@click.option("--reason", default="", help="Why, for the audit log.")
def end_appointment_command(
    account: str, role: str, court_id: str | None, last: date | None, reason: str
) -> None:
    """End a person's role at a court, a delegation too; one that has not begun never begins."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        user = account_named(work, account)
        court = court_id or user.court_id
        held = open_appointments(work.session, [user.id], work.now)
        rows = [row for row in held if (row.role, row.court_id) == (role, court)]
        if not rows:
            raise not_found(f"{account} 在 {court} 没有岗位 {role}", f"{account} holds no {role} at {court}")
        for row in rows:
            end_appointment(work, SYSTEM, row, end_of(last) if last else work.now, reason)
    click.echo(f"已结束任命 · ended {account}: {role} @ {court}")
