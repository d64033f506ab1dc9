"""The smallest site that takes web pushes: a page, a service worker that shows and reports what it got, and its server."""

import json
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.double_upstream import QuietServer

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>收推送</title>
<script type="module">
const registration = await navigator.serviceWorker.register("/worker.js")
await navigator.serviceWorker.ready
window.subscribe = async (key) => JSON.stringify(
  await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
window.unsubscribe = async () => (await registration.pushManager.getSubscription()).unsubscribe()
window.shown = async () => (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
document.body.append("就绪")
</script><body></body></html>"""

WORKER = """
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))
const report = (what) => fetch("/reports", { method: "POST", body: JSON.stringify(what) })
self.addEventListener("push", (event) => event.waitUntil((async () => {
  const text = event.data.text()
  const { title, body, tag } = JSON.parse(text)
  await self.registration.showNotification(title, { body, tag, lang: "zh-CN", requireInteraction: true })
  await report({ kind: "push", text })
})()))
self.addEventListener("notificationclick", (event) => event.waitUntil((async () => {
  event.notification.close()
  const opened = await self.clients.openWindow("/?order=" + event.notification.tag)
  await report({ kind: "notificationclick", opened: opened.url })
})()))
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(report({
  kind: "pushsubscriptionchange",
  old: event.oldSubscription?.endpoint ?? null,
  new: event.newSubscription?.endpoint ?? null,
})))
"""


class SmallSite:
    """Serves the page on http://localhost, a secure context; `reports` is what its service worker sent from its events."""

    def __init__(self) -> None:
        self.reports: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.origin = f"http://localhost:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait_for_reports(self, number: int) -> None:
        """Wait until the service worker has reported this often."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self.reports) >= number, 30)
            assert enough, f"{number} reports never came, only {self.reports}"

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                files = {"/": ("text/html", PAGE), "/worker.js": ("text/javascript", WORKER)}
                kind, text = files.get(urlsplit(self.path).path, ("text/plain", ""))
                self._answer(200 if text else 404, kind, text.encode())

            def do_POST(self) -> None:
                report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with site._changed:
                    site.reports.append(report)
                    site._changed.notify_all()
                self._answer(200, "application/json", b"{}")

            def _answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing: pytest's output is for results."""

        return Handler
