"""Which address of this machine phones on the local network can reach; Linux only, sends nothing."""

import fcntl
import ipaddress
import socket
import struct

ASK_ADDRESS = 0x8915  # SIOCGIFADDR
VIRTUAL = ("docker", "br-", "veth", "virbr", "tun", "tap")


def local_addresses() -> list[str]:
    """Return this machine's IPv4 addresses, the one of the default route first, virtual networks left out."""
    found = [
        address
        for _, name in socket.if_nameindex()
        if not name.startswith(VIRTUAL) and (address := _address_of(name)) and not _is_loopback(address)
    ]
    default = _address_of_default_route()
    return sorted(found, key=lambda address: address != default)


def _address_of(interface: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe.fileno(), ASK_ADDRESS, struct.pack("256s", interface.encode()[:15]))
        except OSError:
            return None  # an interface without an IPv4 address
    return socket.inet_ntoa(answer[20:24])


def _address_of_default_route() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only looks up the route: no packet leaves the machine.
            probe.connect(("203.0.113.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback
