"""A piece of a recorded drive laid into Binchuan, point by point, with the accuracy each point was measured with."""

from dataclasses import dataclass
from pathlib import Path

from geo.coordinates import Position
from geo.recording import read_recording, shifted
from geo.sphere import distance_m

RECORDING = Path(__file__).parents[2] / "backend" / "demo" / "tracks" / "around-visnjan-with-car.csv"
NEAREST_METRES = 20.0
"""Far enough apart that the phone keeps every point, however fast they are played."""


@dataclass(frozen=True)
class Reading:
    """What the phone's receiver says at one point; degrees and metres."""

    longitude: float
    latitude: float
    accuracy: float

    @property
    def geolocation(self) -> dict[str, float]:
        """As the browser is told."""
        return {"longitude": self.longitude, "latitude": self.latitude, "accuracy": self.accuracy}


def recorded_way(start: tuple[float, float], count: int) -> list[Reading]:
    """Return the first `count` points of the drive begun at `start`, no two neighbours nearer than 20 m."""
    kept: list[Position] = []
    for point in shifted(read_recording(RECORDING.read_text(encoding="utf-8")), Position(*start)):
        if not kept or distance_m(kept[-1], point.position) >= NEAREST_METRES:
            kept.append(point.position)
    return [
        Reading(round(position.longitude, 6), round(position.latitude, 6), 3.0 + index)
        for index, position in enumerate(kept[:count])
    ]
