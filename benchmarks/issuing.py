"""One desk that issues orders, one after the other at a steady pace: how long each request takes."""

import asyncio
import time
from typing import Any

from benchmarks.wire import HttpConnection, post


async def issue(plan: dict[str, Any]) -> dict[str, Any]:
    """Issue an order so often a second for so many seconds; times count from when each was due."""
    host, _, port = plan["address"].rpartition(":")
    desk = HttpConnection(host, int(port))
    took: list[float] = []
    begin = time.monotonic()
    for count in range(int(plan["seconds"] * plan["rate"])):
        due = begin + count / plan["rate"]
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        request = post(
            "/api/directives", {**plan["order"], "title": f"测速 {plan['name']} {count}"}, **plan["commander"]
        )
        status, answer = await desk.send(request)
        if status != 201:
            raise RuntimeError(answer.decode())
        took.append(time.monotonic() - due)
    desk.close()
    return {"took": took}
