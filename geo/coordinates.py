"""Positions, and the three coordinate systems in use in China: WGS-84, GCJ-02 and BD-09.

Lingda stores and sends WGS-84 only. GCJ-02 (Amap, Tencent) and BD-09 (Baidu) exist at one edge: when a
Chinese navigation app is opened, or when somebody pastes a point copied from one. CGCS2000, which Tianditu
uses, differs from WGS-84 by centimetres and is treated as equal.

GCJ-02 has no published definition; the formula is the one recovered in 2012 that every open converter uses.
It shifts a point by 50 to 800 metres, and is defined as no shift outside a rectangle around mainland China.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

# Krasovsky's ellipsoid of 1940.
_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU_TURN = math.pi * 3000.0 / 180.0
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
# The rectangle of the recovered formula; it also covers land of neighbours, where those maps shift as well.
_SHIFT_WEST, _SHIFT_EAST, _SHIFT_SOUTH, _SHIFT_NORTH = 72.004, 137.8347, 0.8293, 55.8271
# Each round shrinks the error about a thousandfold: six end far below a millimetre.
_INVERSE_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Position:
    """A place on Earth: degrees east and degrees north."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle in degrees that does not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, position: Position) -> bool:
        """Say whether the position lies inside or on the edge."""
        return self.west <= position.longitude <= self.east and self.south <= position.latitude <= self.north


def is_on_earth(longitude: float, latitude: float) -> bool:
    """Say whether both numbers are within ±180 and ±90 degrees; NaN and infinity are not."""
    return abs(longitude) <= 180 and abs(latitude) <= 90


def is_shifted(position: Position) -> bool:
    """Say whether GCJ-02 differs from WGS-84 here (the rectangle around mainland China)."""
    return (
        _SHIFT_WEST <= position.longitude <= _SHIFT_EAST and _SHIFT_SOUTH <= position.latitude <= _SHIFT_NORTH
    )


def _gcj02_shift(position: Position) -> tuple[float, float]:
    """Return the shift in degrees east and north at a WGS-84 position."""
    x, y = position.longitude - 105.0, position.latitude - 35.0
    pi, sin = math.pi, math.sin
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0

    latitude = math.radians(position.latitude)
    flattening = 1.0 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    meridian_radius = _AXIS_M * (1.0 - _ECCENTRICITY_SQUARED) / flattening**1.5
    parallel_radius = _AXIS_M / math.sqrt(flattening) * math.cos(latitude)
    return math.degrees(east / parallel_radius), math.degrees(north / meridian_radius)


def _inverted(forward: Callable[[Position], Position], shifted: Position) -> Position:
    """Find the position that `forward` moves onto `shifted`, by repeated correction."""
    guess = shifted
    for _ in range(_INVERSE_ROUNDS):
        landed = forward(guess)
        guess = Position(
            guess.longitude - (landed.longitude - shifted.longitude),
            guess.latitude - (landed.latitude - shifted.latitude),
        )
    return guess


def wgs84_to_gcj02(position: Position) -> Position:
    """Return the GCJ-02 coordinates (Amap, Tencent) of a WGS-84 position; equal outside mainland China."""
    if not is_shifted(position):
        return position
    east, north = _gcj02_shift(position)
    return Position(position.longitude + east, position.latitude + north)


def gcj02_to_wgs84(position: Position) -> Position:
    """Return the WGS-84 position of GCJ-02 coordinates, to below a millimetre; equal outside China."""
    if not is_shifted(position):
        return position

    def shift(guess: Position) -> Position:
        east, north = _gcj02_shift(guess)
        return Position(guess.longitude + east, guess.latitude + north)

    return _inverted(shift, position)


def gcj02_to_bd09(position: Position) -> Position:
    """Return the BD-09 coordinates (Baidu) of a GCJ-02 position."""
    x, y = position.longitude, position.latitude
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * _BAIDU_TURN)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * _BAIDU_TURN)
    return Position(radius * math.cos(angle) + _BAIDU_EAST, radius * math.sin(angle) + _BAIDU_NORTH)


def bd09_to_gcj02(position: Position) -> Position:
    """Return the GCJ-02 position of BD-09 coordinates, to below a millimetre."""
    return _inverted(gcj02_to_bd09, position)


def wgs84_to_bd09(position: Position) -> Position:
    """Return the BD-09 coordinates (Baidu) of a WGS-84 position; unchanged outside mainland China."""
    return gcj02_to_bd09(wgs84_to_gcj02(position)) if is_shifted(position) else position


def bd09_to_wgs84(position: Position) -> Position:
    """Return the WGS-84 position of BD-09 coordinates; unchanged outside mainland China."""
    return gcj02_to_wgs84(bd09_to_gcj02(position)) if is_shifted(position) else position
