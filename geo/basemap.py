"""The map that works with no internet: its layers, and in which county a place lies.

Built by `scripts/basemap.py`; a deployment that brings its own map keeps these layer names and properties.
All areas and names carry `code` (GB/T 2260, six digits), `name` and `name_en`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import shapely

from geo.coordinates import Bounds, Position

LAYERS = ("provinces", "prefectures", "counties", "boundaries", "places")
"""Polygons of three levels; lines with `level` state, province, prefecture or county; points of names with
`level` province, prefecture, county, county_town or town, where a town's `code` is that of its county."""
MINIMUM_ZOOM, MAXIMUM_ZOOM = 3, 9
"""Beyond 9 the page enlarges: tiles are exact to 20 m, and the source has a point every kilometre."""


@dataclass(frozen=True, slots=True)
class County:
    """A county, city or district of the offline map."""

    code: str
    name: str
    name_en: str
    bounds: Bounds


@cache
def _counties() -> tuple[tuple[County, ...], shapely.STRtree]:
    rows = json.loads((files("geo") / "counties.json").read_text(encoding="utf-8"))
    shapes = [shapely.from_wkt(row["geometry"]) for row in rows]
    counties = tuple(
        County(row["code"], row["name"], row["name_en"], Bounds(*shape.bounds))
        for row, shape in zip(rows, shapes, strict=True)
    )
    return counties, shapely.STRtree(shapes)


def counties() -> tuple[County, ...]:
    """Return the counties of Dali prefecture and of Changchun, Jilin and Baishan."""
    return _counties()[0]


def county_at(position: Position) -> County | None:
    """Return the county a place lies in, None outside the counties of the map.

    Good to some hundred metres at a border: enough to propose a court, not to decide jurisdiction.
    """
    known, tree = _counties()
    found = tree.query(shapely.Point(position.longitude, position.latitude), predicate="intersects")
    return known[min(found)] if len(found) else None
