"""What passes through a real server: bodies in chunks, long polls that wake at once, many that wait and starve nobody."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests
from sqlalchemy import select

from backend.core.tables import CommandReceipt
from backend.tracking.tables import StoredFix
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld

MANY = 120


def in_chunks(text: str, size: int = 7) -> Iterator[bytes]:
    data = text.encode()
    return (data[start : start + size] for start in range(0, len(data), size))


def test_commands_sent_in_chunks_arrive_whole(world: RealWorld) -> None:
    officer = world.phone("binchuan.officer1")
    order = world.order_out(world.sign_in("binchuan.commander"))
    commands = [
        officer.command("directive.accept", order["id"]),
        officer.command("directive.note", order["id"], {"text": "路" * 3000}),
    ]
    answer = requests.post(
        f"{world.base}/api/commands",
        data=in_chunks(json.dumps({"commands": commands}), 1000),
        headers={
            "Content-Type": "application/json",
            "X-CSRF-Token": officer.csrf,
            "Cookie": f"lingda_session={officer.http.token}",
        },
        timeout=30,
    )
    assert [one["result"] for one in answer.json()["results"]] == ["applied", "applied"]
    with world.database.reading() as work:
        receipts = work.session.scalars(
            select(CommandReceipt.payload)
            .where(CommandReceipt.device_id == officer.device_id)
            .order_by(CommandReceipt.sequence)
        )
        assert list(receipts) == [command["payload"] for command in commands]


def test_a_batch_over_64_kib_is_refused_also_in_chunks(world: RealWorld) -> None:
    officer = world.phone("binchuan.officer2")
    headers = {
        "Content-Type": "application/json",
        "X-CSRF-Token": officer.csrf,
        "Cookie": f"lingda_session={officer.http.token}",
    }
    body = json.dumps({"commands": [{"payload": "x" * 66_000, "signature": None}]})
    for data in (body, in_chunks(body, 4000)):
        answer = requests.post(f"{world.base}/api/commands", data=data, headers=headers, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (413, "413.1")


def test_a_tracker_that_sends_its_position_in_chunks_is_heard(world: RealWorld) -> None:
    duty = world.sign_in("binchuan.duty")
    officer = world.user("binchuan.officer4")
    tracker = duty.post("/api/trackers", {"user_id": officer.id, "label": "手台"}).get_json()
    now = int(time.time())
    report = {"_type": "location", "lat": 25.829, "lon": 100.575, "tst": now, "acc": 8}
    path = f"{world.base}/track/owntracks/{tracker['token']}"
    answer = requests.post(
        path, data=in_chunks(json.dumps(report)), headers={"Content-Type": "application/json"}, timeout=30
    )
    assert answer.status_code == 200
    path = f"{world.base}/track/osmand/{tracker['token']}"
    form = f"lat=25.830&lon=100.576&timestamp={now - 5}&accuracy=9"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert requests.post(path, data=in_chunks(form), headers=headers, timeout=30).status_code == 200
    with world.database.reading() as work:
        kept = work.session.scalars(select(StoredFix.accuracy_m).where(StoredFix.device_id == tracker["id"]))
        assert sorted(kept) == [8, 9]


def test_a_long_poll_wakes_at_once(world: RealWorld) -> None:
    commander, duty = world.sign_in("binchuan.commander"), world.sign_in("binchuan.duty")
    cursor = duty.get("/api/board").get_json()["cursor"]
    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(lambda: (duty.get("/api/events", since=cursor, wait=25), time.monotonic()))
        order = world.order_out(commander)
        committed = time.monotonic()
        answer, woken = poll.result()
    events = answer.get_json()["events"]
    assert {event["subject_id"] for event in events} >= {order["id"]}
    assert woken - committed < 2


def test_a_long_poll_is_not_woken_by_what_its_reader_may_not_see(world: RealWorld) -> None:
    xiangyun, officer = world.sign_in("xiangyun.commander"), world.phone("binchuan.officer6")
    cursor = officer.get("/api/phone").get_json()["cursor"]
    order = world.order_out(xiangyun, "xiangyun")
    feed = officer.get("/api/events", since=cursor, wait=1).get_json()
    assert feed["events"] == []
    assert feed["cursor"] > cursor
    assert order["id"] not in json.dumps(feed)


def test_a_long_poll_of_a_session_that_ends_meanwhile_is_told_401_and_nothing_else(world: RealWorld) -> None:
    commander = world.sign_in("binchuan.commander")
    duty = world.sign_in("binchuan.duty")
    cursor = duty.get("/api/board").get_json()["cursor"]
    waiting = world.connection(duty.http.token)
    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(lambda: waiting.get("/api/events", {"since": cursor, "wait": 25}))
        assert duty.post("/api/sign-out").status_code < 300
        world.order_out(commander)
        assert poll.result().status_code == 401


def test_a_cursor_from_another_time_is_told_at_once_and_not_after_the_wait(world: RealWorld) -> None:
    duty = world.sign_in("binchuan.duty")
    began = time.monotonic()
    assert duty.get("/api/events", since=10**9, wait=25).get_json()["code"] == "410.1"
    assert duty.get("/api/events", since=0, wait=25, epoch="another").get_json()["code"] == "410.1"
    assert time.monotonic() - began < 10


def test_many_long_polls_and_sockets_starve_nobody(world: RealWorld) -> None:
    commander, duty = world.sign_in("binchuan.commander"), world.sign_in("binchuan.duty")
    cursor = duty.get("/api/board").get_json()["cursor"]
    sockets = [LiveSocket(world.base, duty.http.token) for _ in range(MANY)]
    polls = [world.connection(duty.http.token) for _ in range(MANY)]
    answers: list[list[str]] = []

    def wait_for_news(one: object) -> None:
        feed = one.get("/api/events", {"since": cursor, "wait": 25}).get_json()  # type: ignore[attr-defined]
        answers.append([event["subject_id"] for event in feed["events"]])

    waiting = [threading.Thread(target=wait_for_news, args=(one,)) for one in polls]
    for thread in waiting:
        thread.start()
    began = time.monotonic()
    assert duty.get("/api/me").status_code == 200
    assert sockets[0].heartbeat() < 5
    assert time.monotonic() - began < 10
    order = world.order_out(commander)
    for thread in waiting:
        thread.join(30)
    assert len(answers) == MANY
    assert all(order["id"] in subjects for subjects in answers)
    for socket in sockets:
        socket.wait_for_event("directive.changed", order["id"])
        socket.close()
