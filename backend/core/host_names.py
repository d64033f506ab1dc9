"""Whether a host's name can exist on the internet, or only here: Apple refuses pushes signed for one that cannot."""

import re
from urllib.parse import urlsplit

LOCAL_ENDS = frozenset(
    {"localhost", "local", "localdomain", "lan", "home", "corp", "internal", "intranet", "private", "arpa"}
    | {"test", "invalid", "onion"}
)
"""Last parts of names that no public name server answers for (RFC 6761, 6762, 8375, ICANN's `internal`)."""
PART = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def is_public_name(host: str) -> bool:
    """Tell whether the host is a name with a dot and an end that exists: no address, no name of an inner network."""
    parts = host.lower().rstrip(".").split(".")
    if len(parts) < 2 or not all(PART.fullmatch(part) for part in parts):
        return False
    return parts[-1] not in LOCAL_ENDS and not parts[-1].isdecimal()


def is_public_contact(contact: str) -> bool:
    """Tell whether `mailto:somebody@host` or `https://host…` names a host that can exist on the internet."""
    if contact.startswith("mailto:"):
        name, at, host = contact.removeprefix("mailto:").rpartition("@")
        return bool(name and at) and name.isascii() and " " not in name and is_public_name(host)
    try:
        parts = urlsplit(contact)
    except ValueError:
        return False
    return parts.scheme == "https" and is_public_name(parts.hostname or "")
