"""Caddy as the one front: what it needs to be there, its environment, and how to ask whether it answers."""

import os
import shutil
import ssl
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from backend.core.settings import Settings, split_address
from backend.processes.layout import CADDYFILE, LAN_CADDYFILE, PAGES
from backend.processes.ports import holder
from backend.processes.programs import Program
from backend.processes.supervisor import StartError

ASK_SECONDS = 2.0
CHATTER = '"level":"info"'


def caddy() -> str:
    """Return the path of Caddy, or raise StartError."""
    found = shutil.which("caddy", path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/bin")
    if not found:
        raise StartError("Caddy is not installed: run `make setup`, or as root `apt-get install caddy`.")
    return found


def check_pages() -> None:
    """Raise StartError when the PWA was not built."""
    if not (PAGES / "index.html").is_file():
        raise StartError(f"The pages are not built ({PAGES}): run `make setup`.")


def check_free(setting: str, host: str, port: int) -> None:
    """Raise StartError when `host:port`, which `setting` names, cannot be listened on."""
    if has_it := holder(host, port):
        raise StartError(f"{host}:{port} is in use by {has_it}: stop it, or change {setting}.")


def local_front(settings: Settings, environment: Mapping[str, str]) -> Program:
    """Return Caddy serving plain HTTP on LINGDA_HTTP, for this machine or behind a TLS front of the court."""
    host, port = split_address("LINGDA_HTTP", settings.http)
    check_free("LINGDA_HTTP", host, port)
    return Program(
        "front",
        [caddy(), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"],
        {
            **environment,
            **folders(settings),
            "LINGDA_FRONT_SITES": f"http://:{port}",
            "LINGDA_FRONT_BIND": host,
            "LINGDA_BACKEND": settings.backend,
        },
        CHATTER,
    )


def lan_front(
    settings: Settings, environment: Mapping[str, str], address: str, tls_port: int, trust_port: int
) -> Program:
    """Return Caddy serving TLS to the local network, and the page that hands out its root certificate."""
    check_free("--tls-port", address, tls_port)
    check_free("--trust-port", address, trust_port)
    names = dict.fromkeys((address, "127.0.0.1", "localhost"))
    return Program(
        "front",
        [caddy(), "run", "--config", str(LAN_CADDYFILE), "--adapter", "caddyfile"],
        {
            **environment,
            **folders(settings),
            "LINGDA_FRONT_SITES": ", ".join(f"https://{name}:{tls_port}" for name in names),
            "LINGDA_FRONT_BIND": " ".join(dict.fromkeys((address, "127.0.0.1"))),
            "LINGDA_FRONT_TLS": "tls internal",
            "LINGDA_FRONT_NAME": address,
            "LINGDA_BACKEND": settings.backend,
            "LINGDA_LAN_ADDRESS": address,
            "LINGDA_LAN_TRUST_PORT": str(trust_port),
            "LINGDA_LAN_PAGES": str(trust_folder(settings)),
        },
        CHATTER,
    )


def folders(settings: Settings) -> dict[str, str]:
    """Return where Caddy finds the pages and keeps certificates, its own state and the access log."""
    front = settings.data / "front"
    log = settings.data / "log" / "front.log"
    for folder in (front, log.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "LINGDA_FRONT_PAGES": str(PAGES),
        "LINGDA_FRONT_DATA": str(front),
        "LINGDA_FRONT_LOG": f"file {log}",
        "XDG_CONFIG_HOME": str(front),
        "XDG_DATA_HOME": str(front),
    }


def root_certificate(settings: Settings) -> Path:
    """Return where Caddy keeps the root certificate of its own authority."""
    return settings.data / "front" / "pki" / "authorities" / "local" / "root.crt"


def trust_folder(settings: Settings) -> Path:
    """Return the folder of the page that hands out the root certificate."""
    return settings.data / "front" / "trust"


def answers(url: str, certificate: Path | None = None) -> bool:
    """Tell whether `url` answers 200; with `certificate`, only a server that this authority vouches for."""
    if certificate is not None and not certificate.is_file():
        return False
    context = ssl.create_default_context(cafile=str(certificate)) if certificate else None
    try:
        with urllib.request.urlopen(url, timeout=ASK_SECONDS, context=context) as answer:
            return bool(answer.status == 200)
    except OSError:  # urllib's errors, refused connections and time-outs are all of this kind
        return False
