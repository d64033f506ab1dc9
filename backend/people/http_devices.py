"""Endpoints of phones, people and courts: enrolment, sign-in by the phone's key, revocation, lists, delegation."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from backend.core.problems import not_found
from backend.core.schemas import LongPageQuery
from backend.core.web import actor, public, requires, services, signed_in
from backend.courts.views import find_court, visible_courts
from backend.people import accounts, devices, sessions
from backend.people.http import answer_opened, qr_svg
from backend.people.permissions import Permission
from backend.people.schemas import (
    CourtList,
    Delegation,
    DelegationShape,
    DeviceChallengeAnswer,
    DeviceChallengeRequest,
    DeviceEnrolled,
    DeviceEnrolment,
    DeviceList,
    DeviceShape,
    DeviceSignIn,
    EnrolmentOffer,
    EnrolmentRequest,
    PersonList,
    Revocation,
    SignInAnswer,
)
from backend.people.tables import Device, User
from backend.people.views import devices_of_courts, people_of_court

blueprint = APIBlueprint("people", __name__, url_prefix="/api", tag="People and phones")


@blueprint.post("/devices/enrolments")
@blueprint.input(EnrolmentRequest)
@blueprint.output(EnrolmentOffer, status_code=201)
@requires(Permission.DEVICE_ENROL)
def offer_enrolment(json_data: EnrolmentRequest) -> dict[str, Any]:
    """Make a one-time code that binds a phone to a person of this court."""
    with services().database.writing() as work:
        offer = devices.offer_enrolment(work, actor(), json_data.user_id)
    url = f"{services().settings.public_url}/#/enrol/{offer.code}"
    return {"code": offer.code, "url": url, "qr_svg": qr_svg(url), "expires_at": offer.expires_at}


@blueprint.post("/devices/enrol")
@blueprint.input(DeviceEnrolment)
@blueprint.output(DeviceEnrolled, status_code=201)
@public("the one-time code from the duty desk is the proof")
def enrol_device(json_data: DeviceEnrolment) -> Response:
    """Bind this phone, by its key, to the person of the code."""
    services().extras["rate_limits"].hit("20/minute", "enrol", request.remote_addr or "")
    with services().database.writing() as work:
        device, user = devices.enrol_device(work, json_data.code, json_data.public_key, json_data.label)
        opened = sessions.open_session(work, user, device)
    response = answer_opened(opened)
    body = {"device_id": device.id, "user": {"id": user.id, "name": user.name, "account": user.account}}
    shape = response.get_json()
    response.set_data(_dump({**body, "csrf_token": shape["csrf_token"]}))
    response.status_code = 201
    return response


def _dump(shape: dict[str, Any]) -> str:
    from flask import json  # noqa: PLC0415 - the application's own JSON provider

    return json.dumps(shape)


@blueprint.post("/sign-in/device/challenge")
@blueprint.input(DeviceChallengeRequest)
@blueprint.output(DeviceChallengeAnswer)
@public("a phone whose session ended asks what to sign")
def device_challenge(json_data: DeviceChallengeRequest) -> dict[str, str]:
    """Ask for a challenge to sign with the phone's key."""
    services().extras["rate_limits"].hit("30/minute", "challenge", json_data.device_id)
    with services().database.writing() as work:
        return {"challenge": devices.offer_challenge(work, json_data.device_id)}


@blueprint.post("/sign-in/device")
@blueprint.input(DeviceSignIn)
@blueprint.output(SignInAnswer)
@public("the signature of the challenge is the proof")
def sign_in_device(json_data: DeviceSignIn) -> Response:
    """Sign in with the phone's key."""
    services().extras["rate_limits"].hit("30/minute", "device-sign-in", json_data.device_id)
    with services().database.writing() as work:
        device, user = devices.answer_challenge(
            work, json_data.device_id, json_data.challenge, json_data.signature
        )
        opened = sessions.open_session(work, user, device)
    return answer_opened(opened)


def describe_device(device: Device, user: User) -> dict[str, Any]:
    """Return the shape `DeviceShape`."""
    return {
        "id": device.id,
        "user": {"id": user.id, "name": user.name},
        "court_id": device.court_id,
        "label": device.label,
        "enrolled_at": device.enrolled_at,
        "revoked_at": device.revoked_at,
        "revoked_reason": device.revoked_reason,
    }


@blueprint.get("/devices")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(DeviceList)
@requires(Permission.DEVICE_REVOKE)
def list_devices(query_data: LongPageQuery) -> dict[str, Any]:
    """List the phones of my court."""
    limit = query_data.limit
    with services().database.reading() as work:
        courts = actor().courts(Permission.DEVICE_REVOKE)
        rows = devices_of_courts(work.session, courts, limit=limit + 1, after=query_data.after)
        items = [describe_device(device, user) for device, user in rows[:limit]]
        return {"items": items, "next": items[-1]["id"] if len(rows) > limit else None}


@blueprint.post("/devices/<device_id>/revoke")
@blueprint.input(Revocation)
@blueprint.output(DeviceShape)
@requires(Permission.DEVICE_REVOKE)
def revoke_device(device_id: str, json_data: Revocation) -> dict[str, Any]:
    """Revoke a lost phone."""
    with services().database.writing() as work:
        device = devices.revoke_device(work, actor(), device_id, json_data.reason)
        return describe_device(device, work.session.get_one(User, device.user_id))


@blueprint.get("/courts")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(CourtList)
@signed_in
def list_courts(query_data: LongPageQuery) -> dict[str, Any]:
    """List my court, those above it and those below it."""
    limit = query_data.limit
    with services().database.reading() as work:
        rows = visible_courts(work.session, actor(), work.now, limit=limit + 1, after=query_data.after)
        return {"items": rows[:limit], "next": rows[limit - 1].code if len(rows) > limit else None}


@blueprint.get("/courts/<court_id>/people")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(PersonList)
@requires(Permission.PEOPLE_READ)
def list_people(court_id: str, query_data: LongPageQuery) -> dict[str, Any]:
    """List the people of a court with the roles they hold now."""
    limit = query_data.limit
    with services().database.reading() as work:
        if find_court(work.session, court_id) is None:
            raise not_found("没有此法院", "No such court")
        actor().demand(Permission.PEOPLE_READ, court_id)
        people = people_of_court(work.session, court_id, work.now, limit=limit + 1, after=query_data.after)
        return {
            "items": [
                {
                    "id": user.id,
                    "account": user.account,
                    "name": user.name,
                    "court_id": court_id,
                    "roles": roles,
                }
                for user, roles in people[:limit]
            ],
            "next": people[limit - 1][0].account if len(people) > limit else None,
        }


@blueprint.post("/delegations")
@blueprint.input(Delegation)
@blueprint.output(DelegationShape, status_code=201)
@requires(Permission.DELEGATE)
def delegate_command(json_data: Delegation) -> Any:
    """Make another person of my court acting commander for a time."""
    with services().database.writing() as work:
        return accounts.delegate_command(
            work,
            actor(),
            json_data.user_id,
            json_data.effective_from,
            json_data.effective_until,
            json_data.reason,
        )
