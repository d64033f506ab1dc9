"""Web push into Chromium without its vendor's push service: the developer tools hand a message to the service worker.

No encryption, no subscription, no network: what they prove is the service worker. Chromium's own push service cannot be
replaced as Firefox's can (see `firefox`), and `pushManager.subscribe` never settles without it. Any context made with
`permissions=["notifications"]` will do, persistent or not.
"""

from typing import Any

from playwright.sync_api import BrowserContext

from tests.support.browsers import until


def deliver_push(context: BrowserContext, origin: str, data: str) -> None:
    """Give `data` as the text of a push message to the service worker of `origin`; no page of it needs to be open.

    Returns when Chromium has taken the message, which is before the service worker is done with it.
    """
    page = context.new_page()
    tools = context.new_cdp_session(page)
    registrations: dict[str, str] = {}

    def note(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if not one["isDeleted"]:
                registrations[one["scopeURL"]] = one["registrationId"]

    tools.on("ServiceWorker.workerRegistrationUpdated", note)
    tools.send("ServiceWorker.enable")
    scope = origin.rstrip("/") + "/"
    until(page, lambda: scope in registrations, f"a service worker is registered for {scope}")
    message = {"origin": origin, "registrationId": registrations[scope], "data": data}
    tools.send("ServiceWorker.deliverPushMessage", message)
    page.close()
