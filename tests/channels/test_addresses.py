"""Where a push may go: not into the court's own network, however its address is spelt, unless it is allowed."""

from ipaddress import ip_address

import pytest

from backend.channels.addresses import Allowed, is_public
from backend.channels.endpoints import check_endpoint, host_of, origin_of, shown
from backend.core.problems import Problem
from backend.core.settings import SettingError

NOBODY = Allowed()

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:53aa:64c::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
]
OUTSIDE = [
    "17.253.144.10",
    "142.250.0.1",
    "1.1.1.1",
    "223.5.5.5",
    "2620:149:af0::10",
    "2400:3200::1",
    "::ffff:1.1.1.1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_no_public_host_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not NOBODY.may_reach("push.example.com", ip_address(address))
    host = f"[{address}]" if ":" in address else address
    refuse(f"https://{host}/wpush/1")


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_not(address: str) -> None:
    assert NOBODY.may_reach("push.example.com", ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "push.example.com/1",
        "http://push.example.com/1",
        "ftp://push.example.com/1",
        "https:///1",
        "https://user@push.example.com/1",
        "https://:word@push.example.com/1",
        "https://push.example.com:99999/1",
        "https://push.example.com:port/1",
        "https://[::1/1",
        "https://localhost/1",
        "https://LOCALHOST./1",
        "https://push.localhost/1",
        "https://intranet/1",
        "https://127.1/1",
        "https://2130706433/1",
        "https://0x7f000001/1",
        "https://0177.0.0.1/1",
        "https://127.0.0.1./1",
        "https://[::ffff:7f00:1]/1",
        "https://push.example.com\\@10.0.0.1/1",
        "https://push.example.com/1\r\nHost: 10.0.0.1",
        "https://push.example.com/ 1",
        "https://推送.example.com/1",
        "https://push.example.com/" + "a" * 976,
    ],
)
def test_an_endpoint_that_no_push_service_has_is_refused_in_both_languages(url: str) -> None:
    refuse(url)


def refuse(url: str, allowed: Allowed = NOBODY) -> None:
    with pytest.raises(Problem) as refused:
        check_endpoint(url, allowed)
    assert refused.value.code == "422.1" and refused.value.details == {"field": "endpoint"}
    assert refused.value.zh.startswith("推送地址") and refused.value.en.startswith("The push endpoint")


@pytest.mark.parametrize(
    "url",
    [
        "https://web.push.apple.com/QGuQyavXutnMA",
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://updates.push.services.mozilla.com:443/wpush/v2/gAAAA",
        "https://wns2-sg2p.notify.windows.com/w/?token=BQYAAA%2f",
        "https://1.1.1.1/1",
        "https://push.example.com/" + "a" * 975,
    ],
)
def test_endpoints_of_the_services_there_are_pass(url: str) -> None:
    check_endpoint(url, NOBODY)


def test_an_allowed_host_may_be_private_and_plain_and_no_other() -> None:
    allowed = Allowed.read(["Push.Court.Lan", "10.2.0.0/16", "192.168.7.9", "fd00::/8"])
    for url in (
        "http://push.court.lan/1",
        "https://PUSH.court.lan./1",
        "http://10.2.3.4:8080/1",
        "https://192.168.7.9/1",
        "http://[fd00::7]/1",
        "http://[::ffff:10.2.3.4]/1",
    ):
        check_endpoint(url, allowed)
    for url in (
        "http://push2.court.lan/1",
        "https://10.3.0.1/1",
        "http://192.168.7.8/1",
        "http://web.push.apple.com/1",
    ):
        refuse(url, allowed)
    assert allowed.may_reach("push.court.lan", ip_address("10.9.9.9"))
    assert allowed.may_reach("other.court.lan", ip_address("10.2.9.9"))
    assert not allowed.may_reach("other.court.lan", ip_address("10.9.9.9"))


@pytest.mark.parametrize(
    "word", ["10.0.0.0/33", "10.0.0.1/8", "https://push.lan", "push.lan:8080", "*.lan", "push lan"]
)
def test_a_word_of_the_setting_that_is_no_host_is_one_sentence(word: str) -> None:
    with pytest.raises(SettingError, match="LINGDA_PUSH_ALLOWED_HOSTS") as refused:
        Allowed.read(["127.0.0.1", word])
    assert repr(word) in str(refused.value) and "\n" not in str(refused.value)


def test_a_service_is_told_by_its_host_and_signed_for_by_its_origin() -> None:
    usual, other = "https://push.example.com:443/a?b", "http://127.0.0.1:8080/a"
    assert (host_of(usual), origin_of(usual)) == ("push.example.com", "https://push.example.com")
    assert (host_of(other), origin_of(other)) == ("127.0.0.1:8080", "http://127.0.0.1:8080")
    assert shown(usual).startswith("push.example.com #") and "a?b" not in shown(usual)
    assert shown(usual) != shown(usual + "c")
