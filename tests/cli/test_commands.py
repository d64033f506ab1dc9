"""`lingda …` as whoever runs the installation uses it: help, one-sentence errors, exit codes."""

from pathlib import Path

import pytest

from backend.cli import main
from backend.core import engines
from backend.processes.announced import announced
from tests.cli.running import Run, is_one_sentence
from tests.conftest import PASSWORD, make_settings
from tests.support.front import ROOT
from tests.support.redis_server import RedisServer
from tests.support.world import World


def test_every_command_has_help(run: Run) -> None:
    overview = run("--help")
    assert overview.exit_code == 0
    assert {
        "serve",
        "migrate",
        "demo",
        "doctor",
        "load-calendar",
        "create-user",
        "enrol-phone",
        "code",
        "new-epoch",
    } <= set(main.commands)
    for name, command in main.commands.items():
        shown = run(name, "--help")
        assert shown.exit_code == 0 and "Usage:" in shown.output, name
        assert command.get_short_help_str() and name in overview.output


def test_an_unknown_command_or_a_missing_argument_is_exit_code_2(run: Run) -> None:
    assert run("fly").exit_code == 2
    assert run("create-user").exit_code == 2
    assert (
        run(
            "create-user", "a.b", "--name", "x", "--court", "dali", "--role", "king", "--sex", "man"
        ).exit_code
        == 2
    )


def test_a_new_installation_is_migrated_filled_and_signed_in_to(run: Run, tmp_path: Path) -> None:
    assert is_one_sentence(run("demo"))
    assert "lingda migrate" in run("demo").output
    migrated = run("migrate")
    assert (migrated.exit_code, "database ready" in migrated.output) == (0, True)
    assert run("migrate").exit_code == 0, "a second time changes nothing"
    first, second = run("demo"), run("demo")
    assert "demo loaded" in first.output and "demo is there already" in second.output
    assert PASSWORD in first.output
    assert "binchuan.commander" in first.output
    code = run("code", "binchuan.duty")
    assert code.exit_code == 0 and code.output.strip().isdecimal() and len(code.output.strip()) == 6
    phone = run("enrol-phone", "binchuan.officer1")
    assert phone.exit_code == 0
    assert "http://127.0.0.1:8000/#/enrol/" in phone.output


def test_a_phone_is_sent_to_the_address_that_the_running_installation_announced(
    run: Run, tmp_path: Path
) -> None:
    run("migrate"), run("demo")
    settings, lan = make_settings(tmp_path / "var"), "https://10.0.0.5:8443"
    with announced(settings, lan):
        assert f"{lan}/#/enrol/" in run("enrol-phone", "binchuan.officer1").output
        assert f"ok   address   {lan}" in run("doctor").output
        with announced(settings, "https://10.0.0.6:8443"):
            assert lan in run("doctor").output, "a second one on the same data announces nothing"
        told = run("enrol-phone", "binchuan.officer1", LINGDA_PUBLIC_URL="https://lingda.example").output
        assert "https://lingda.example/#/enrol/" in told, "what was set wins"


def test_what_an_installation_announced_ends_with_it(run: Run, tmp_path: Path) -> None:
    run("migrate"), run("demo")
    with announced(make_settings(tmp_path / "var"), "https://10.0.0.5:8443"):
        pass
    assert "http://127.0.0.1:8000/#/enrol/" in run("enrol-phone", "binchuan.officer1").output


def test_an_unknown_account_is_one_sentence(run: Run) -> None:
    run("migrate"), run("demo")
    assert is_one_sentence(run("enrol-phone", "binchuan.nobody"))
    assert is_one_sentence(run("code", "binchuan.nobody"))
    assert is_one_sentence(run("code", "binchuan.officer1"))


def test_an_account_is_created_with_its_role(run: Run) -> None:
    run("migrate"), run("demo")
    words = ["--name", "段雪梅", "--court", "binchuan", "--role", "duty_officer", "--sex", "woman"]
    created = run("create-user", "binchuan.night", *words, "--password", "-", input="a long password\n")
    assert created.exit_code == 0
    for account, changed in (
        ("binchuan.night", words),
        ("Night", words),
        ("binchuan.late\n", words),
        ("binchuan.late", [*words[:3], "atlantis", *words[4:]]),
    ):
        assert is_one_sentence(run("create-user", account, *changed, "--password", "a long password")), (
            account
        )
    assert is_one_sentence(run("create-user", "binchuan.late", *words, "--password", "short"))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("LINGDA_DATABASE_URL", "postgresql://lingda@127.0.0.1:1/lingda", "cannot be reached"),
        ("LINGDA_DATABASE_URL", "sqlite:////nowhere/at/all/lingda.sqlite", "cannot be reached"),
        ("LINGDA_DATABASE_URL", "mysql://x", "LINGDA_DATABASE_URL"),
        ("LINGDA_DATA", "/proc/nowhere", "/proc/nowhere"),
        ("LINGDA_PUBLIC_URL", "phones", "LINGDA_PUBLIC_URL"),
    ],
)
def test_what_is_wrong_with_an_installation_is_one_sentence(
    run: Run, name: str, value: str, word: str
) -> None:
    for command in (["migrate"], ["demo"], ["doctor"], ["code", "binchuan.duty"]):
        result = run(*command, **{name: value})
        assert is_one_sentence(result), (command, result.output, result.exception)
        assert word in result.output


def test_a_password_in_the_address_of_the_database_is_never_shown(run: Run) -> None:
    result = run("migrate", LINGDA_DATABASE_URL="postgresql://lingda:geheim@127.0.0.1:1/lingda")
    assert is_one_sentence(result) and "geheim" not in result.output


def test_a_file_that_is_no_database_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "lingda.sqlite").write_text("not a database, but a letter of some length\n" * 50)
    for command in ("migrate", "demo", "doctor"):
        result = run(command)
        assert is_one_sentence(result), (command, result.output, result.exception)


def test_missing_spatialite_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SPATIALITE", "mod_that_is_not_there")
    result = run("migrate")
    assert is_one_sentence(result)
    assert "apt-get install libsqlite3-mod-spatialite" in result.output


def test_the_demo_refuses_a_password_nobody_could_sign_in_with(run: Run) -> None:
    run("migrate")
    result = run("demo", LINGDA_DEMO_PASSWORD="short")
    assert is_one_sentence(result) and "LINGDA_DEMO_PASSWORD" in result.output


def test_doctor_says_what_there_is_and_what_is_missing(run: Run) -> None:
    before = run("doctor")
    assert before.exit_code == 0
    assert "ok   database" in before.output and "MISS schema" in before.output
    run("migrate")
    assert "ok   schema" in run("doctor").output
    assert "WARN address" in run("doctor", LINGDA_PUBLIC_URL="http://10.0.0.5:8000").output


def test_doctor_asks_a_redis_that_is_set_and_never_shows_its_password(run: Run, tmp_path: Path) -> None:
    assert "redis   " not in run("doctor").output
    with RedisServer(tmp_path) as redis:
        assert "ok   redis" in run("doctor", LINGDA_REDIS_URL=redis.url).output
    away = run("doctor", LINGDA_REDIS_URL=redis.url.replace("127.0.0.1", ":geheim@127.0.0.1"))
    assert away.exit_code == 0 and "WARN redis" in away.output and "geheim" not in away.output


def test_doctor_says_by_which_ways_a_message_can_leave(run: Run, tmp_path: Path) -> None:
    first = run("doctor").output
    assert "WARN push" in first and "LINGDA_VAPID_SUBJECT" in first
    assert "WARN gateways" in first and "LINGDA_GATEWAYS" in first
    path = tmp_path / "gateways.toml"
    path.write_text((ROOT / "docs" / "gateways.example.toml").read_text())
    wrong = run("doctor", LINGDA_GATEWAYS=path, LINGDA_VAPID_SUBJECT="mailto:duty@binchuan.gov.cn")
    assert wrong.exit_code == 0
    assert "ok   push      signed for mailto:duty@binchuan.gov.cn" in wrong.output
    assert "MISS gateways" in wrong.output and "SMS_GATEWAY_TOKEN" in wrong.output
    (tmp_path / "voice_password").write_text("geheim")
    right = run(
        "doctor",
        SMS_GATEWAY_TOKEN="geheim",
        WECOM_ROBOT_KEY="geheim",
        LINGDA_PUSH_ALLOWED_HOSTS="10.1.0.0/16, push.court.lan",
    ).output
    assert (
        "ok   gateways  sms by 10.1.0.20:8080, voice by voice.court.example, wecom by qyapi.weixin.qq.com"
        in right
    )
    assert "also to 10.1.0.0/16, push.court.lan" in right and "geheim" not in right
    assert "MISS push" in run("doctor", LINGDA_PUSH_ALLOWED_HOSTS="10.1.0.0/99").output
    refused = run("doctor", LINGDA_VAPID_SUBJECT="mailto:duty@localhost")
    assert is_one_sentence(refused) and "LINGDA_VAPID_SUBJECT" in refused.output


def test_commands_work_on_the_database_of_a_running_installation(run: Run, world: World) -> None:
    address = world.database.engine.url.render_as_string(hide_password=False)
    assert run("migrate", LINGDA_DATABASE_URL=address).exit_code == 0
    assert "demo is there already" in run("demo", LINGDA_DATABASE_URL=address).output
    assert run("enrol-phone", "binchuan.officer1", LINGDA_DATABASE_URL=address).exit_code == 0
