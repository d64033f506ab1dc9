"""Rate limits: who is counted as whom behind a proxy, and what counts while Redis is away."""

import logging
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend.app import create_app
from backend.core import rate_limits
from backend.core.problems import Problem
from backend.core.rate_limits import RateLimits
from tests.conftest import make_settings
from tests.people.visitor import problem
from tests.support.redis_server import RedisServer
from tests.support.world import World

pytestmark = pytest.mark.parametrize("database_url", ["spatialite"], indirect=True)
"""Nothing here is kept in a database."""


def client_behind(world: World, folder: Path, proxies: int) -> FlaskClient:
    """Return a client of an installation that trusts so many proxies."""
    settings = make_settings(folder, LINGDA_TRUSTED_PROXIES=str(proxies))
    client: FlaskClient = create_app(settings, world.database).test_client()
    return client


def guess(client: FlaskClient, forwarded_for: str | None = None) -> int:
    """Try a made-up enrolment code and return the status: 410 (wrong), or 429 when there were too many."""
    key = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}
    headers = {"X-Forwarded-For": forwarded_for} if forwarded_for else {}
    body = {"code": "AAAA-AAAA-AAAA", "public_key": key, "label": "x"}
    status: int = client.post("/api/devices/enrol", json=body, headers=headers).status_code
    return status


def test_twenty_guesses_a_minute_from_one_address_and_no_more(world: World) -> None:
    client = world.anonymous()
    assert 429 not in [guess(client) for _ in range(20)]
    assert guess(client) == 429


def test_too_many_sign_ins_say_when_to_come_again(world: World) -> None:
    client = world.anonymous()
    for number in range(60):
        client.post("/api/sign-in", json={"account": f"binchuan.nobody{number}", "password": "x"})
    refused = client.post("/api/sign-in", json={"account": "binchuan.officer1", "password": "x"})
    assert problem(refused) == (429, "429.1")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_behind_one_proxy_the_address_it_saw_counts_and_not_what_the_visitor_claims(
    world: World, tmp_path: Path
) -> None:
    client = client_behind(world, tmp_path, 1)
    for number in range(20):
        guess(client, f"198.51.100.{number}, 203.0.113.7")
    assert guess(client, "192.0.2.1, 203.0.113.7") == 429, "the same visitor, whatever it wrote before"
    assert guess(client, "192.0.2.1, 203.0.113.8") != 429, "another visitor of the same proxy"


def test_behind_two_proxies_the_one_further_out_says_who_it_is(world: World, tmp_path: Path) -> None:
    client = client_behind(world, tmp_path, 2)
    for number in range(20):
        guess(client, f"203.0.113.7, 10.0.0.{number}")
    assert guess(client, "203.0.113.7, 10.0.0.99") == 429
    assert guess(client, "203.0.113.8, 10.0.0.99") != 429


def test_without_a_proxy_nobody_may_say_who_they_are(world: World, tmp_path: Path) -> None:
    client = client_behind(world, tmp_path, 0)
    for number in range(20):
        guess(client, f"198.51.100.{number}")
    assert guess(client, "203.0.113.99") == 429


def test_keys_are_counted_apart_and_the_wait_is_told(database_url: str) -> None:
    limits = RateLimits()
    limits.hit("2/minute", "sign-in", "赵一鸣")
    limits.hit("2/minute", "sign-in", "赵一鸣")
    limits.hit("2/minute", "sign-in", "钱静")
    with pytest.raises(Problem) as refused:
        limits.hit("2/minute", "sign-in", "赵一鸣")
    assert refused.value.code == "429.1"
    assert 50 <= refused.value.details["retry_after_s"] <= 60


def test_while_redis_is_away_this_process_counts_for_itself(database_url: str) -> None:
    limits = RateLimits("redis://127.0.0.1:1/0")
    limits.hit("1/minute", "sign-in", "赵一鸣")
    with pytest.raises(Problem) as refused:
        limits.hit("1/minute", "sign-in", "赵一鸣")
    assert refused.value.code == "429.1"


def is_refused(limits: RateLimits) -> bool:
    """Hit a limit of two a minute, and tell whether this was one too many."""
    try:
        limits.hit("2/minute", "sign-in", "赵一鸣")
    except Problem as refused:
        assert refused.code == "429.1"
        return True
    return False


def test_two_backends_with_one_redis_count_together_and_each_for_itself_while_it_is_away(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "backend.core.redis_link")
    monkeypatch.setattr(rate_limits, "AGAIN_AFTER_SECONDS", 0)
    with RedisServer(tmp_path) as redis:
        here, there = RateLimits(redis.url), RateLimits(redis.url)
        assert [is_refused(limits) for limits in (here, there, here, there)] == [False, False, True, True]
        redis.kill()
        assert [is_refused(here) for _ in range(3)] == [False, False, True]
        assert [is_refused(there) for _ in range(3)] == [False, False, True]
        redis.start()
        assert [is_refused(limits) for limits in (here, there, here)] == [False, False, True]
    said = [record.getMessage() for record in caplog.records]
    assert [line.partition(",")[0] for line in said] == [
        "rate limits are counted in Redis",
        "rate limits are counted in Redis",
        "Redis is away",
        "Redis is away",
        "rate limits are counted in Redis",
        "rate limits are counted in Redis",
    ]


def test_a_redis_that_hangs_is_waited_for_once_and_then_left_alone(database_url: str, tmp_path: Path) -> None:
    with RedisServer(tmp_path) as redis:
        limits = RateLimits(redis.url)
        assert not is_refused(limits)
        redis.hang()
        began = time.monotonic()
        assert [is_refused(limits) for _ in range(3)] == [False, False, True]
        assert time.monotonic() - began < 4
