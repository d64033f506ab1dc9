"""Stands between Playwright and Debian's Firefox ESR, which do not quite fit, and opens Firefox's own windows to tests.

Playwright 1.65 drives stock Firefox over WebDriver BiDi, and each of its contexts begins with
`emulation.setMediaFeaturesOverride`, which Firefox ESR 153 refuses as unknown, so no page could be opened. This program is
what Playwright starts instead of Firefox: it starts Firefox with the arguments given to it, announces its own address
instead of Firefox's, passes every message through, and says yes to that command itself (media features stay as they are).

Firefox takes one BiDi connection only, so whoever wants to look at Firefox's own windows, as notifications are, must do it
through this one: `POST /own-windows` with an expression that returns a string. The address is written into a file.

    python -m tests.support.firefox_bridge ADDRESS_FILE /usr/bin/firefox-esr --headless --remote-debugging-port=0 …
"""

import asyncio
import json
import re
import sys
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

UNKNOWN_TO_FIREFOX = "emulation.setMediaFeaturesOverride"
ANNOUNCEMENT = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
OWN_COMMANDS_FROM = 1_000_000_000
"""Playwright counts its commands from 1; an answer to a command from this number on is not for Playwright."""


class Bridge:
    """One Firefox and the one connection to it."""

    def __init__(self, address_file: Path) -> None:
        self._address_file = address_file
        self._numbers = count(OWN_COMMANDS_FROM)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def run(self, command: list[str]) -> int:
        """Run Firefox until its end and return its exit code."""
        firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        app = web.Application()
        app.router.add_get("/session", self._pass_messages)
        app.router.add_post("/own-windows", self._evaluate_in_own_windows)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        self._address_file.write_text(f"http://{host}:{port}", encoding="utf-8")
        while line := (await firefox.stderr.readline()).decode(errors="replace"):
            if found := ANNOUNCEMENT.match(line):
                self._firefox_address = f"{found[1]}/session"
                line = line.replace(found[1], f"ws://{host}:{port}")
            sys.stderr.write(line)
            sys.stderr.flush()
        code = await firefox.wait()
        await runner.cleanup()
        return code

    async def _pass_messages(self, request: web.Request) -> web.WebSocketResponse:
        playwright = web.WebSocketResponse(max_msg_size=0)
        await playwright.prepare(request)
        async with (
            ClientSession() as client,
            client.ws_connect(self._firefox_address, max_msg_size=0) as self._firefox,
        ):
            back = asyncio.create_task(self._pass_back(self._firefox, playwright))
            async for frame in playwright:
                if frame.type is not WSMsgType.TEXT:
                    continue
                command = json.loads(frame.data)
                if command["method"] == UNKNOWN_TO_FIREFOX:
                    await playwright.send_json({"type": "success", "id": command["id"], "result": {}})
                else:
                    await self._firefox.send_str(frame.data)
            back.cancel()
        return playwright

    async def _pass_back(self, firefox: ClientWebSocketResponse, playwright: web.WebSocketResponse) -> None:
        async for frame in firefox:
            message = json.loads(frame.data)
            if own := self._answers.pop(message.get("id"), None):
                own.set_result(message)
            else:
                await playwright.send_str(frame.data)
        await playwright.close()

    async def _evaluate_in_own_windows(self, request: web.Request) -> web.Response:
        tree = await self._command("browsingContext.getTree", {"moz:scope": "chrome", "maxDepth": 0})
        window = tree["contexts"][0]["context"]
        evaluated = await self._command(
            "script.evaluate",
            {"expression": await request.text(), "target": {"context": window}, "awaitPromise": True},
        )
        if evaluated["type"] == "exception":
            return web.Response(status=400, text=evaluated["exceptionDetails"]["text"])
        return web.Response(text=evaluated["result"]["value"])

    async def _command(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._firefox.send_json({"id": number, "method": method, "params": parameters})
        answer = await self._answers[number]
        if answer["type"] == "error":
            raise web.HTTPBadRequest(text=f"{method}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result


if __name__ == "__main__":
    sys.exit(asyncio.run(Bridge(Path(sys.argv[1])).run(sys.argv[2:])))
