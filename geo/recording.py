"""A recorded way that can be laid down somewhere else with all its noise and gaps, for demos and tests.

Reads the form of the files in `backend/demo/tracks`: CSV with a heading row, seconds from the start, WGS-84
degrees and metres of height.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.coordinates import Position, is_on_earth
from geo.sphere import metres_from, moved

COLUMNS = ("seconds", "latitude", "longitude", "elevation_m")


@dataclass(frozen=True, slots=True)
class RecordedPoint:
    """Where the receiver saw itself, that many seconds after the start of the recording."""

    seconds: float
    position: Position
    altitude_m: float | None = None


def read_recording(text: str) -> list[RecordedPoint]:
    """Read a recording; raise ValueError naming what is wrong: a column, a line, the order of time."""
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(f"line 1: expected the columns {', '.join(COLUMNS)}")
    points: list[RecordedPoint] = []
    for row in rows:
        try:
            seconds, latitude, longitude = (float(row[name]) for name in COLUMNS[:3])
            altitude = float(row["elevation_m"]) if row["elevation_m"] else None
        except (TypeError, ValueError):
            raise ValueError(f"line {rows.line_num}: not numbers") from None
        if not is_on_earth(longitude, latitude) or not math.isfinite(seconds):
            raise ValueError(f"line {rows.line_num}: not a place or not a time")
        points.append(RecordedPoint(seconds, Position(longitude, latitude), altitude))
    if any(later.seconds <= earlier.seconds for earlier, later in pairwise(points)):
        raise ValueError("the seconds do not increase")
    return points


def shifted(
    recording: Sequence[RecordedPoint], start: Position, turn_degrees: float = 0.0
) -> list[RecordedPoint]:
    """Return the recording begun at another place, turned clockwise, its metres between points kept.

    Adding the difference in degrees would stretch it: a degree of longitude is longer nearer the equator.
    """
    if not recording:
        return []
    origin = recording[0].position
    sine, cosine = math.sin(math.radians(turn_degrees)), math.cos(math.radians(turn_degrees))

    def laid(position: Position) -> Position:
        east_m, north_m = metres_from(origin, position)
        return moved(start, east_m * cosine + north_m * sine, north_m * cosine - east_m * sine)

    return [RecordedPoint(point.seconds, laid(point.position), point.altitude_m) for point in recording]
