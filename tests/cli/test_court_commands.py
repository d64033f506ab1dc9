"""Commands that make a court: each leaves its audit line, and what is wrong is one sentence that changes nothing."""

import pytest
from sqlalchemy import select

from backend.core.tables import AuditEntry
from tests.cli.running import Run, is_one_sentence
from tests.support.rows import digest_of_state, every_row
from tests.support.world import World

WEISHAN = (
    *(
        "add-court",
        "weishan_forest",
        "--code",
        "云2990",
        "--name",
        "巍山林区法院",
        "--name-en",
        "Weishan Forest Court",
    ),
    *("--level", "basic", "--parent", "dali", "--from", "2026-03-01"),
)


def last_line(world: World) -> AuditEntry:
    """Return the newest line of the audit log."""
    with world.database.reading() as work:
        newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
        return work.session.execute(newest).scalar_one()


def changed(command: tuple[str, ...], option: str, value: str | None) -> list[str]:
    """Return the command with another value of an option, or without it."""
    place = command.index(option)
    rest = [*command[:place], *command[place + 2 :]]
    return rest if value is None else [*rest, option, value]


def test_a_court_is_added_below_its_superior_from_the_first_minute_of_its_day(run: Run, demo: World) -> None:
    added = run(*WEISHAN, "--point", "100.31", "25.22", "--code-unverified")
    assert (added.exit_code, "weishan_forest" in added.output) == (0, True)
    row = next(row for row in every_row(demo.database)["court"] if row[0] == "weishan_forest")
    assert "2026-02-28 16:00:00+00:00" in [str(value) for value in row], "midnight in Beijing"
    assert tuple(value for value in row if isinstance(value, float)) == (100.31, 25.22)
    line = last_line(demo)
    assert (line.action, line.actor_id, line.court_id) == ("court.add", "system", "weishan_forest")
    shown = demo.sign_in("dali.commander").get("/api/courts").get_json()["items"]
    found = next(court for court in shown if court["id"] == "weishan_forest")
    assert (found["parent_id"], found["code_verified"]) == ("dali", False)


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--parent", "atlantis", "atlantis"),
        ("--parent", "binchuan", "binchuan"),
        ("--parent", "yunnan", "yunnan"),
        ("--parent", None, "superior"),
        ("--code", "云2924", "云2924"),
        ("--from", "2014-05-31", "does not stand"),
    ],
)
def test_a_court_that_cannot_stand_there_is_refused(
    run: Run, demo: World, option: str, value: str | None, word: str
) -> None:
    before = digest_of_state(demo.database)
    refused = run(*changed(WEISHAN, option, value))
    assert is_one_sentence(refused) and word in refused.output, refused.output
    assert digest_of_state(demo.database) == before


def test_an_id_that_is_taken_or_malformed_and_a_point_off_the_earth_are_refused(
    run: Run, demo: World
) -> None:
    for court_id in ("binchuan", "Weishan", "weishan forest", "巍山"):
        assert is_one_sentence(run("add-court", court_id, *WEISHAN[2:])), court_id
    assert is_one_sentence(run(*WEISHAN, "--point", "25.22", "100.31"))


def test_a_second_supreme_court_stands_under_nobody(run: Run, demo: World) -> None:
    assert is_one_sentence(run(*changed(WEISHAN, "--level", "supreme")))


def test_a_day_or_level_that_is_none_is_exit_code_2_in_both_languages(run: Run, demo: World) -> None:
    for day in ("2026-02-30", "01.03.2026", "tomorrow", ""):
        refused = run(*changed(WEISHAN, "--from", day))
        assert refused.exit_code == 2 and "不是日期" in refused.output and "is no day" in refused.output
    assert run(*changed(WEISHAN, "--level", "village")).exit_code == 2


def test_hours_are_set_from_a_day_on(run: Run, demo: World) -> None:
    assert run("set-hours", "binchuan", "08:00-12:00,14:30-18:00", "--from", "2026-05-01").exit_code == 0
    hours = [row for row in every_row(demo.database)["work_schedule"] if row[0] == "binchuan"]
    assert sorted(str(row[1]) for row in hours) == ["2014-06-01", "2026-05-01"]
    line = last_line(demo)
    assert (line.action, line.court_id) == ("court_hours.set", "binchuan")
    assert line.detail == {"effective_from": "2026-05-01", "sessions": "08:00-12:00,14:30-18:00"}


def test_hours_that_overlap_and_a_court_that_is_not_there_are_refused(run: Run, demo: World) -> None:
    before = digest_of_state(demo.database)
    day = ("--from", "2026-05-01")
    for hours in (
        "08:00-12:00,11:00-17:00",
        "12:00-08:00",
        "all day",
        "",
        "8-12",
        ",".join(["08:00-09:00"] * 9),
    ):
        assert is_one_sentence(run("set-hours", "binchuan", hours, *day)), hours
    minutes = ",".join(f"08:{2 * start:02}-08:{2 * start + 1:02}" for start in range(9))
    assert is_one_sentence(run("set-hours", "binchuan", minutes, *day)), "more than the column holds"
    assert is_one_sentence(run("set-hours", "atlantis", "08:00-12:00", *day))
    assert digest_of_state(demo.database) == before


def test_a_rulebook_is_adopted_by_an_act_from_a_day_on_and_once_a_day(run: Run, demo: World) -> None:
    adopt = ("adopt-rulebook", "binchuan", "bss_2017", "--from", "2026-06-01", "--act", "宾法〔2026〕7号")
    assert run(*adopt, "--article-7-at-night").exit_code == 0
    line = last_line(demo)
    assert (line.action, line.detail["act"], line.detail["article_7_at_night"]) == (
        "rulebook.adopt",
        "宾法〔2026〕7号",
        True,
    )
    before = digest_of_state(demo.database)
    assert is_one_sentence(run(*adopt)), "a second act of the same day"
    assert is_one_sentence(run(*changed(adopt, "--from", "2017-01-01"))), (
        "before the rulebook's own first day"
    )
    assert is_one_sentence(run(adopt[0], "atlantis", *adopt[2:]))
    assert run(adopt[0], "binchuan", "bss_1999", *adopt[3:]).exit_code == 2
    assert digest_of_state(demo.database) == before


def test_a_team_is_formed_and_its_first_one_leads(run: Run, demo: World) -> None:
    formed = run("form-team", "binchuan", "夜班小组", "binchuan.officer5", "binchuan.officer6", "--standby")
    assert formed.exit_code == 0
    teams = demo.sign_in("binchuan.commander").get("/api/teams").get_json()["items"]
    night = next(team for team in teams if team["name"] == "夜班小组")
    assert [member["duty"] for member in night["members"]] == ["leader", "officer"] and night["standby"]
    for words in (
        ("binchuan", "夜班小组", "binchuan.officer1"),
        ("binchuan", "早班小组", "xiangyun.officer1"),
        ("binchuan", "早班小组", "binchuan.nobody"),
        ("atlantis", "早班小组", "binchuan.officer1"),
    ):
        assert is_one_sentence(run("form-team", *words)), words


def test_the_number_of_a_command_post_is_set_changed_and_taken_away(run: Run, demo: World) -> None:
    phone = demo.phone("binchuan.officer1")

    def told() -> str:
        number: str = phone.get("/api/phone").get_json()["emergencies"]["duty_phone"]["number"]
        return number

    assert run("set-duty-phone", "binchuan", "0872-000 1234").exit_code == 0
    assert told() == "0872-000 1234"
    assert last_line(demo).action == "court.set_duty_phone"
    assert run("set-duty-phone", "binchuan").exit_code == 0
    assert told() == "0872-0002900", "of the court above"
    for number in ("110;rm", "12", "电话"):
        before = digest_of_state(demo.database)
        assert run("set-duty-phone", "binchuan", number).exit_code == 2
        assert digest_of_state(demo.database) == before
    assert is_one_sentence(run("set-duty-phone", "atlantis", "0872-0001234"))
