"""Commands on the installation itself: its schema, the demo, the calendar, and a look at what is missing."""

import shutil
from pathlib import Path

import click
from sqlalchemy import text

from backend.cli.channel_lines import channel_lines
from backend.cli.opening import installation
from backend.core.permissions import SYSTEM
from backend.core.press import has_chinese_font
from backend.core.settings import SettingError
from backend.deadlines.court_rules import load_calendar
from backend.demo.load import demo_password, demo_totp_secret, load_demo
from backend.demo.people import demo_people
from backend.demo.records import load_records
from backend.migrations.run import demand_current, migrate, reachable
from backend.people.permissions import PHONE_ROLES
from backend.processes.announced import address_for_phones
from backend.timekeeping.kernel import kept_by, kernel_clock
from backend.timekeeping.rules import KernelClock, Level, verdict


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to today's schema, making it when there is none."""
    with installation(migrated=False) as (_, database):
        migrate(database)
        click.echo(f"数据库就绪 · database ready: {database.engine.url.render_as_string(hide_password=True)}")


@click.command("demo")
@click.option(
    "--simulate",
    is_flag=True,
    help="Move three teams along recorded tracks and let leads arrive, until Ctrl-C.",
)
def demo_command(simulate: bool) -> None:
    """Load the demo's courts and people once, and print their accounts."""
    with installation() as (settings, database):
        loaded = load_demo(database, settings)
        load_records(database)
        click.echo("演示数据已载入 · demo loaded" if loaded else "演示数据已存在 · demo is there already")
        print_accounts(demo_password(settings), lambda account: demo_totp_secret(settings, account))
        if simulate:
            from backend.demo.simulate import simulate_teams  # noqa: PLC0415 - only this command needs it

            simulate_teams(settings, database, click.echo)


def print_accounts(password: str, secret_of: object) -> None:
    """Print who can sign in, with which password, and the authenticator secret of each desk account."""
    click.echo(f"\n所有演示账号的密码 · password of every demo account: {password}")
    click.echo("值班台、指挥席另需验证码 · desk accounts also need a code: lingda code <account>\n")
    for person in demo_people():
        desk = "" if person.role in PHONE_ROLES else secret_of(person.account)  # type: ignore[operator]
        click.echo(f"  {person.account:<28}{person.name:<6}{person.role:<24}{desk}")
    click.echo("\n绑定手机 · bind a phone: lingda enrol-phone binchuan.officer1\n")


@click.command("load-calendar")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_calendar_command(file: Path) -> None:
    """Load the official notice of a year's holidays and make-up workdays (TOML), and count open deadlines again."""
    with installation() as (_, database), database.writing() as work:
        work.authorise_by_rule("whoever runs the installation loads the published notice")
        changed = load_calendar(work, SYSTEM, file.read_text(encoding="utf-8"))
    click.echo(f"已载入 · loaded; {changed} 个时限已重新计算 · deadlines counted again")


@click.command("doctor")
def doctor_command() -> None:
    """Look at what this installation needs, and say what to do about each thing that is missing."""
    with installation(migrated=False) as (settings, database):
        with reachable(database) as connection:
            connection.execute(text("SELECT 1"))
        click.echo(f"ok   database  {database.engine.url.render_as_string(hide_password=True)}")
        try:
            demand_current(database)
            click.echo("ok   schema    as this version needs it")
        except SettingError as error:
            click.echo(f"MISS schema    {error}")
        click.echo(_clock_line(kernel_clock(), kept_by()))
        click.echo(_paper_line())
        for line in channel_lines(settings):
            click.echo(line)
        if settings.redis_url:
            click.echo(_redis_line(settings.redis_url))
        if shutil.which("caddy"):
            click.echo("ok   caddy     the front is installed")
        else:
            click.echo("MISS caddy     install it: apt-get install caddy")
        address = address_for_phones(settings)
        if address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            click.echo(f"ok   address   {address}")
        else:
            click.echo(f"WARN address   {address} has no TLS: phones get no camera, position or storage")


def _clock_line(kernel: KernelClock | None, keeper: str | None) -> str:
    """How this machine's clock is kept: every deadline is counted by it."""
    if kernel is None:
        return "WARN clock     this system does not say how its clock is kept; deadlines are counted by it"
    if not kernel.synchronised:
        return "WARN clock     nothing keeps this machine's clock; install chrony and name a time server"
    said = f"synchronised{f' by {keeper}' if keeper else ''}, within {kernel.max_error_s * 1000:.0f} ms"
    if verdict(kernel, None).level is not Level.KEPT:
        return f"WARN clock     {said}: too wide for deadlines; look at the time server"
    return f"ok   clock     {said}"


def _paper_line() -> str:
    if has_chinese_font():
        return "ok   paper     the font for printing is installed"
    return "MISS paper     install it: apt-get install fonts-noto-cjk libpangoft2-1.0-0 libharfbuzz-subset0"


def _redis_line(redis_url: str) -> str:
    from backend.core.redis_link import RedisError, open_redis  # noqa: PLC0415 - Redis is slow to import

    try:
        with open_redis(redis_url) as redis:
            redis.ping()
    except RedisError as error:
        return f"WARN redis     does not answer ({error}): several backends do not see each other's positions"
    return "ok   redis     between several backends"
