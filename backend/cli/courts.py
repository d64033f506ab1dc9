"""Commands on courts: add one to the tree, set its working hours and duty number, adopt a rulebook (DL-8, BSS-8, BSS-14)."""

from datetime import date

import click

from backend.cli.fields import DAY, begin_of, demand_court
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.courts.rules import LEVELS
from backend.courts.service import add_court
from backend.deadlines.court_rules import adopt_rulebook, set_court_hours
from backend.deadlines.rulebooks import rulebooks
from backend.emergencies.duty_phones import set_duty_phone
from backend.emergencies.rules import DUTY_NUMBER_FORM

WHY = "whoever runs the installation sets its courts up"


@click.command("add-court")
@click.argument("court_id", metavar="ID")
@click.option("--code", required=True, help="The national court code (法院代字), for example 云2924.")
@click.option("--name", required=True, help="The full Chinese name.")
@click.option("--name-en", required=True, help="The English name.")
@click.option("--level", type=click.Choice(LEVELS), required=True)
@click.option("--parent", help="The id of the superior court; left out for the supreme court alone.")
@click.option("--from", "day", type=DAY, required=True, help="The first day the court stands.")
@click.option("--point", type=(float, float), help="Its seat: longitude and latitude in WGS-84 degrees.")
@click.option("--code-unverified", is_flag=True, help="Say that nobody has checked the code yet.")
def add_court_command(
    court_id: str,
    *,
    code: str,
    name: str,
    name_en: str,
    level: str,
    parent: str | None,
    day: date,
    point: tuple[float, float] | None,
    code_unverified: bool,
) -> None:
    """Add a court below its superior, which must be there already; begin with the supreme court, spc."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        add_court(
            work,
            SYSTEM,
            court_id,
            code,
            name,
            name_en,
            level=level,
            parent_id=parent,
            effective_from=begin_of(day),
            point=point,
            code_verified=not code_unverified,
        )
    click.echo(f"已增加法院 · added {court_id} {name}")


@click.command("set-hours")
@click.argument("court_id", metavar="COURT")
@click.argument("sessions")
@click.option("--from", "day", type=DAY, required=True, help="The first day these hours are kept.")
def set_hours_command(court_id: str, sessions: str, day: date) -> None:
    """Set a court's working hours from a day on, written 08:30-12:00,13:30-17:30 as on its own clock."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        kept = set_court_hours(work, SYSTEM, demand_court(work, court_id), day, sessions)
    click.echo(f"已设定工作时间 · {court_id}: {kept.sessions} ({day})")


@click.command("adopt-rulebook")
@click.argument("court_id", metavar="COURT")
@click.argument("rulebook", type=click.Choice(sorted(rulebooks())))
@click.option("--from", "day", type=DAY, required=True, help="The first day it counts.")
@click.option("--act", required=True, help="The court's act that adopts it, by number or title.")
@click.option(
    "--article-7-at-night", is_flag=True, help="Keep 30 minutes for urgent leads at any hour (BSS-7(1))."
)
def adopt_rulebook_command(
    court_id: str, rulebook: str, day: date, act: str, article_7_at_night: bool
) -> None:
    """Make a rulebook the court's own from a day on; clocks that run already keep theirs."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        court = demand_court(work, court_id)
        adopt_rulebook(work, SYSTEM, court, rulebook, day, act, article_7_at_night=article_7_at_night)
    click.echo(f"已采用规则 · {court_id}: {rulebook} ({day})")


@click.command("set-duty-phone")
@click.argument("court_id", metavar="COURT")
@click.argument("number", required=False)
def set_duty_phone_command(court_id: str, number: str | None) -> None:
    """Set the number a court's command post answers, for phones that call for help without network; none takes it away."""
    if number is not None and not DUTY_NUMBER_FORM.fullmatch(number):
        raise click.BadParameter(
            f"{number} 不是电话号码 / is no telephone number: digits, spaces and hyphens, + first"
        )
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        set_duty_phone(work, SYSTEM, demand_court(work, court_id), number)
    click.echo(f"已设定值班电话 · {court_id}: {number or '—'}")
