"""`lingda serve`: the whole installation on one machine, in one command (design 2 and 5)."""

import os
import sys
import threading
from dataclasses import replace

import click

from backend.core.settings import SettingError, Settings, load_settings
from backend.processes.addresses import local_addresses
from backend.processes.announced import announced
from backend.processes.front import (
    answers,
    check_free,
    check_pages,
    lan_front,
    local_front,
    root_certificate,
    trust_folder,
)
from backend.processes.programs import Program
from backend.processes.supervisor import StartError, Supervisor
from backend.processes.trust import qr_text, write_trust_page

_output = threading.Lock()


def say(line: str) -> None:
    """Print one whole line at once; several programs' threads write here."""
    with _output:
        click.echo(line)
        sys.stdout.flush()


@click.command("serve")
@click.option(
    "--lan", is_flag=True, help="Serve phones on the local network, with TLS and Caddy's own authority."
)
@click.option(
    "--address", envvar="LINGDA_LAN_ADDRESS", help="With --lan: this machine's address; found when left out."
)
@click.option("--tls-port", envvar="LINGDA_LAN_TLS_PORT", default=8443, show_default=True, help="With --lan.")
@click.option(
    "--trust-port", envvar="LINGDA_LAN_TRUST_PORT", default=8080, show_default=True, help="With --lan."
)
def serve_command(lan: bool, address: str | None, tls_port: int, trust_port: int) -> None:
    """Start front, backend and worker, keep them running, and stop them in order on Ctrl-C."""
    # Whatever the processes write holds people's names: nobody else on this machine reads it.
    os.umask(0o077)
    supervisor = Supervisor(say)
    try:
        settings = load_settings()
        supervisor.listen_to_signals()
        if lan:
            _serve_lan(supervisor, settings, _lan_address(address), tls_port, trust_port)
        else:
            _serve_local(supervisor, settings)
    except (SettingError, StartError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        supervisor.stop()


def _serve_local(supervisor: Supervisor, settings: Settings) -> None:
    environment = dict(os.environ)
    check_pages()
    front = local_front(settings, environment)
    _start_inner(supervisor, settings, environment)
    supervisor.start(front, lambda: answers(f"http://{settings.http}/readyz"))
    say("")
    say(f"令达 Lingda  {settings.public_url}/         手机 phone")
    say(f"             {settings.public_url}/command  指挥 command")
    say(f"             {settings.public_url}/duty     值班 duty desk")
    say("             Ctrl-C stops everything")
    with announced(settings, settings.public_url):
        supervisor.watch()


def _serve_lan(
    supervisor: Supervisor, settings: Settings, address: str, tls_port: int, trust_port: int
) -> None:
    open_url, trust_url = f"https://{address}:{tls_port}", f"http://{address}:{trust_port}"
    settings = replace(settings, public_url=open_url)
    environment = {**os.environ, "LINGDA_PUBLIC_URL": open_url}
    check_pages()
    front = lan_front(settings, environment, address, tls_port, trust_port)
    certificate = root_certificate(settings)
    _start_inner(supervisor, settings, environment)
    supervisor.start(front, lambda: answers(f"{open_url}/readyz", certificate))
    fingerprint = write_trust_page(trust_folder(settings), certificate, f"{open_url}/")
    say("")
    say(f"1. 扫码信任证书  Trust the certificate: {trust_url}/")
    say(qr_text(f"{trust_url}/"))
    say(f"2. 扫码打开令达  Open Lingda: {open_url}/   ({open_url}/command, {open_url}/duty)")
    say(qr_text(f"{open_url}/"))
    say("各品牌手机的步骤见第一个二维码的页面。 Steps for each phone maker are on the first page.")
    say(f"SHA-256 {fingerprint}")
    say("Ctrl-C stops everything")
    with announced(settings, open_url):
        supervisor.watch()


def _start_inner(supervisor: Supervisor, settings: Settings, environment: dict[str, str]) -> None:
    host, port = settings.backend_address
    check_free("LINGDA_BACKEND", host, port)
    environment = {**environment, "PYTHONUNBUFFERED": "1"}
    backend = Program("backend", [sys.executable, "-m", "backend.server"], environment)
    worker = Program("worker", [sys.executable, "-m", "backend.worker"], environment)
    supervisor.start(backend, lambda: answers(f"http://{settings.backend}/readyz"))
    supervisor.start(worker)


def _lan_address(given: str | None) -> str:
    found = [given] if given else local_addresses()
    if not found:
        raise StartError("No address on a local network was found: connect the network, or give --address.")
    return found[0]
