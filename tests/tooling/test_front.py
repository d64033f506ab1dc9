"""The front keeps one origin: right pages, strict policies, no forged origin, no secret in a log."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import websocket

from tests.support.backend_process import free_port
from tests.support.double_upstream import DoubleUpstream
from tests.support.front import ROOT, running_front

TOKEN = "t-4f1d0a7c9e"


@pytest.fixture(scope="module")
def upstream() -> Iterator[DoubleUpstream]:
    with DoubleUpstream() as running:
        yield running


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("front")


@pytest.fixture(scope="module")
def front(upstream, data, tmp_path_factory) -> Iterator[str]:
    pages = tmp_path_factory.mktemp("pages")
    (pages / "assets").mkdir()
    (pages / "assets" / "index-Chv6CJR5.js").write_text("export const order = 1;\n" * 200)
    for name in ("index", "command", "duty"):
        (pages / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")
    (pages / "service-worker.js").write_text("self.addEventListener('install', () => {});")
    (pages / "manifest.webmanifest").write_text('{"name": "令达"}')
    (pages / "map").mkdir()
    (pages / "map" / "basemap.pmtiles").write_bytes(b"PMTiles" + bytes(range(256)) * 8)
    (pages / ".vite").mkdir()
    (pages / ".vite" / "manifest.json").write_text("{}")
    with running_front(upstream.address, pages, data) as address:
        yield address


def get(url: str, **options) -> requests.Response:
    return requests.get(url, timeout=10, **options)


def policy(answer: requests.Response) -> dict[str, str]:
    header = answer.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "index"),
        ("/command", "command"),
        ("/command/", "command"),
        ("/duty", "duty"),
        ("/duty/", "duty"),
    ],
)
def test_each_address_shows_its_page(front, path, page):
    answer = get(front + path, allow_redirects=False)
    assert answer.status_code == 200
    assert f"<title>{page}</title>" in answer.text


def test_what_is_named_by_its_content_is_kept_for_ever(front):
    assert get(f"{front}/assets/index-Chv6CJR5.js").headers["Cache-Control"] == (
        "public, max-age=31536000, immutable"
    )


@pytest.mark.parametrize("path", ["/", "/command", "/duty", "/service-worker.js", "/manifest.webmanifest"])
def test_what_keeps_its_name_is_asked_for_again(front, path):
    answer = get(front + path)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = get(front + path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_missing_script_is_missing_and_not_the_first_page(front):
    answer = get(f"{front}/assets/index-older.js")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_files_of_the_build_itself_are_not_shown(front):
    assert get(f"{front}/.vite/manifest.json").status_code == 404


def test_the_map_is_read_in_pieces(front):
    piece = get(f"{front}/map/basemap.pmtiles", headers={"Range": "bytes=0-6"})
    assert piece.status_code == 206
    assert piece.content == b"PMTiles"


def test_pages_come_compressed(front):
    assert get(f"{front}/assets/index-Chv6CJR5.js").headers["Content-Encoding"] == "gzip"


def test_the_phone_page_allows_no_inline_script_and_no_inline_style(front):
    rules = policy(get(f"{front}/"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/command", "/duty", "/command/"])
def test_a_desk_page_allows_inline_styles_and_still_no_inline_script(front, path):
    rules = policy(get(front + path))
    assert rules["style-src"] == "'self' 'unsafe-inline'"
    assert rules["script-src"] == "'self'"


@pytest.mark.parametrize("path", ["/", "/command", "/api/phone", "/assets/index-Chv6CJR5.js"])
def test_every_answer_carries_the_security_headers(front, path):
    headers = get(front + path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/api/phone", "/healthz", "/readyz", "/metrics", "/track/osmand/x", "/plain"]
)
def test_the_backend_answers_its_own_addresses(front, upstream, path):
    assert get(front + path).json()["path"] == path


def test_an_answer_of_the_backend_is_not_kept_unless_it_says_so(front):
    assert get(f"{front}/api/phone").headers["Cache-Control"] == "no-store"


def test_a_client_cannot_pretend_to_come_from_elsewhere(front, upstream):
    forged = {
        "X-Forwarded-For": "10.9.9.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Port": "1",
        "X-Real-Ip": "10.9.9.9",
        "Forwarded": "for=10.9.9.9",
    }
    seen = get(f"{front}/api/phone", headers=forged).json()["headers"]
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert "evil" not in json.dumps(seen)
    assert not {"x-real-ip", "forwarded", "x-forwarded-prefix", "x-forwarded-port"} & set(seen)


def test_a_body_under_one_megabyte_passes_whole(front):
    assert requests.post(f"{front}/api/commands", data=b"a" * 900_000, timeout=10).json()["size"] == 900_000


def test_a_body_over_one_megabyte_is_refused_before_the_backend_sees_it(front, upstream):
    seen = len(upstream.requests)
    answer = requests.post(f"{front}/api/commands", data=b"a" * 1_100_000, timeout=10)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "413.1"
    assert len(upstream.requests) == seen


def test_a_body_that_hides_its_length_is_cut_off_at_one_megabyte(front, upstream):
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"a" * 100_000

    try:
        answer = requests.post(f"{front}/api/commands", data=endless(), timeout=10)
        assert answer.status_code == 413
    except requests.ConnectionError:
        pass  # refused while still sending: as good
    assert all(len(body) <= 1_000_000 for _, _, _, body in upstream.requests)


def test_a_websocket_passes_both_ways(front):
    address = front.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    socket = websocket.create_connection(address, timeout=10)
    socket.send("roll call")
    assert socket.recv() == "roll call"
    socket.close()


def test_no_tracker_token_no_position_and_no_search_word_reaches_the_log(front, data):
    get(f"{front}/track/osmand/{TOKEN}?lat=25.8273&lon=100.5731")
    get(f"{front}/track/owntracks/{TOKEN}")
    get(f"{front}/api/leads?debtor=Yang+Xuesong")
    get(f"{front}/track/osmand/the-last-one")
    log = (data / "front.log").read_text()
    assert "/track/osmand/*" in log
    assert "/track/owntracks/*" in log
    assert "/api/leads*" in log
    for secret in (TOKEN, "25.8273", "Yang"):
        assert secret not in log


def test_while_the_backend_is_away_the_answer_is_a_problem_and_no_secret_reaches_the_log(tmp_path):
    with running_front(("127.0.0.1", free_port()), tmp_path, tmp_path) as address:
        answer = get(f"{address}/track/osmand/{TOKEN}?lat=25.8273")
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"] == "2"
        problem = answer.json()
        assert problem["code"] == "503.2"
        assert problem["zh"]
        assert problem["en"]
    log = (tmp_path / "front.log").read_text()
    assert "/track/osmand/*" in log
    assert TOKEN not in log
    assert "25.8273" not in log


def test_nobody_can_reconfigure_the_front():
    command = ["caddy", "adapt", "--config", "Caddyfile", "--adapter", "caddyfile"]
    adapted = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert json.loads(adapted.stdout)["admin"] == {"disabled": True}
