"""Commands on teams: form a quick-response team (快速反应小组)."""

import click

from backend.cli.fields import demand_court
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.people.administration import account_named
from backend.teams.service import form_team


@click.command("form-team")
@click.argument("court_id", metavar="COURT")
@click.argument("name")
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1, required=True)
@click.option("--standby", is_flag=True, help="The team stands by outside working time (备勤).")
def form_team_command(court_id: str, name: str, accounts: tuple[str, ...], standby: bool) -> None:
    """Form a team of a court's people; the first one leads."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule("whoever runs the installation sets its teams up")
        court = demand_court(work, court_id)
        people = [account_named(work, account) for account in accounts]
        members = [(person.id, "officer" if number else "leader") for number, person in enumerate(people)]
        form_team(work, SYSTEM, court, name, members, standby=standby)
    click.echo(f"已编组 · formed {name} @ {court_id}: {', '.join(accounts)}")
