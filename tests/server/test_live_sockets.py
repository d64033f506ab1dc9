"""Live events on real sockets of a real backend: who hears what, who is refused, who is put out."""

import json

import pytest
import requests
from websocket import WebSocketBadStatusException

from backend.people.devices import revoke_device
from backend.people.sessions import end_sessions
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld
from tests.support.world import Client


def listen(world: RealWorld, caller: Client) -> LiveSocket:
    return LiveSocket(world.base, caller.http.token)


def test_an_order_reaches_its_court_its_team_and_the_court_above_and_nobody_else(world: RealWorld) -> None:
    commander, duty = world.sign_in("binchuan.commander"), world.sign_in("binchuan.duty")
    above, elsewhere = world.sign_in("dali.duty"), world.sign_in("xiangyun.commander")
    officer, other_team = world.phone("binchuan.officer1"), world.phone("binchuan.officer5")
    with (
        listen(world, duty) as at_the_desk,
        listen(world, above) as above_it,
        listen(world, elsewhere) as in_xiangyun,
        listen(world, officer) as on_the_phone,
        listen(world, other_team) as on_another_phone,
    ):
        order = world.order_out(commander)
        for socket in (at_the_desk, above_it, on_the_phone):
            event = socket.wait_for_event("directive.changed", order["id"])
            assert event["data"]["number"] == order["number"]
        marker = world.order_out(elsewhere, "xiangyun")
        in_xiangyun.wait_for_event("directive.changed", marker["id"])
        third = world.order_out(commander, team="快反三组")
        on_another_phone.wait_for_event("directive.changed", third["id"])
        assert order["id"] not in {event["subject_id"] for event in in_xiangyun.events}
        assert order["id"] not in {event["subject_id"] for event in on_another_phone.events}
        cursors = [event["cursor"] for event in at_the_desk.events]
        assert cursors == sorted(set(cursors))


def test_whoever_has_not_signed_in_gets_401_and_no_socket(world: RealWorld) -> None:
    for token in (None, "a token nobody was given"):
        with pytest.raises(WebSocketBadStatusException) as refused:
            LiveSocket(world.base, token)
        assert refused.value.status_code == 401
        assert json.loads(refused.value.resp_body)["code"] == "401.1"


def test_polling_is_not_offered(world: RealWorld) -> None:
    cookie = {"Cookie": f"lingda_session={world.sign_in('binchuan.duty').http.token}"}
    answer = requests.get(f"{world.base}/socket.io/?EIO=4&transport=polling", headers=cookie, timeout=10)
    assert answer.status_code == 400


def test_a_heartbeat_is_answered_with_the_servers_time(world: RealWorld) -> None:
    with listen(world, world.phone("binchuan.officer2")) as socket:
        assert socket.heartbeat() < 5


def test_a_session_that_ends_closes_its_socket_and_no_other(world: RealWorld) -> None:
    leaving, staying = world.sign_in("binchuan.duty"), world.sign_in("binchuan.duty")
    commander, xiangyun = world.sign_in("binchuan.commander"), world.sign_in("xiangyun.duty")
    with (
        listen(world, leaving) as ended,
        listen(world, staying) as same_person,
        listen(world, commander) as same_court,
        listen(world, xiangyun) as other_court,
    ):
        assert leaving.post("/api/sign-out").status_code < 300
        ended.wait_for(lambda: ended.closed)
        for socket in (same_person, same_court, other_court):
            socket.heartbeat()
            assert not socket.closed


def test_signing_out_everywhere_closes_every_socket_of_that_person_only(world: RealWorld) -> None:
    first, second = world.sign_in("binchuan.leader"), world.sign_in("binchuan.leader")
    commander = world.sign_in("binchuan.commander")
    with (
        listen(world, first) as one,
        listen(world, second) as two,
        listen(world, commander) as another,
    ):
        user = world.user("binchuan.leader")
        with world.database.writing() as work:
            work.authorise_by_rule("the test ends the sessions")
            end_sessions(work, world.actor("binchuan.leader"), user)
        for socket in (one, two):
            socket.wait_for(lambda socket=socket: socket.closed)
        another.heartbeat()
        assert not another.closed


def test_a_lost_phone_that_is_revoked_is_put_out(world: RealWorld) -> None:
    lost, kept = world.phone("binchuan.officer3"), world.phone("binchuan.officer3")
    with listen(world, lost) as in_a_strangers_hand, listen(world, kept) as in_the_pocket:
        with world.database.writing() as work:
            revoke_device(work, world.actor("binchuan.duty"), lost.device_id, "遗失")
        in_a_strangers_hand.wait_for(lambda: in_a_strangers_hand.closed)
        in_the_pocket.heartbeat()
        assert not in_the_pocket.closed


def test_a_socket_cannot_stay_after_its_session_ran_out_of_time(world: RealWorld) -> None:
    from sqlalchemy import update

    from backend.people.tables import SignInSession

    tired, awake = world.sign_in("binchuan.liaison"), world.sign_in("binchuan.duty")
    with listen(world, tired) as expired, listen(world, awake) as valid:
        with world.database.writing() as work:
            mine = SignInSession.user_id == tired.user_id
            work.session.execute(update(SignInSession).where(mine).values(expires_at=work.now))
        expired.wait_for(lambda: expired.closed, 30)
        valid.heartbeat()
