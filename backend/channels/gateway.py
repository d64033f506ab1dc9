"""A message through one of the court's own gateways (SMS, voice call, WeCom): any that takes one HTTP request."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import requests

from backend.channels.addresses import Allowed, tidy
from backend.channels.call_error import CallError
from backend.channels.gateway_settings import GatewaySettings
from backend.channels.guard import Guard
from backend.channels.message import Result, Verdict, result_of_status
from backend.channels.templates import in_header
from backend.core.clock import Clock

log = logging.getLogger(__name__)
LONGEST_REFERENCE = 100


@dataclass(frozen=True)
class GatewayMessage:
    """One message. `key` is the same for each try of the same message, so that a gateway can tell a repetition."""

    text: str = field(repr=False)
    key: str
    language: str = "zh"
    mobile: str | None = field(default=None, repr=False)
    account: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("without a key a gateway cannot tell a second try from a second message")


class Gateway:
    """Sends messages as one section of the settings file says; may be used by several threads."""

    def __init__(self, settings: GatewaySettings, guard: Guard, clock: Clock) -> None:
        self._settings = settings
        # Whoever runs the installation wrote this host down: gateways of a court stand on its inner network.
        self._guard = guard.with_allowed(Allowed(hosts=frozenset({tidy(settings.host_name)})))
        self._clock = clock

    @property
    def kind(self) -> str:
        """Return the name of its section."""
        return self._settings.kind

    @property
    def host(self) -> str:
        """Return the host it sends to: what the pool's caps and breakers are kept for."""
        return self._settings.host

    @property
    def max_per_host(self) -> int:
        """Return how many messages may be on their way at once."""
        return self._settings.max_per_host

    def send(self, message: GatewayMessage) -> Result:
        """Send the message; return what became of it. Never raises for what the gateway did."""
        values = _values(message)
        missing = sorted(self._settings.fields - values.keys())
        if missing:
            return Result(Verdict.REFUSED, f"no_{missing[0]}")
        result = self._call(values)
        if result.verdict is not Verdict.SENT:
            level = logging.ERROR if result.verdict is Verdict.FORBIDDEN else logging.WARNING
            log.log(level, "gateway %s at %s: %s, %s", self.kind, self.host, result.verdict, result.code)
        return result

    def _call(self, values: Mapping[str, str]) -> Result:
        now = self._clock.now()
        try:
            response = self._request(values)
        except CallError as error:
            if error.response is None:
                lasting = error.code in ("blocked_address", "bad_address")
                return Result(Verdict.REFUSED if lasting else Verdict.LATER, error.code)
            response = error.response
            if response.ok:
                # Whether it said yes stood in what is missing.
                lasting = error.code == "answer_too_long"
                return Result(Verdict.REFUSED if lasting else Verdict.LATER, error.code)
        result = result_of_status(response.status_code, response.headers.get("Retry-After"), now)
        if result.verdict is Verdict.GONE:
            return replace(result, verdict=Verdict.REFUSED)
        return self._judge(result, response) if result.verdict is Verdict.SENT else result

    def _request(self, values: Mapping[str, str]) -> requests.Response:
        settings = self._settings
        headers = {name: template.fill(values) for name, template in settings.headers.items()}
        headers["Idempotency-Key"] = in_header(values["key"])
        body = None
        if settings.body is not None:
            headers["Content-Type"] = settings.content_type
            body = settings.body.fill(values).encode(settings.charset, errors="replace")
        with self._guard.session(settings.time_limit_seconds) as session:
            return session.request(
                settings.method,
                settings.url.fill(values),
                data=body,
                headers=headers,
                timeout=self._guard.waits,
            )

    def _judge(self, result: Result, response: requests.Response) -> Result:
        success = self._settings.success
        text = _text(response)
        said_yes = response.status_code in success.statuses
        if success.json_path is not None:
            found = value_at(text, success.json_path)
            # true is no 1 here, as in JSON.
            said_yes &= type(found) is type(success.json_value) and found == success.json_value
        if success.contains is not None:
            said_yes &= success.contains in text
        if not said_yes:
            return Result(Verdict.REFUSED, "not_the_success_answer")
        path = self._settings.reference_path
        reference = value_at(text, path) if path else None
        if not isinstance(reference, str | int) or isinstance(reference, bool):
            return result
        return replace(result, reference=str(reference)[:LONGEST_REFERENCE])


def _values(message: GatewayMessage) -> dict[str, str]:
    """Return the fields that the message has."""
    fields = {
        "mobile": message.mobile,
        "account": message.account,
        "text": message.text,
        "key": message.key,
        "language": message.language,
    }
    return {name: value for name, value in fields.items() if value}


def _text(response: requests.Response) -> str:
    """Return an answer as text, in the charset it says it has."""
    charset = requests.utils.get_encoding_from_headers(response.headers)
    try:
        # requests takes silence about text for Latin-1, as an old rule of HTTP did.
        return response.content.decode(
            "utf-8" if charset in (None, "ISO-8859-1") else charset, errors="replace"
        )
    except (LookupError, ValueError):
        return response.content.decode(errors="replace")


def value_at(text: str, path: str) -> Any:
    """Return what a JSON text has at a path such as `data.0.id`; None when it has nothing there or is no JSON."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for step in path.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isascii() and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found
