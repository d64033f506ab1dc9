"""The channels of this installation, opened once by a process that sends; whatever is wrong is said then."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.channels.addresses import Allowed
from backend.channels.gateway import Gateway, GatewayMessage
from backend.channels.gateway_settings import load_gateways
from backend.channels.guard import Guard
from backend.channels.message import Result, Verdict
from backend.channels.pool import SendingPool
from backend.channels.vapid import open_vapid
from backend.channels.web_push import WebPushChannel
from backend.core.clock import Clock
from backend.core.settings import Settings


@dataclass(frozen=True)
class Channels:
    """Web push, and the gateways by the name of their section: `sms`, `voice`, `wecom`, any other."""

    push: WebPushChannel
    gateways: Mapping[str, Gateway]

    def send(self, kind: str, message: GatewayMessage) -> Result:
        """Send by the gateway of a kind; UNSET when the court has none."""
        gateway = self.gateways.get(kind)
        return gateway.send(message) if gateway else Result(Verdict.UNSET, "not_configured")

    def open_pool(self) -> SendingPool:
        """Return a pool that keeps to what the settings of each gateway say; of two at one host the smaller number."""
        shares: dict[str, int] = {}
        for gateway in self.gateways.values():
            shares[gateway.host] = min(gateway.max_per_host, shares.get(gateway.host, gateway.max_per_host))
        return SendingPool(per_host=shares)


def open_channels(settings: Settings, clock: Clock, guard: Guard | None = None) -> Channels:
    """Open the channels; raise SettingError with one sentence when a setting of theirs is wrong."""
    guard = guard or Guard(Allowed.read(settings.push_allowed_hosts))
    gateways = load_gateways(settings.gateways)
    return Channels(
        push=WebPushChannel(open_vapid(settings), guard, clock),
        gateways={kind: Gateway(one, guard, clock) for kind, one in gateways.items()},
    )
