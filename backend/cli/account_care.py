"""Commands on accounts that stand in for the security administrator: back in, locked out, closed, opened again."""

import click

from backend.cli.fields import secret_of
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.people import administration, lockout
from backend.people.accounts import hash_password
from backend.people.passwords import set_password
from backend.people.rules import new_initial_password
from backend.people.sessions import end_sessions

WHY = "whoever runs the installation stands in for the security administrator"


@click.command("set-password")
@click.argument("account")
@click.option("--initial", is_flag=True, help="It must be changed at the next sign-in.")
@click.password_option(help="Asked for when left out; a dash reads it from standard input.")
def set_password_command(account: str, initial: bool, password: str) -> None:
    """Give an account another password and end all its sessions."""
    secret = secret_of(password)
    with installation() as (_, database):
        kept = hash_password(secret)
        with database.writing() as work:
            work.authorise_by_rule(WHY)
            user = administration.account_named(work, account)
            administration.demand_open(user)
            set_password(work, SYSTEM, user, kept, initial=initial)
    click.echo(f"已更换密码 · password changed: {account}")


@click.command("reset-second-factor")
@click.argument("account")
def reset_second_factor_command(account: str) -> None:
    """Forget an account's authenticator and passkeys; the next sign-in at a desk sets up a new one."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        administration.reset_second_factor(work, SYSTEM, administration.account_named(work, account))
    click.echo(f"已清除第二因素 · second factor reset: {account}")


@click.command("unlock-account")
@click.argument("account")
def unlock_account_command(account: str) -> None:
    """Forget the failed sign-ins that lock an account."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        lockout.unlock(work, SYSTEM, administration.account_named(work, account))
    click.echo(f"已解锁 · unlocked {account}")


@click.command("end-sessions")
@click.argument("account")
def end_sessions_command(account: str) -> None:
    """End every session of an account, on every desk and phone."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        end_sessions(work, SYSTEM, administration.account_named(work, account))
    click.echo(f"已结束全部会话 · sessions ended: {account}")


@click.command("close-account")
@click.argument("account")
@click.option("--reason", required=True, help="Why, for the audit log and for whoever holds its phones.")
def close_account_command(account: str, reason: str) -> None:
    """Close an account: its sessions end and its phones are revoked at once."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule(WHY)
        administration.close_account(work, SYSTEM, administration.account_named(work, account), reason)
    click.echo(f"已注销 · closed {account}")


@click.command("reopen-account")
@click.argument("account")
def reopen_account_command(account: str) -> None:
    """Open a closed account again and show an initial password; its phones stay revoked."""
    password = new_initial_password()
    with installation() as (_, database):
        kept = hash_password(password)
        with database.writing() as work:
            work.authorise_by_rule(WHY)
            administration.reopen_account(work, SYSTEM, administration.account_named(work, account), kept)
    click.echo(f"已重新开通 · reopened {account}\n初始密码 · initial password: {password}")
