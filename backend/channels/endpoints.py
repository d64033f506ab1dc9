"""A push endpoint comes from a phone and is a capability: whoever has it may write there. Checked here, logged as a digest."""

from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from backend.channels.addresses import Allowed, is_public, literal_address
from backend.core.problems import Problem

LONGEST_ENDPOINT = 1000


def check_endpoint(url: str, allowed: Allowed) -> None:
    """Raise Problem 422.1 unless the address is one a push may go to; asks no name server.

    It is https (http only to an allowed host), has a host, names no user and at most 1000 characters. An address
    written as digits is judged here; what a name stands for is judged when the connection is made.
    """
    if len(url) > LONGEST_ENDPOINT:
        raise refused("推送地址过长", "The push endpoint is too long")
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        raise refused("推送地址含有不允许的字符", "The push endpoint has characters that no address has")
    parts = split(url)
    host = parts.hostname
    if not host:
        raise refused("推送地址没有主机名", "The push endpoint names no host")
    if parts.username is not None or parts.password is not None:
        raise refused("推送地址不得含有用户名或密码", "The push endpoint must not name a user or a password")
    if parts.scheme != "https" and not (parts.scheme == "http" and allowed.names(host)):
        raise refused("推送地址必须使用 https", "The push endpoint must be https")
    literal = literal_address(host)
    public = is_public(literal) if literal else "." in host.rstrip(".") and not host.endswith(".localhost")
    if not public and not allowed.names(host):
        raise refused("推送地址指向不允许的主机", "The push endpoint leads to a host that is not allowed")


def split(url: str) -> SplitResult:
    """Split an address whose port is a number; raise Problem 422.1 for what is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise refused("推送地址不正确", "The push endpoint is no address") from error
    return parts


def refused(zh: str, en: str) -> Problem:
    """Return the problem of an endpoint, naming the field."""
    return Problem("422.1", zh, en, field="endpoint")


def host_of(url: str) -> str:
    """Return the host and, where it is not the usual one, the port: what a breaker and a cap are kept for."""
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, usual) else "")


def origin_of(url: str) -> str:
    """Return the origin of an address as RFC 6454 writes it: what a VAPID token is made out to."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = host_of(url).removeprefix(parts.hostname or "")
    return f"{parts.scheme}://{host}{port}"


def shown(url: str) -> str:
    """Return what a log may say of an endpoint: its host, and enough of a digest to find it again."""
    return f"{host_of(url)} #{sha256(url.encode()).hexdigest()[:12]}"
