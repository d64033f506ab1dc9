"""What is wrong with a gateway is one sentence in two languages when it is loaded, never a surprise in an alarm."""

import re
from pathlib import Path

import pytest

from backend.channels.gateway_settings import load_gateways
from backend.core.settings import SettingError
from tests.channels.gateway_files import write
from tests.support.front import ROOT

EXAMPLE = ROOT / "docs" / "gateways.example.toml"
GOOD = {
    "url": '"https://sms.court.example/send"',
    "body": """'{"to": "{{mobile}}", "text": "{{text}}"}'""",
    "success": '{json_path = "code", json_value = 0}',
}


def section(kind: str = "sms", **entries: str | None) -> str:
    """Return a section that is right but for the entries given; None leaves one out."""
    lines = {**GOOD, **entries}
    return f"[{kind}]\n" + "\n".join(
        f"{name} = {value}" for name, value in lines.items() if value is not None
    )


def test_without_a_file_there_are_no_gateways_and_the_example_has_three(tmp_path: Path) -> None:
    assert load_gateways(None) == {}
    (tmp_path / "voice_password").write_text("geheim\n")
    copy = write(tmp_path, EXAMPLE.read_text(encoding="utf-8"))
    found = load_gateways(copy, {"SMS_GATEWAY_TOKEN": "geheim", "WECOM_ROBOT_KEY": "geheim"})
    assert {kind: (one.host, one.max_per_host) for kind, one in found.items()} == {
        "sms": ("10.1.0.20:8080", 2),
        "voice": ("voice.court.example", 1),
        "wecom": ("qyapi.weixin.qq.com", 2),
    }
    assert "geheim" not in repr(found)


def test_a_gateway_may_have_any_further_name(tmp_path: Path) -> None:
    text = section("ntfy", body="'{{text}}'", content_type='"text/plain"')
    assert load_gateways(write(tmp_path, text))["ntfy"].fields == {"text"}


WRONG = {
    "no TOML": ("[sms\n", "不是正确的 TOML"),
    "no section": ("sms = 1\n", "[sms]"),
    "a strange name": (section("SMS"), "[SMS]"),
    "no url": (section(url=None), "缺少 url"),
    "a url without a scheme": (section(url='"sms.court.example"'), "url"),
    "a url with a user": (section(url='"https://u:p@sms.court.example/"'), "url"),
    "a url with a field as host": (section(url='"https://{{account}}/send"'), "url"),
    "a url with a field at its host": (section(url='"https://sms.court{{account}}/send"'), "url"),
    "a url with a secret as host": (section(url='"${env:THERE}/send"'), "url"),
    "a url with a wrong port": (section(url='"https://sms.court.example:x/"'), "url"),
    "a url with a space": (section(url='"https://sms.court.example/ send"'), "url"),
    "a method that is none": (section(method='"FETCH"'), "method"),
    "a method that is no text": (section(method="1"), "method 应为文字"),
    "a GET with a body": (section(method='"GET"'), "GET"),
    "a POST without one": (section(body=None), "body"),
    "an unknown content type": (section(content_type='"image/png"'), "content_type"),
    "an unknown charset": (section(content_type='"text/plain; charset=klingon"'), "klingon"),
    "an unknown field": (section(body="""'{"to": "{{mobile}}", "text": "{{tekst}}"}'"""), "{{tekst}}"),
    "a field that does not end": (section(body="""'{"to": "{{mobile}}", "text": "{{text}"}'"""), "没有闭合"),
    "no mobile": (section(body="""'{"text": "{{text}}"}'"""), "缺少字段 {{mobile}}"),
    "no text": (section(body="""'{"to": "{{mobile}}"}'"""), "缺少字段 {{text}}"),
    "a body that is no JSON": (section(body="""'{"to": "{{mobile}}", "text": {{text}}}'"""), "引号"),
    "a body that is no XML": (section(content_type='"text/xml"', body="'<a>{{mobile}}{{text}}'"), "标签"),
    "a missing secret": (section(headers='{Authorization = "${env:NOT_THERE}"}'), "NOT_THERE"),
    "a missing secret file": (section(headers='{Authorization = "${file:not_there}"}'), "not_there"),
    "a secret of a strange kind": (section(headers='{Authorization = "${vault:a}"}'), "vault:a"),
    "a header of two lines": (section(headers='{X-A = "a\\nb"}'), "X-A"),
    "a header in Chinese": (section(headers='{X-A = "令达"}'), "X-A"),
    "a header that begins with a space": (section(headers='{X-A = " a"}'), "X-A"),
    "a secret of two lines in a header": (section(headers='{X-A = "${env:LINES}"}'), "X-A"),
    "a header that is ours": (section(headers='{Host = "a"}'), "Host"),
    "no success": (section(success=None), "success"),
    "a success by status 200 alone": (section(success="{status = [200]}"), "200"),
    "a success that is an error": (section(success='{status = [500], contains = "a"}'), "success.status"),
    "a status that is no number": (section(success='{status = ["200"], contains = "a"}'), "success.status"),
    "a path without a value": (section(success='{json_path = "code"}'), "json_value"),
    "a value that is no value": (section(success='{json_path = "code", json_value = 0.5}'), "json_value"),
    "a misspelt entry": (section(sucess='{contains = "ok"}'), "sucess"),
    "a misspelt entry of success": (section(success='{contain = "a", contains = "b"}'), "success.contain"),
    "a time limit that is too long": (section(time_limit_seconds="60"), "time_limit_seconds"),
    "a place for nobody": (section(max_per_host="0"), "max_per_host"),
    "a place that is no number": (section(max_per_host="true"), "max_per_host"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_one_sentence_that_names_it_in_two_languages(tmp_path: Path, name: str) -> None:
    text, named = WRONG[name]
    with pytest.raises(SettingError) as refused:
        load_gateways(write(tmp_path, text), {"THERE": "https://geheim", "LINES": "geheim\nX-B: 1"})
    sentence = str(refused.value)
    assert named in sentence and str(tmp_path / "gateways.toml") in sentence and "\n" not in sentence
    chinese, _, english = sentence.partition(" / ")
    assert re.search("[\u4e00-\u9fff]", chinese) and re.search("[a-z]{2,} [a-z$]", english)
    assert "geheim" not in sentence


def test_a_file_that_is_not_there_or_is_no_text_is_one_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "nowhere", tmp_path / "bytes"):
        with pytest.raises(SettingError, match="LINGDA_GATEWAYS") as refused:
            load_gateways(path)
        assert "\n" not in str(refused.value)


def test_a_secret_is_what_it_is_and_never_a_template(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("{{text}} ${env:A}\n")
    text = section(body="""'{"a": "${file:token}", "to": "{{mobile}}", "text": "{{text}}"}'""")
    found = load_gateways(write(tmp_path, text), {})["sms"]
    assert found.body is not None
    filled = found.body.fill({"mobile": "1", "text": "x"})
    assert filled == '{"a": "{{text}} ${env:A}", "to": "1", "text": "x"}'
