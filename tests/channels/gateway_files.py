"""Settings files of gateways as a test needs them."""

from pathlib import Path

from backend.channels.gateway import Gateway
from backend.channels.gateway_settings import load_gateways
from backend.channels.guard import Guard
from backend.core.clock import FixedClock
from tests.channels.conftest import guard
from tests.conftest import TUESDAY_NINE

SMS = """
[sms]
url = "{url}/send?token=${{env:SMS_TOKEN}}"
body = '{{"to": "{{{{mobile}}}}", "text": "{{{{text}}}}", "id": "{{{{key}}}}"}}'
reference_path = "data.0.id"
[sms.headers]
X-Account = "{{{{account}}}}"
Authorization = "Bearer ${{env:SMS_TOKEN}}"
[sms.success]
status = [200]
json_path = "code"
json_value = 0
"""
SECRETS = {"SMS_TOKEN": "geheim&token"}


def write(folder: Path, text: str) -> Path:
    path = folder / "gateways.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sms(folder: Path, url: str, one: Guard | None = None) -> Gateway:
    """Return the SMS gateway at an address."""
    settings = load_gateways(write(folder, SMS.format(url=url)), SECRETS)["sms"]
    return Gateway(settings, one or guard(), FixedClock(TUESDAY_NINE))
