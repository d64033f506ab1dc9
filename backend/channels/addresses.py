"""Which addresses a message may go to: public ones, and those that LINGDA_PUSH_ALLOWED_HOSTS names (no request forgery)."""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from backend.core.settings import SettingError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


@dataclass(frozen=True)
class Allowed:
    """Hosts and networks that may be private and may be spoken to without TLS."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, words: Iterable[str]) -> "Allowed":
        """Read host names, addresses and CIDRs; raise SettingError for a word that is none of them."""
        hosts: set[str] = set()
        networks: list[Network] = []
        for word in words:
            try:
                networks.append(ip_network(word))
            except ValueError as error:
                if "/" in word or not HOST_NAME.fullmatch(tidy(word)):
                    raise SettingError(
                        f"LINGDA_PUSH_ALLOWED_HOSTS holds {word!r}; write host names, addresses or networks such as"
                        " 10.1.0.0/16 (no port), separated by commas."
                    ) from error
                hosts.add(tidy(word))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str) -> bool:
        """Tell whether the host, a name or a literal address, is allowed as it is written."""
        literal = literal_address(host)
        return tidy(host) in self.hosts or (literal is not None and self.holds(literal))

    def holds(self, address: Address) -> bool:
        """Tell whether one of the networks holds the address."""
        return any(address.version == network.version and address in network for network in self.networks)

    def may_reach(self, host: str, address: Address) -> bool:
        """Tell whether a connection for `host` may go to `address`, which its name was resolved to."""
        address = plain(address)
        return is_public(address) or tidy(host) in self.hosts or self.holds(address)


def tidy(host: str) -> str:
    """Return a host as it is compared: small letters, no final dot, no brackets."""
    return host.strip("[]").rstrip(".").lower()


def literal_address(host: str) -> Address | None:
    """Return the address a host is, in any spelling a resolver reads as one ("127.1", "0x7f000001"); None for a name."""
    host = tidy(host)
    try:
        return plain(ip_address(host))
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one only wraps (::ffff:127.0.0.1), else the address itself."""
    return getattr(address, "ipv4_mapped", None) or address


def is_public(address: Address) -> bool:
    """Tell whether the address is one host of the public internet; a tunnel's address is as public as its end."""
    address = plain(address)
    if isinstance(address, IPv6Address):
        if address.is_site_local or address.teredo:
            return False
        if address.sixtofour:
            return is_public(address.sixtofour)
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
