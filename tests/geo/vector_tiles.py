"""Reads a PMTiles 3 file and the Mapbox vector tiles in it: as much as a test of our own map needs."""

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import LineString, MultiLineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

HEADER_NAMES = (
    *("root_offset", "root_length", "metadata_offset", "metadata_length", "leaves_offset", "leaves_length"),
    *("tiles_offset", "tiles_length", "addressed_tiles", "entries", "contents"),
)


@dataclass(frozen=True)
class Feature:
    """One feature of a tile: its properties and its shape in degrees."""

    properties: dict[str, Any]
    shape: BaseGeometry


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def messages(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the fields of a protocol buffer: numbers as int, everything else as bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        match key & 7:
            case 0:
                value, at = varint(data, at)
            case 2:
                length, at = varint(data, at)
                value, at = data[at : at + length], at + length
            case fixed:
                size = {1: 8, 5: 4}[fixed]
                value, at = data[at : at + size], at + size
        yield key >> 3, value


def numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


def tile_number(zoom: int, x: int, y: int) -> int:
    """Return the place of a tile on the Hilbert curve that PMTiles counts along."""
    number = (4**zoom - 1) // 3
    side = 2 ** (zoom - 1) if zoom else 0
    while side:
        right, low = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side //= 2
    return number


class PmTiles:
    """A PMTiles file in memory."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        assert self.data[:8] == b"PMTiles\x03"
        values = (int.from_bytes(self.data[8 + 8 * i : 16 + 8 * i], "little") for i in range(11))
        self.header = dict(zip(HEADER_NAMES, values, strict=True))
        self.internal_compression, self.tile_compression, self.tile_type = self.data[97:100]
        self.minimum_zoom, self.maximum_zoom = self.data[100:102]
        self.bounds = tuple(
            int.from_bytes(self.data[102 + 4 * i : 106 + 4 * i], "little", signed=True) / 1e7
            for i in range(4)
        )
        self.metadata = json.loads(self.part("metadata_offset", "metadata_length"))
        self.entries = self._directory(self.part("root_offset", "root_length"))

    def part(self, offset: str, length: str) -> bytes:
        start = self.header[offset]
        return gzip.decompress(self.data[start : start + self.header[length]])

    def _directory(self, packed: bytes) -> dict[int, tuple[int, int]]:
        values = numbers(packed)
        count = values[0]
        steps, runs, lengths, offsets = (values[1 + i * count : 1 + (i + 1) * count] for i in range(4))
        tile, following, found = 0, 0, {}
        for step, run, length, offset in zip(steps, runs, lengths, offsets, strict=True):
            assert run > 0, "a leaf directory; our file is small enough to have none"
            tile += step
            start = offset - 1 if offset else following
            following = start + length
            found.update({tile + i: (start, length) for i in range(run)})
        return found

    def layers(self, zoom: int, longitude: float, latitude: float) -> dict[str, list[Feature]]:
        """Return the features by layer in the tile of a zoom that holds a place."""
        side = 2**zoom
        x = int((longitude + 180) / 360 * side)
        y = int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * side)
        start, length = self.entries[tile_number(zoom, x, y)]
        start += self.header["tiles_offset"]
        tile = gzip.decompress(self.data[start : start + length])
        return dict(_layer(message, zoom, x, y) for field, message in messages(tile) if field == 3)


def _layer(message: bytes, zoom: int, x: int, y: int) -> tuple[str, list[Feature]]:
    fields = list(messages(message))
    name = next(value for field, value in fields if field == 1).decode()
    keys = [value.decode() for field, value in fields if field == 3]
    values = [_value(value) for field, value in fields if field == 4]
    extent = next((value for field, value in fields if field == 5), 4096)
    features = []
    for packed in (value for field, value in fields if field == 2):
        feature = dict(messages(packed))
        tags = numbers(feature.get(2, b""))
        properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
        features.append(Feature(properties, _shape(feature[3], numbers(feature[4]), (zoom, x, y, extent))))
    return name, features


def _value(message: bytes) -> str:
    ((field, value),) = messages(message)
    assert field == 1, "our map has text properties only"
    return str(value, "utf-8")


def _shape(kind: int, commands: list[int], tile: tuple[int, int, int, int]) -> BaseGeometry:
    zoom, tile_x, tile_y, extent = tile
    parts: list[list[tuple[float, float]]] = []
    at, x, y = 0, 0, 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        for _ in range(count if command != 7 else 0):
            x, y = x + _unzigzag(commands[at]), y + _unzigzag(commands[at + 1])
            at += 2
            if command == 1:
                parts.append([])
            across, down = (tile_x + x / extent) / 2**zoom, (tile_y + y / extent) / 2**zoom
            latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))
            parts[-1].append((across * 360 - 180, latitude))
    if kind == 1:
        return MultiPoint([part[0] for part in parts])
    if kind == 2:
        return MultiLineString([LineString(part) for part in parts])
    return Polygon(parts[0], parts[1:]) if len(parts) == 1 else _union(parts)


def _unzigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _union(rings: list[list[tuple[float, float]]]) -> BaseGeometry:
    """Put rings together by the even-odd rule, which needs no winding."""
    shape: BaseGeometry = Polygon()
    for ring in rings:
        shape = shape.symmetric_difference(Polygon(ring).buffer(0))
    return shape
