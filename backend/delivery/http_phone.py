"""Endpoints of phones: the push subscription, receipts of what arrived, the self-check."""

from collections import defaultdict
from typing import Any

from apiflask import APIBlueprint
from flask import request

from backend.channels.addresses import Allowed
from backend.channels.endpoints import check_endpoint
from backend.channels.subscription import check_keys
from backend.channels.vapid import open_vapid
from backend.core.problems import Problem
from backend.core.schemas import Empty
from backend.core.web import actor, public, services, signed_in
from backend.delivery.readiness import keep_check, send_test_push
from backend.delivery.receipt_book import ReceiptBook
from backend.delivery.receipts import Said, receipt_token, receive_by_token
from backend.delivery.rules import Stage
from backend.delivery.schemas import (
    NewSubscription,
    PageReceipts,
    PushKey,
    PushReceipt,
    SelfCheckReport,
    SubscriptionShape,
    TestPush,
)
from backend.delivery.subscriptions import forget_subscription, keep_subscription
from backend.delivery.tables import PushSubscription

blueprint = APIBlueprint("delivery_phone", __name__, url_prefix="/api", tag="Delivery")


def own_device() -> str:
    """Return the phone whose session is asking; 403.1 for a desk."""
    device_id = actor().device_id
    if device_id is None:
        raise Problem("403.1", "只有已绑定的手机可以", "Only a phone that is bound can do this")
    return device_id


@blueprint.get("/push/key")
@blueprint.output(PushKey)
@signed_in
def show_push_key() -> dict[str, str]:
    """Return the public key pages subscribe with."""
    return {"public_key": open_vapid(services().settings).public_key}


@blueprint.get("/push/subscription")
@blueprint.output(SubscriptionShape)
@signed_in
def show_subscription() -> dict[str, Any]:
    """Say what the server knows of this phone's subscription."""
    device_id = own_device()
    with services().database.reading() as work:
        row = work.session.get(PushSubscription, device_id)
        if row is None:
            return {"state": "none", "endpoint_sha256": None}
        return {"state": row.state, "endpoint_sha256": row.endpoint_sha256}


@blueprint.put("/push/subscription")
@blueprint.input(NewSubscription)
@blueprint.output(Empty)
@signed_in
def put_subscription(json_data: NewSubscription) -> dict[str, Any]:
    """Keep where this phone's browser receives pushes."""
    device_id = own_device()
    check_endpoint(json_data.endpoint, Allowed.read(services().settings.push_allowed_hosts))
    check_keys(json_data.p256dh, json_data.auth)
    with services().database.writing() as work:
        keep_subscription(work, device_id, json_data)
    return {}


@blueprint.delete("/push/subscription")
@blueprint.output(Empty)
@signed_in
def delete_subscription() -> dict[str, Any]:
    """Send nothing more to this phone."""
    device_id = own_device()
    with services().database.writing() as work:
        forget_subscription(work, device_id)
    return {}


@blueprint.post("/push/receipts")
@blueprint.input(PushReceipt)
@blueprint.output(Empty)
@public("the token stood in a push that only this phone could read")
def take_push_receipt(json_data: PushReceipt) -> dict[str, Any]:
    """Take a service worker's receipt of a push."""
    services().extras["rate_limits"].hit("120/minute", "push-receipt", request.remote_addr or "")
    with services().database.writing() as work:
        receive_by_token(
            work, services().settings.secret_key, json_data.token, Stage(json_data.stage), json_data.at
        )
    return {}


@blueprint.post("/deliveries/receipts")
@blueprint.input(PageReceipts)
@blueprint.output(Empty)
@signed_in
def take_page_receipts(json_data: PageReceipts) -> dict[str, Any]:
    """Take what a phone's page says of things it has, showed or opened."""
    device_id = own_device()
    said: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for item in json_data.items:
        said[item.subject_kind, item.subject_id].append(
            Said(actor().user_id, device_id, Stage(item.stage), item.channel, item.at)
        )
    book: ReceiptBook = services().extras["receipts"]
    for subject, of_subject in said.items():
        book.take(subject, of_subject)
    return {}


@blueprint.post("/phone/self-check")
@blueprint.input(SelfCheckReport)
@blueprint.output(Empty)
@signed_in
def take_self_check(json_data: SelfCheckReport) -> dict[str, Any]:
    """Keep what this phone found of itself."""
    device_id = own_device()
    with services().database.writing() as work:
        keep_check(work, device_id, json_data)
    return {}


@blueprint.post("/phone/test-push")
@blueprint.input(Empty)
@blueprint.output(TestPush)
@signed_in
def test_push(json_data: Empty) -> dict[str, Any]:
    """Push to this phone at once."""
    device_id = own_device()
    services().extras["rate_limits"].hit("10/minute", "test-push", device_id)
    with services().database.writing() as work:
        attempt_id = send_test_push(work, actor(), device_id)
    if attempt_id is None:
        return {"token": None, "channel": "none"}
    return {"token": receipt_token(services().settings.secret_key, attempt_id), "channel": "push"}
