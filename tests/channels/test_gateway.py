"""A gateway is told what its settings file says; only its own word of success is a success; its secrets stay secret."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest

from backend.channels.addresses import Allowed
from backend.channels.gateway import Gateway, GatewayMessage, value_at
from backend.channels.gateway_settings import load_gateways
from backend.channels.message import Result, Verdict
from backend.core.clock import FixedClock
from tests.channels.conftest import guard, hasty_guard
from tests.channels.gateway_files import sms, write
from tests.conftest import TUESDAY_NINE
from tests.support.http_double import (
    Answer,
    HttpDouble,
    RoughServer,
    breaks_off,
    closes,
    drips_its_body,
    drips_its_head,
    hangs,
    streams_for_ever,
)

NASTY = '紧急："请\\应答" & <b>\r\n\x07{{mobile}} ${env:HOME} 100%'
MESSAGE = GatewayMessage(text=NASTY, key="delivery-7", mobile="13800000001", account="binchuan.officer1")
YES = b'{"code": 0, "data": [{"id": "SMS-42"}]}'


def test_a_gateway_that_says_yes_has_it_and_its_number_is_kept(tmp_path: Path) -> None:
    with HttpDouble(Answer(200, YES)) as server:
        assert sms(tmp_path, server.url).send(MESSAGE) == Result(Verdict.SENT, "200", reference="SMS-42")
        request = server.requests[0]
        assert (request.method, request.path) == ("POST", "/send?token=geheim%26token")
        assert json.loads(request.body) == {"to": "13800000001", "text": NASTY, "id": "delivery-7"}
        assert request.headers["content-type"] == "application/json; charset=utf-8"
        assert request.headers["authorization"] == "Bearer geheim&token"
        assert request.headers["x-account"] == "binchuan.officer1"
        assert request.headers["idempotency-key"] == "delivery-7"


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (Answer(200, b"<html>502 Bad Gateway</html>"), Result(Verdict.REFUSED, "not_the_success_answer")),
        (
            Answer(200, b'{"code": 1008, "msg": "no balance"}'),
            Result(Verdict.REFUSED, "not_the_success_answer"),
        ),
        (Answer(200, b'{"code": "0"}'), Result(Verdict.REFUSED, "not_the_success_answer")),
        (Answer(200, b'{"code": false}'), Result(Verdict.REFUSED, "not_the_success_answer")),
        (Answer(200, b""), Result(Verdict.REFUSED, "not_the_success_answer")),
        (Answer(200, b"[" * 60_000), Result(Verdict.REFUSED, "not_the_success_answer")),
        (Answer(202, YES), Result(Verdict.REFUSED, "not_the_success_answer")),
        (Answer(200, b'{"code": 0}'), Result(Verdict.SENT, "200")),
        (Answer(401), Result(Verdict.FORBIDDEN, "401")),
        (Answer(404), Result(Verdict.REFUSED, "404")),
        (Answer(413), Result(Verdict.TOO_LARGE, "413")),
        (Answer(429, headers={"Retry-After": "30"}), Result(Verdict.LATER, "429", timedelta(seconds=30))),
        (Answer(500, YES), Result(Verdict.LATER, "500")),
    ],
)
def test_only_the_gateways_own_word_of_success_is_one(tmp_path: Path, answer: Answer, result: Result) -> None:
    with HttpDouble(answer) as server:
        assert sms(tmp_path, server.url).send(MESSAGE) == result


def test_a_gateway_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    with HttpDouble(Answer(200, YES)) as elsewhere, HttpDouble() as server:
        server.answer = Answer(302, headers={"Location": f"{elsewhere.url}/"})
        assert sms(tmp_path, server.url).send(MESSAGE) == Result(Verdict.REFUSED, "redirect")
        assert not elsewhere.requests


@pytest.mark.parametrize(
    ("behaviour", "result"),
    [
        (hangs, Result(Verdict.LATER, "timeout")),
        (drips_its_head, Result(Verdict.LATER, "timeout")),
        (drips_its_body, Result(Verdict.LATER, "timeout")),
        (closes, Result(Verdict.LATER, "connection_failed")),
        (breaks_off, Result(Verdict.LATER, "connection_failed")),
        (streams_for_ever, Result(Verdict.REFUSED, "answer_too_long")),
    ],
)
def test_a_gateway_that_misbehaves_is_no_success_and_holds_nobody(
    tmp_path: Path, behaviour: Any, result: Result
) -> None:
    with RoughServer(behaviour) as server:
        assert sms(tmp_path, server.url, hasty_guard()).send(MESSAGE) == result


def test_the_host_that_was_written_down_may_be_private_and_no_other_may(tmp_path: Path) -> None:
    with HttpDouble(Answer(200, YES)) as server:
        assert sms(tmp_path, server.url, guard(Allowed())).send(MESSAGE).verdict is Verdict.SENT


def test_somebody_without_a_mobile_gets_no_message_to_nobody(tmp_path: Path) -> None:
    with HttpDouble(Answer(200, YES)) as server:
        message = GatewayMessage(text="请应答", key="delivery-7", account="binchuan.officer1")
        assert sms(tmp_path, server.url).send(message) == Result(Verdict.REFUSED, "no_mobile")
        assert not server.requests


FORM = """
[voice]
url = "{url}/call"
content_type = "application/x-www-form-urlencoded; charset=GBK"
body = "callee={{{{mobile}}}}&text={{{{text}}}}"
success = {{contains = "成功"}}
"""
XML = """
[sms]
url = "{url}/soap"
content_type = "text/xml"
body = '<send to="{{{{mobile}}}}"><text>{{{{text}}}}</text></send>'
success = {{contains = "<result>0</result>"}}
"""
GET = """
[sms]
method = "GET"
url = "{url}/send?to={{{{mobile}}}}&text={{{{text}}}}"
success = {{status = [204]}}
"""


def gateway(folder: Path, text: str, url: str) -> Gateway:
    (settings,) = load_gateways(write(folder, text.format(url=url)), {}).values()
    return Gateway(settings, guard(), FixedClock(TUESDAY_NINE))


def test_a_form_in_gbk_and_an_answer_in_gbk(tmp_path: Path) -> None:
    answer = Answer(200, "发送成功".encode("gbk"), {"Content-Type": "text/plain; charset=gbk"})
    with HttpDouble(answer) as server:
        assert gateway(tmp_path, FORM, server.url).send(MESSAGE).verdict is Verdict.SENT
        sent = parse_qs(server.requests[0].body.decode("ascii"), encoding="gbk")
        assert sent == {"callee": ["13800000001"], "text": [NASTY]}
        server.answer = Answer(200, b"\xff\xfe", {"Content-Type": "text/plain; charset=idna"})
        assert gateway(tmp_path, FORM, server.url).send(MESSAGE).code == "not_the_success_answer"


def test_xml_stays_xml_whatever_is_said_in_it(tmp_path: Path) -> None:
    with HttpDouble(Answer(200, b"<a><result>0</result></a>")) as server:
        assert gateway(tmp_path, XML, server.url).send(MESSAGE).verdict is Verdict.SENT
        root = ElementTree.fromstring(server.requests[0].body)
        assert root.get("to") == "13800000001"
        assert root.findtext("text") == NASTY.replace("\x07", "").replace("\r\n", "\n"), (
            "as XML reads line ends"
        )


def test_an_address_stays_one_address(tmp_path: Path) -> None:
    with HttpDouble(Answer(204)) as server:
        assert gateway(tmp_path, GET, server.url).send(MESSAGE).verdict is Verdict.SENT
        request = server.requests[0]
        path, _, query = request.path.partition("?")
        assert (request.method, path, request.body) == ("GET", "/send", b"")
        assert parse_qs(query) == {"to": ["13800000001"], "text": [NASTY]}
        server.answer = Answer(200, b"error page")
        assert gateway(tmp_path, GET, server.url).send(MESSAGE).code == "not_the_success_answer"


def test_no_header_begins_in_a_value(tmp_path: Path) -> None:
    message = GatewayMessage(
        text="请应答", key="a\r\nX-Evil: 1", mobile="1", account=" b\r\nX-Evil: 令达 100%"
    )
    with HttpDouble(Answer(200, YES)) as server:
        assert sms(tmp_path, server.url).send(message).verdict is Verdict.SENT
        assert "x-evil" not in server.requests[0].headers
        assert server.requests[0].headers["idempotency-key"] == "a%0D%0AX-Evil:%201"


@pytest.mark.parametrize(
    "answer", [Answer(200, YES), Answer(401, b"geheim&token"), Answer(200, b"{}"), Answer(500)]
)
def test_no_log_holds_a_secret_a_mobile_or_a_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, answer: Answer
) -> None:
    caplog.set_level(logging.DEBUG)
    with HttpDouble(answer) as server:
        one = sms(tmp_path, server.url)
        result = one.send(MESSAGE)
    shown = caplog.text + repr(one._settings) + repr(MESSAGE) + repr(result)
    for secret in ("geheim", "13800000001", "binchuan.officer1", "应答"):
        assert secret not in shown
    assert (f"gateway sms at 127.0.0.1:{server.port}" in caplog.text) == (result.verdict is not Verdict.SENT)


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ('{"a": {"b": [{"c": 7}]}}', "a.b.0.c", 7),
        ('{"a": [1]}', "a.1", None),
        ('{"a": [1]}', "a.-1", None),
        ('{"a": 1}', "a.b", None),
        ("[5]", "0", 5),
        ("no json", "a", None),
    ],
)
def test_a_path_leads_to_a_value_or_to_nothing(text: str, path: str, found: Any) -> None:
    assert value_at(text, path) == found
