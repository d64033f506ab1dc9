"""What `lingda doctor` says of the ways a message leaves the house: web push, and the court's gateways."""

from backend.channels.addresses import Allowed
from backend.channels.gateway_settings import load_gateways
from backend.channels.vapid import open_vapid
from backend.core.settings import SettingError, Settings


def channel_lines(settings: Settings) -> list[str]:
    """Return a line for each; what is wrong with a setting is its sentence. Nothing is sent."""
    return [_push_line(settings), _gateways_line(settings)]


def _push_line(settings: Settings) -> str:
    try:
        Allowed.read(settings.push_allowed_hosts)
        keys = open_vapid(settings)
    except SettingError as error:
        return f"MISS push      {error}"
    if keys.subject is None:
        return (
            f"WARN push      none can be sent: {settings.public_url} is known only here; set LINGDA_VAPID_SUBJECT to"
            " mailto: and an address a push service can write to"
        )
    also = f"; also to {', '.join(settings.push_allowed_hosts)}" if settings.push_allowed_hosts else ""
    return f"ok   push      signed for {keys.subject} with the key {keys.public_key[:12]}…{also}"


def _gateways_line(settings: Settings) -> str:
    try:
        gateways = load_gateways(settings.gateways)
    except SettingError as error:
        return f"MISS gateways  {error}"
    if not gateways:
        return "WARN gateways  LINGDA_GATEWAYS names none: no SMS, no call, no WeCom message can be sent"
    return f"ok   gateways  {', '.join(f'{kind} by {one.host}' for kind, one in gateways.items())}"
