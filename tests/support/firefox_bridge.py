"""Starts Debian's Firefox ESR for Playwright and answers the one command it does not know.

Playwright 1.65 drives stock Firefox over WebDriver BiDi, and each of its contexts begins with
`emulation.setMediaFeaturesOverride`, which Firefox ESR 153 refuses as unknown, so no page could be opened. This program is
what Playwright starts instead of Firefox: it starts Firefox with the arguments given to it, announces its own address
instead of Firefox's, passes every message through, and says yes to that command itself. Media features stay as they are.

    python -m tests.support.firefox_bridge /usr/bin/firefox-esr --headless --remote-debugging-port=0 …
"""

import asyncio
import json
import re
import sys

from aiohttp import ClientSession, WSMsgType, web

UNKNOWN_TO_FIREFOX = "emulation.setMediaFeaturesOverride"
ANNOUNCEMENT = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


async def bridge(command: list[str]) -> int:
    """Run Firefox until its end and return its exit code."""
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    runner = None
    while line := (await firefox.stderr.readline()).decode(errors="replace"):
        if found := ANNOUNCEMENT.match(line):
            runner, address = await listen(found[1] + "/session")
            line = line.replace(found[1], address)
        sys.stderr.write(line)
        sys.stderr.flush()
    code = await firefox.wait()
    if runner:
        await runner.cleanup()
    return code


async def listen(upstream: str) -> tuple[web.AppRunner, str]:
    """Serve one BiDi session before `upstream`; return what runs and its address."""

    async def session(request: web.Request) -> web.WebSocketResponse:
        playwright = web.WebSocketResponse(max_msg_size=0)
        await playwright.prepare(request)
        async with ClientSession() as client, client.ws_connect(upstream, max_msg_size=0) as firefox:
            back = asyncio.create_task(pass_back(firefox, playwright))
            async for frame in playwright:
                if frame.type is not WSMsgType.TEXT:
                    continue
                command = json.loads(frame.data)
                if command["method"] == UNKNOWN_TO_FIREFOX:
                    await playwright.send_json({"type": "success", "id": command["id"], "result": {}})
                else:
                    await firefox.send_str(frame.data)
            back.cancel()
        return playwright

    app = web.Application()
    app.router.add_get("/session", session)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"ws://127.0.0.1:{runner.addresses[0][1]}"


async def pass_back(firefox: object, playwright: web.WebSocketResponse) -> None:
    """Hand what Firefox says to Playwright until Firefox ends."""
    async for frame in firefox:  # type: ignore[attr-defined]
        await playwright.send_str(frame.data)
    await playwright.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(bridge(sys.argv[1:])))
