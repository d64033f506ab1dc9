"""A push service of our own where browsers' vendors have theirs: real browsers and real senders talk to it.

It stands on the loopback, speaks Mozilla's autopush protocol with the browser and RFC 8030 with the sender, checks each
request as strictly as the strictest vendor, keeps what it saw, and misbehaves when told to:

    with PushService() as service:                  # service.websocket_url goes into Firefox's preferences
        service.answer_with(429, retry_after=30)    # also 403, 500; service.answer_properly() ends it
        service.hang()                              # accepts and never answers
        service.hold(); service.release()           # browsers are out of reach; then they are back
        service.forget(endpoint)                    # 410 from now on, and the browser does not know
        service.forget_browsers()                   # the browser learns that its subscriptions are gone
        service.wait_for(lambda: service.requests, "a push")
"""

import asyncio
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.support.own_certificate import make_certificate
from tests.support.push_browsers import Browsers
from tests.support.push_mailboxes import Message
from tests.support.push_requests import PushRefusedError, PushRequest, check_form, verify_sender

WAIT_SECONDS = 30.0
LOOPBACK = "127.0.0.1"


class PushService:
    """One push service on free ports; `requests` is what senders asked, `verdicts` what browsers said of messages.

    A verdict is (version, code): 100 given to the service worker, 101 not decrypted, 102 nobody to give it to, 301 to 303
    the service worker failed. `origin` is the audience of VAPID tokens. With a `folder` the sender's side is https and
    `authority` the certificate to trust (REQUESTS_CA_BUNDLE).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._browsers_port = socket.create_server((LOOPBACK, 0))
        self._senders_port = socket.create_server((LOOPBACK, 0))
        self.websocket_url = f"ws://{LOOPBACK}:{self._browsers_port.getsockname()[1]}/"
        self.authority = make_certificate(folder) if folder else None
        scheme = "https" if self.authority else "http"
        self.origin = f"{scheme}://localhost:{self._senders_port.getsockname()[1]}"
        self.requests: list[PushRequest] = []
        self._answer: tuple[int, dict[str, str]] | None = None
        self._hangs = False
        self._changed = threading.Condition()
        self._browsers = Browsers(self._changed, self.origin)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="push service", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def verdicts(self) -> list[tuple[str, int]]:
        """What browsers said of messages, oldest first."""
        return self._browsers.verdicts

    def is_subscribed(self, endpoint: str) -> bool:
        """Say whether senders can still send to this endpoint."""
        return _name(endpoint) in self._browsers.mailboxes.subscriptions

    def in_reach(self, browser: str) -> bool:
        """Say whether the browser with this name (uaid) is connected and not held."""
        return self._browsers.in_reach(browser)

    def wait_for(self, condition: Callable[[], Any], what: str) -> None:
        """Wait until `condition`, which is asked at each change, or fail with what was waited for."""
        with self._changed:
            assert self._changed.wait_for(condition, WAIT_SECONDS), f"it never came to this: {what}"

    def answer_with(self, status: int, retry_after: int | None = None) -> None:
        """Answer every sender with this status from now on; `retry_after` is in seconds."""
        self._answer = status, {} if retry_after is None else {"Retry-After": str(retry_after)}

    def hang(self) -> None:
        """Accept what senders send from now on and never answer."""
        self._hangs = True

    def answer_properly(self) -> None:
        """Answer later senders as a healthy push service does."""
        self._answer, self._hangs = None, False

    def hold(self) -> None:
        """Let browsers be out of reach: accepted messages wait."""
        self._browsers.held = True

    def release(self) -> None:
        """Let browsers be in reach again: they get what waits."""
        self._browsers.held = False
        self._run(self._browsers.hand_out())

    def forget(self, endpoint: str) -> None:
        """Drop a subscription: senders are told 410, the browser is told nothing."""
        with self._changed:
            del self._browsers.mailboxes.subscriptions[_name(endpoint)]

    def forget_browsers(self) -> None:
        """Lose all registrations: browsers that come back get a new name and learn that their subscriptions are gone."""
        with self._changed:
            self._browsers.mailboxes.forget_browsers()
        self._run(self._browsers.disconnect())

    def _run(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(WAIT_SECONDS)

    async def _start(self) -> None:
        tls = None
        if self.authority:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(self.authority)
        self._end = asyncio.Event()
        app = web.Application()
        app.router.add_get("/", self._browsers.meet)
        app.router.add_post("/wpush/{name}", self._take_request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.SockSite(self._runner, self._browsers_port).start()
        await web.SockSite(self._runner, self._senders_port, ssl_context=tls).start()

    async def _stop(self) -> None:
        self._end.set()
        await self._browsers.disconnect()
        await self._runner.cleanup()

    async def _take_request(self, asked: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        request = PushRequest(self.origin + asked.path, headers, await asked.read())
        if self._hangs:
            self._note(request)
            await self._end.wait()
            raise web.HTTPServiceUnavailable
        request.status, more = self._answer or await self._judge(request)
        self._note(request)
        return web.Response(status=request.status, headers=more, text=request.trouble)

    async def _judge(self, request: PushRequest) -> tuple[int, dict[str, str]]:
        now = time.time()
        try:
            check_form(request.headers, request.body)
            claims, key = verify_sender(request.headers.get("authorization"), self.origin, now)
            subscription = self._browsers.mailboxes.subscriptions.get(_name(request.endpoint))
            if subscription is None:
                raise PushRefusedError(410, "no such subscription")
            if subscription.key not in (None, key):
                raise PushRefusedError(403, "the subscription belongs to a sender with another key")
        except PushRefusedError as refusal:
            request.trouble = str(refusal)
            return refusal.status, {}
        request.claims, request.key = claims, key
        message = Message(uuid.uuid4().hex, request, now + request.ttl)
        self._browsers.mailboxes.keep(subscription, message)
        if self._browsers.in_reach(subscription.browser):
            await self._browsers.hand_over(subscription, message)
        return 201, {"Location": f"{self.origin}/m/{message.version}", "TTL": str(request.ttl)}

    def _note(self, request: PushRequest) -> None:
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()


def _name(endpoint: str) -> str:
    return endpoint.rpartition("/")[2]
