"""What every tracker's report comes to, and the one error for a report that cannot be used.

The readers (`osmand.py`, `owntracks.py`) turn bytes of the network into a `TrackerReport` with a checked fix
or raise a `TrackerError`; no input makes them raise anything else. The values they share are read here.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from geo.fixes import Fix, FixFault, FixRejectedError, checked

CHINA_TIME = ZoneInfo("Asia/Shanghai")
MAX_REPORT_BYTES = 64 * 1024
"""A report is below one kilobyte; more than this is not a tracker."""
FIRST_MILLISECONDS = 2**31
"""Epoch numbers from here on are milliseconds (Traccar's rule): as seconds they would lie after 2038."""
MAX_TEXT = 100

_FAULTS: dict[str, tuple[str, str, str]] = {
    "too_large": ("413.1", "上报内容过大", "The report is too large"),
    "malformed": ("400.1", "上报内容无法读取", "The report cannot be read"),
    "place_missing": ("422.1", "经纬度缺少或不完整", "The longitude or the latitude is missing"),
    "place_unreadable": ("422.1", "经纬度不是数字", "The longitude or the latitude is not a number"),
    "time_missing": ("422.1", "缺少定位时间", "The time of the fix is missing"),
    "time_unreadable": ("422.1", "定位时间无法读取", "The time of the fix cannot be read"),
    FixFault.NOT_A_NUMBER: ("422.1", "经纬度不是有效数字", "The longitude or the latitude is not finite"),
    FixFault.OUT_OF_RANGE: ("422.1", "经纬度超出范围", "The position is not on Earth"),
    FixFault.NULL_ISLAND: ("422.1", "定位为零点，设备未定位", "The position is 0, 0: there was no fix"),
    FixFault.IN_THE_FUTURE: ("422.1", "定位时间晚于当前时间", "The fix is from the future: check the clock"),
    FixFault.TOO_OLD: ("422.1", "定位时间过早", "The fix is too old: check the clock"),
    FixFault.TOO_COARSE: ("422.1", "定位精度过低", "The fix is too inaccurate"),
}


class TrackerError(ValueError):
    """A report that cannot be used: a code of the problem catalogue, a finer reason, both languages.

    Sending it again cannot help. A phone that does not hear success keeps the report at the head of its queue
    for ever and everything behind it waits, so `swallow` says when the endpoint counts it and answers 200.
    """

    def __init__(self, reason: str) -> None:
        self.reason = str(reason)
        self.code, self.zh, self.en = _FAULTS[reason]
        super().__init__(f"{self.code} {self.en}")

    @property
    def swallow(self) -> bool:
        """Whether a real tracker sent this: well-formed, but of no use."""
        return self.code == "422.1"


@dataclass(frozen=True, slots=True)
class TrackerReport:
    """What one request of a tracker says.

    `fix` is None when it carries no place: an empty body, a status, a receiver without signal; `kind` says
    which ("location", "no_position", "empty", or the sender's own type). `name` is what the device calls
    itself; who it is, only the token in the address says. `alarm` is "sos" when its button was pressed.
    """

    kind: str
    fix: Fix | None = None
    name: str | None = None
    alarm: str | None = None


def number(value: object) -> float | None:
    """Return a number written as a number or as text; None for anything else, for NaN and for infinity."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        parsed = float(value)
    except (ValueError, OverflowError):
        return None
    return parsed if math.isfinite(parsed) else None


def scaled(value: object, factor: float) -> float | None:
    """Return a number in another unit; minus one, which trackers send for unknown, is unknown."""
    parsed = number(value)
    return None if parsed is None or parsed < 0 else parsed * factor


def truth(value: object) -> bool | None:
    """Return a yes or no written as JSON or as text; None when it is neither."""
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    return words.get(str(value).strip().lower())


def text(value: object) -> str | None:
    """Return short printable text that any database takes; None when nothing is left of it."""
    if not isinstance(value, str):
        return None
    return "".join(character for character in value if character.isprintable()).strip()[:MAX_TEXT] or None


def instant(value: object) -> datetime:
    """Return the time in UTC; raise `TrackerError`.

    Reads an epoch number in seconds or milliseconds, ISO 8601 text with its offset, and `yyyy-MM-dd HH:mm:ss`
    in China's time. ISO text without an offset is refused: a guess eight hours wrong would look plausible.
    """
    try:
        return _epoch(value) or _written_time(value)
    except (ValueError, OverflowError, OSError):
        raise TrackerError("time_unreadable") from None


def _epoch(value: object) -> datetime | None:
    seconds = number(value)
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds / 1000 if seconds >= FIRST_MILLISECONDS else seconds, UTC)


def _written_time(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("not a time")
    written = value.strip()
    if "T" not in written:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA_TIME).astimezone(UTC)
    # A plus sign that was not escaped in a query arrives as a space.
    moment = datetime.fromisoformat(written.replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(UTC)


def coordinates(longitude: object, latitude: object) -> tuple[float, float] | None:
    """Return longitude and latitude, None when both are missing; raise `TrackerError` for half a place."""
    if longitude in (None, "") and latitude in (None, ""):
        return None
    if longitude in (None, "") or latitude in (None, ""):
        raise TrackerError("place_missing")
    place = number(longitude), number(latitude)
    if place[0] is None or place[1] is None:
        raise TrackerError("place_unreadable")
    return place[0], place[1]


def located(report: TrackerReport, now: datetime) -> TrackerReport:
    """Return the report with its fix checked at `now`; raise `TrackerError` when it cannot be believed."""
    if report.fix is None:
        return report
    try:
        return replace(report, fix=checked(report.fix, now))
    except FixRejectedError as refusal:
        raise TrackerError(refusal.fault) from None


def refuse_oversized(body: bytes) -> None:
    """Raise `TrackerError` when the body is larger than any tracker's report."""
    if len(body) > MAX_REPORT_BYTES:
        raise TrackerError("too_large")


def json_object(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object of a body; raise `TrackerError` for anything else, also NaN and deep nesting."""
    try:
        parsed = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise TrackerError("malformed") from None
    return as_object(parsed)


def as_object(value: object) -> Mapping[str, Any]:
    """Return a JSON object as it is; raise `TrackerError` for any other JSON value."""
    if not isinstance(value, dict):
        raise TrackerError("malformed")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
