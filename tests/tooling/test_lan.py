"""A phone on the local network learns to trust this installation, and from that page nothing else."""

import os
import plistlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from backend.core.settings import load_settings
from backend.processes.addresses import local_addresses
from backend.processes.front import answers, lan_front, root_certificate, trust_folder
from backend.processes.supervisor import Supervisor
from backend.processes.trust import qr_text, write_trust_page
from tests.support.backend_process import free_port
from tests.support.double_upstream import DoubleUpstream


@dataclass
class Lan:
    """The two addresses a phone is shown, the authority's certificate, and its fingerprint as shown."""

    open_url: str
    trust_url: str
    certificate: Path
    fingerprint: str


@pytest.fixture(scope="module")
def lan(tmp_path_factory) -> Iterator[Lan]:
    lines: list[str] = []
    supervisor = Supervisor(lines.append)
    tls_port, trust_port = free_port(), free_port()
    open_url, trust_url = f"https://127.0.0.1:{tls_port}", f"http://127.0.0.1:{trust_port}"
    with DoubleUpstream() as upstream:
        host, port = upstream.address
        data = tmp_path_factory.mktemp("lan")
        settings = load_settings({"LINGDA_DATA": str(data), "LINGDA_BACKEND": f"{host}:{port}"})
        program = lan_front(settings, os.environ, "127.0.0.1", tls_port, trust_port)
        certificate = root_certificate(settings)
        try:
            supervisor.start(program, lambda: answers(f"{open_url}/readyz", certificate))
            fingerprint = write_trust_page(trust_folder(settings), certificate, f"{open_url}/")
            yield Lan(open_url, trust_url, certificate, fingerprint)
        finally:
            supervisor.stop()


def test_a_phone_that_trusts_the_certificate_opens_the_origin_and_another_does_not(lan):
    trusting = requests.get(f"{lan.open_url}/api/phone", verify=str(lan.certificate), timeout=10)
    assert trusting.json()["headers"]["x-forwarded-proto"] == "https"
    assert trusting.headers["Strict-Transport-Security"]
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{lan.open_url}/api/phone", timeout=10)


def test_the_page_hands_out_the_very_certificate_whose_fingerprint_it_shows(lan):
    page = requests.get(f"{lan.trust_url}/", timeout=10)
    page.encoding = "utf-8"
    downloaded = requests.get(f"{lan.trust_url}/lingda.crt", timeout=10)
    certificate = x509.load_der_x509_certificate(downloaded.content)
    assert certificate.fingerprint(SHA256()).hex(":").upper() == lan.fingerprint
    assert lan.fingerprint in page.text
    assert downloaded.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert "127.0.0.1" in certificate.subject.rfc4514_string()


def test_an_iphone_gets_the_same_certificate_as_a_profile(lan):
    answer = requests.get(f"{lan.trust_url}/lingda.mobileconfig", timeout=10)
    assert answer.headers["Content-Type"] == "application/x-apple-aspen-config"
    (payload,) = plistlib.loads(answer.content)["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == requests.get(f"{lan.trust_url}/lingda.crt", timeout=10).content


@pytest.mark.parametrize("maker", ["华为", "荣耀", "小米", "OPPO", "vivo", "iPhone"])
def test_the_page_has_steps_for_each_maker_in_both_languages(lan, maker):
    page = requests.get(f"{lan.trust_url}/", timeout=10).content.decode()
    steps = page.split(f"<summary>{maker}")[1].split("</details>")[0]
    assert "设置" in steps
    assert "Settings" in steps


def test_the_page_leads_to_the_origin(lan):
    page = requests.get(f"{lan.trust_url}/", timeout=10).content.decode()
    assert f'href="{lan.open_url}/"' in page
    assert requests.get(f"{lan.trust_url}/open.svg", timeout=10).headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "path", ["/api/phone", "/command", "/pki/authorities/local/root.key", "/../front.log"]
)
def test_nothing_else_is_to_be_had_without_encryption(lan, path):
    assert requests.get(lan.trust_url + path, timeout=10).status_code == 404


def test_the_authoritys_key_is_readable_by_nobody_else(lan):
    assert oct(lan.certificate.with_name("root.key").stat().st_mode)[-3:] == "600"
    assert oct(lan.certificate.parents[3].stat().st_mode)[-3:] == "700"


def test_the_address_shown_is_never_the_machine_itself():
    assert not [address for address in local_addresses() if address.startswith("127.")]


def test_the_terminal_shows_a_code_of_block_characters():
    text = qr_text("https://10.0.0.5:8443/")
    assert len(text.splitlines()) > 10
    assert "█" in text or "▄" in text
