"""`lingda …`: the command line of an installation; every command has help, clear errors and an exit code."""

import os

import click

from backend.cli.account_care import (
    close_account_command,
    end_sessions_command,
    reopen_account_command,
    reset_second_factor_command,
    set_password_command,
    unlock_account_command,
)
from backend.cli.accounts import code_command, create_user_command, enrol_phone_command
from backend.cli.appointments import appoint_command, end_appointment_command
from backend.cli.courts import (
    add_court_command,
    adopt_rulebook_command,
    set_duty_phone_command,
    set_hours_command,
)
from backend.cli.epoch import new_epoch_command
from backend.cli.installation import demo_command, doctor_command, load_calendar_command, migrate_command
from backend.cli.teams import form_team_command
from backend.processes.command import serve_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Lingda 令达: field command for a court's enforcement command centre."""
    # Databases and secrets that a command makes are for this user alone.
    os.umask(0o077)


for command in (
    serve_command,
    migrate_command,
    demo_command,
    doctor_command,
    load_calendar_command,
    add_court_command,
    set_hours_command,
    set_duty_phone_command,
    adopt_rulebook_command,
    create_user_command,
    appoint_command,
    end_appointment_command,
    form_team_command,
    set_password_command,
    reset_second_factor_command,
    unlock_account_command,
    end_sessions_command,
    close_account_command,
    reopen_account_command,
    enrol_phone_command,
    code_command,
    new_epoch_command,
):
    main.add_command(command)
