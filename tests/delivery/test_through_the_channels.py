"""The whole ladder through a real worker and real HTTP: push swallowed, then SMS, then voice, then the duty's leaders.

The worker is killed with -9 between any two rungs, and once while a gateway has its request but has not answered: each
rung is climbed once, and what is sent twice carries the same idempotency key (domain 1.16).
"""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from backend.core.settings import Settings
from backend.core.tables import AuditEntry
from tests.conftest import make_settings
from tests.delivery.conftest import Ladder, put, subscription
from tests.support.http_double import Answer, HttpDouble, RoughServer, hangs
from tests.support.moved_time import MovedTime
from tests.support.server_process import Worker
from tests.support.world import World

OFFICER = "binchuan.officer1"
NUMBER = "100 0000 0001"
GATEWAYS = """
[sms]
url = "{sms}/send"
body = '{{"to": "{{{{mobile}}}}", "text": "{{{{text}}}}", "id": "{{{{key}}}}"}}'
[sms.success]
status = [200]
json_path = "code"
json_value = 0

[voice]
url = "{voice}/call"
content_type = "application/x-www-form-urlencoded"
body = "callee={{{{mobile}}}}&text={{{{text}}}}"
[voice.success]
status = [200]
contains = "accepted"
"""


class SlowToAnswer(HttpDouble):
    """A gateway that has taken a request and answers when it is told to."""

    def __init__(self, answer: Answer) -> None:
        self.may_answer = threading.Event()
        self._answer = answer
        super().__init__(answer)

    @property
    def answer(self) -> Answer:
        """What it says, once it may."""
        self.may_answer.wait(30)
        return self._answer

    @answer.setter
    def answer(self, answer: Answer) -> None:
        self._answer = answer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation whose push services may stand on this machine."""
    return make_settings(tmp_path, LINGDA_PUSH_ALLOWED_HOSTS="127.0.0.1")


@pytest.fixture
def sms() -> Iterator[SlowToAnswer]:
    """The gateway of the court's SMS."""
    with SlowToAnswer(Answer(200, b'{"code": 0}')) as double:
        yield double
        double.may_answer.set()


@pytest.fixture
def voice() -> Iterator[HttpDouble]:
    """The gateway of the court's calls."""
    with HttpDouble(Answer(200, b"accepted")) as double:
        yield double


@pytest.fixture
def black_hole() -> Iterator[RoughServer]:
    """A push service that takes every connection and says nothing."""
    with RoughServer(hangs) as double:
        yield double


class Night:
    """One worker after the other, each killed; the time is what the test says."""

    def __init__(self, world: World, url: str, folder: Path) -> None:
        self.world = world
        self.began = world.clock.now()
        self.time = MovedTime(folder, self.began)
        self.worker = Worker(
            url,
            folder,
            LINGDA_DEMO_PASSWORD="x",
            LINGDA_PUSH_ALLOWED_HOSTS="127.0.0.1",
            LINGDA_VAPID_SUBJECT="mailto:duty@binchuan.gov.cn",
            LINGDA_GATEWAYS=str(folder / "gateways.toml"),
            **self.time.environment,
        )

    def at(self, seconds: float, until: object) -> None:
        """A new worker lives from this second after the order until something has happened, and is killed."""
        self.world.clock.instant = self.began + timedelta(seconds=seconds)
        self.time.set(self.world.clock.instant)
        with self.worker:
            self.worker.wait_for(until)


def notices(world: World, order_id: str) -> list[str]:
    """Return the kinds of notices about an order."""
    desk = world.sign_in("binchuan.commander")
    found = desk.get("/api/notices", subject_kind="directive", subject_id=order_id).get_json()["items"]
    return [one["kind"] for one in found]


def test_push_swallowed_then_sms_then_voice_then_the_leaders_of_the_duty(
    world: World,
    database_url: str,
    tmp_path: Path,
    sms: SlowToAnswer,
    voice: HttpDouble,
    black_hole: RoughServer,
) -> None:
    (tmp_path / "gateways.toml").write_text(GATEWAYS.format(sms=sms.url, voice=voice.url), encoding="utf-8")
    phone = world.phone(OFFICER)
    given = subscription(endpoint=f"http://127.0.0.1:{black_hole.port}/wpush/one")
    assert put(phone, "/api/push/subscription", given).status_code == 200
    duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    body = {"mobile": NUMBER, "message_account": None}
    put(duty, f"/api/people/{phone.user_id}/addresses", body)
    nowhere = {"mobile": None, "message_account": None}
    put(duty, f"/api/people/{world.user('binchuan.teamleader1').id}/addresses", nowhere)
    order = world.order_out(commander)
    night, ladder = Night(world, database_url, tmp_path), Ladder(world)

    night.at(15, lambda: black_hole.connections >= 1)
    assert ladder.of(commander, order["id"], OFFICER)["attempts"][0]["state"] == "taken"

    night.at(60, lambda: len(sms.requests) == 1)
    assert voice.requests == []
    sms.may_answer.set()
    night.at(95, lambda: len(sms.requests) == 2)
    keys = {request.headers["idempotency-key"] for request in sms.requests}
    assert len(keys) == 1, "the gateway can tell that the second is the first once more"

    night.at(180, lambda: voice.requests and ladder.of(commander, order["id"], OFFICER)["rung"] == "leader")
    night.at(600, lambda: ladder.of(commander, order["id"], OFFICER)["rung"] == "commander")
    night.at(601, lambda: True)
    assert notices(world, order["id"]) == ["order_undelivered", "order_unanswered"]
    assert {request.headers["idempotency-key"] for request in voice.requests} != keys
    assert len({request.headers["idempotency-key"] for request in voice.requests}) == 1

    with world.database.reading() as work:
        lines = work.session.scalars(
            select(AuditEntry.detail)
            .where(AuditEntry.action == "delivery.climb", AuditEntry.subject_id == order["id"])
            .order_by(AuditEntry.id)
        ).all()
    climbed = [line["rung"] for line in lines if line["person"] == phone.user_id]
    assert climbed == ["push", "message", "voice", "leader", "commander"]

    text = sms.requests[0].body.decode()
    assert NUMBER in text
    for secret in (order["title"], order["facts"], order["place"]["text"]):
        assert secret not in text
        assert secret not in night.worker.log
    assert NUMBER not in night.worker.log
