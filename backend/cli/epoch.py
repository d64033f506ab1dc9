"""`lingda new-epoch`: what whoever restored the database from a backup says, so that nothing stays lost."""

import click

from backend.cli.opening import installation
from backend.core.outbox import begin_epoch
from backend.core.permissions import SYSTEM

WARNING = """\
仅在从备份恢复数据库之后使用：所有手机将重新载入，并把备份中没有的操作再次提交（不会重复生效）；值班台会列出可能丢失的登记。
Only after the database was restored from a backup: every phone loads afresh and sends again what the backup does not
have (nothing is done twice); a duty desk names the registrations that may be gone."""


@click.command("new-epoch")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
def new_epoch_command(is_sure: bool) -> None:
    """Say that the database was restored from a backup: phones offer again what it lost."""
    with installation() as (_, database):
        click.echo(WARNING)
        shown = database.engine.url.render_as_string(hide_password=True)
        if not is_sure:
            click.confirm(f"{shown}\n继续 · go on?", abort=True)
        with database.writing() as work:
            work.authorise_by_rule("whoever runs the installation has restored it")
            epoch = begin_epoch(work, SYSTEM)
    click.echo(f"已开始新的数据库代次 · new epoch {epoch}")
