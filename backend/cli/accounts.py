"""Commands on accounts: create a person, bind a phone, and the code of a demo account."""

from datetime import UTC, datetime

import click
import segno

from backend.cli.fields import MOBILE, demand_court, secret_of
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.core.problems import Problem
from backend.demo.load import demo_code
from backend.demo.people import demo_people
from backend.people.accounts import appoint, create_user, hash_password
from backend.people.devices import add_enrolment
from backend.people.permissions import Role, needs_second_factor
from backend.people.views import find_user_by_account
from backend.processes.announced import address_for_phones


@click.command("create-user")
@click.argument("account")
@click.option("--name", required=True, help="The person's name.")
@click.option("--court", "court_id", required=True, help="The court's id, for example binchuan.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--sex", type=click.Choice(["man", "woman"]), required=True, help="For the search of a woman.")
@click.option("--mobile", type=MOBILE, help="The telephone the delivery ladder and the call list use.")
@click.option("--initial", is_flag=True, help="The password must be changed at the first sign-in.")
@click.password_option(help="Asked for when left out; a dash reads it from standard input.")
def create_user_command(
    account: str,
    name: str,
    court_id: str,
    role: str,
    sex: str,
    mobile: str | None,
    initial: bool,
    password: str,
) -> None:
    """Create an account with one role; a desk role sets up its second factor at the first sign-in."""
    secret = secret_of(password)
    with installation() as (_, database):
        password_hash = hash_password(secret)
        with database.writing() as work:
            work.authorise_by_rule("whoever runs the installation creates accounts")
            court = demand_court(work, court_id)
            user = create_user(work, SYSTEM, account, name, sex, court, password_hash)
            user.initial_password_at = work.now if initial else None
            user.mobile = mobile
            appoint(work, SYSTEM, user, court_id, Role(role), work.now)
    click.echo(f"已创建 · created {account}")


@click.command("enrol-phone")
@click.argument("account")
def enrol_phone_command(account: str) -> None:
    """Make a one-time code that binds a phone to an account, and show it as a QR code."""
    with installation() as (settings, database), database.writing() as work:
        user = find_user_by_account(work.session, account)
        if user is None:
            raise Problem("404.1", f"没有账号 {account}", f"There is no account {account}")
        work.authorise_by_rule("whoever runs the installation stands in for the duty desk")
        offer = add_enrolment(work, SYSTEM, user)
    url = f"{address_for_phones(settings)}/#/enrol/{offer.code}"
    segno.make(url, error="m").terminal(compact=True)
    click.echo(f"{url}\n{offer.code} · 十分钟内有效 · valid for ten minutes")


@click.command("code")
@click.argument("account")
def code_command(account: str) -> None:
    """Show the authenticator code of a demo account now."""
    with installation() as (settings, _):
        person = next((one for one in demo_people() if one.account == account), None)
        if person is None:
            raise Problem("404.1", f"没有演示账号 {account}", f"There is no demo account {account}")
        if not needs_second_factor([person.role]):
            raise Problem("404.1", f"{account} 不需要验证码", f"{account} signs in without a code")
        click.echo(demo_code(settings, account, datetime.now(UTC)))
