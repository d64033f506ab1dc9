"""A gateways file nobody can use takes the gateways away, and nothing else: the clocks go on, and the log says why."""

import logging
from pathlib import Path

import pytest

from backend.core.database import Database
from backend.worker import channels_of
from tests.conftest import make_settings


def test_a_wrong_gateways_file_stops_no_clock(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = tmp_path / "gateways.toml"
    wrong.write_text('[sms]\nurl = "no address"\n', encoding="utf-8")
    settings = make_settings(tmp_path, LINGDA_GATEWAYS=str(wrong))
    with caplog.at_level(logging.ERROR):
        assert channels_of(settings, database).gateways == {}
    assert "no gateway is used" in caplog.text
    assert "[sms]" in caplog.text
