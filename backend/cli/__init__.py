"""`lingda …`: the command line of an installation; every command has help, clear errors and an exit code."""

import os

import click

from backend.cli.accounts import code_command, create_user_command, enrol_phone_command
from backend.cli.epoch import new_epoch_command
from backend.cli.installation import demo_command, doctor_command, load_calendar_command, migrate_command
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
    create_user_command,
    enrol_phone_command,
    code_command,
    new_epoch_command,
):
    main.add_command(command)
