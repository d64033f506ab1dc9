"""The senders of fixes: phones, trackers or the yardstick's, each with a connection of its own."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.wire import HttpConnection, get, post


class Fixes:
    """Positions of one device after another: each request new, a moment later and a few metres on."""

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}
        self._count = 0

    def next(self, device_id: str) -> dict[str, Any]:
        """Return the next position of a device."""
        now = datetime.now(UTC)
        at = max(now, self._last.get(device_id, now) + timedelta(milliseconds=1))
        self._last[device_id] = at
        self._count += 1
        return {
            "fixed_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "longitude": round(100.55 + self._count % 5000 * 0.00001, 6),
            "latitude": 25.83,
            "accuracy_m": 8.0,
            "speed_m_s": 9.5,
            "heading": 45.0,
            "battery_percent": 80.0,
        }


class Senders:
    """The phones (or trackers) of a plan, each with its own connection."""

    def __init__(self, plan: dict[str, Any]) -> None:
        host, _, port = plan["address"].rpartition(":")
        self.kind = plan["sender"]
        self.phones = plan["phones"]
        self.connections = [HttpConnection(host, int(port)) for _ in self.phones]
        self.fixes = Fixes()
        self.failures: dict[str, int] = {}

    def device_of(self, number: int) -> str:
        """Return the id under which the map shows this sender."""
        phone = self.phones[number]
        return str(phone["tracker_id"] if self.kind == "osmand" else phone["device_id"])

    def prepare(self, number: int) -> tuple[str, bytes]:
        """Return the time of the next fix of one phone, and the request that brings it."""
        phone = self.phones[number]
        fix = self.fixes.next(self.device_of(number))
        if self.kind == "osmand":
            names = {
                "lat": fix["latitude"],
                "lon": fix["longitude"],
                "timestamp": fix["fixed_at"],
                "accuracy": 8,
            }
            query = "&".join(f"{name}={value}" for name, value in names.items())
            return fix["fixed_at"], get(f"/track/osmand/{phone['tracker_token']}?id={number}&{query}")
        body = {"device_id": phone["device_id"], "fixes": [fix]}
        return fix["fixed_at"], post(
            "/bare" if self.kind == "bare" else "/api/fixes", body, **phone["session"]
        )

    async def send(self, number: int, request: bytes) -> bool:
        """Send a request of one phone; tell whether the server said that the fix is kept."""
        status, answer = await self.connections[number].send(request)
        if status == 200 and (self.kind == "osmand" or json.loads(answer)["stored"] == 1):
            return True
        reason = f"{status} {answer[:120].decode(errors='replace')}"
        self.failures[reason] = self.failures.get(reason, 0) + 1
        return False

    def close(self) -> None:
        """Close every connection."""
        for connection in self.connections:
            connection.close()


async def warm_up(senders: Senders) -> None:
    """Let each send once before it counts: a session is worked out at its first request, and phones send for hours."""
    numbers = range(len(senders.phones))
    await asyncio.gather(*(senders.send(number, senders.prepare(number)[1]) for number in numbers))
