"""Settings: the environment (`LINGDA_*`, secrets also as `LINGDA_X_FILE`) read once into one typed object."""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.core.host_names import is_public_contact

ASYNC_MODES = ("eventlet", "threading")
SHORTEST_KEY = 32


class SettingError(Exception):
    """A setting that cannot be used; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """Every setting of one installation; `docs/operations.md` lists them. What is secret is not shown by `repr`."""

    data: Path
    database_url: str = field(repr=False)
    http: str
    backend: str
    public_url: str
    async_mode: str
    redis_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    demo_password: str | None = field(repr=False)
    trusted_proxies: int
    vapid_private_key: str | None = field(repr=False)
    vapid_subject: str | None
    push_allowed_hosts: tuple[str, ...]
    gateways: Path | None

    @property
    def secure_cookies(self) -> bool:
        """Tell whether people reach this installation through TLS."""
        return self.public_url.startswith("https://")

    @property
    def backend_address(self) -> tuple[str, int]:
        """Return the host and port the backend itself listens on."""
        return split_address("LINGDA_BACKEND", self.backend)


def split_address(name: str, text: str) -> tuple[str, int]:
    """Split `host:port`; raise SettingError naming the setting when it is not one."""
    host, _, port = text.rpartition(":")
    if not host or not is_number(port) or not 0 < int(port) < 65536:
        raise SettingError(f"{name} is {text!r}; write it as host:port, for example 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def is_number(text: str) -> bool:
    """Tell whether the text is a whole number in plain digits."""
    return text.isascii() and text.isdecimal()


def read_secret(environment: Mapping[str, str], name: str) -> str | None:
    """Return the secret `name`, from the variable or from the file that `name_FILE` points to."""
    if value := environment.get(name):
        return value
    if path := environment.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise SettingError(f"{name}_FILE points to {path}, which cannot be read: {reason}.") from error
    return None


def new_secret() -> str:
    """Return a secret nobody can guess."""
    return secrets.token_urlsafe(48)


def kept_secret(data: Path, name: str, make: Callable[[], str] = new_secret) -> str:
    """Return the secret kept in the data folder, making it once for this installation."""
    path = data / "secrets" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            make_secret(path, make)
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"LINGDA_DATA is {data}, which cannot be written: {error.strerror}.") from error


def make_secret(path: Path, make: Callable[[], str]) -> None:
    """Write a new secret whole; of two processes that start at once the first one's stays."""
    descriptor, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(make())
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        Path(fresh).unlink()


def check_database_url(url: str) -> None:
    """Raise SettingError, which never shows the password, when the address is of no database we know."""
    if not url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        raise SettingError("LINGDA_DATABASE_URL must start with sqlite:/// or postgresql://.")
    try:
        make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingError(
            "LINGDA_DATABASE_URL cannot be read; write it as postgresql://user:password@host:5432/name."
        ) from error


def push_contact(given: str | None, public_url: str) -> str | None:
    """Return whom a push service may write to: as given, else the public address, else None when it is only known here."""
    if not given:
        return public_url if is_public_contact(public_url) else None
    if not is_public_contact(given):
        raise SettingError(
            f"LINGDA_VAPID_SUBJECT is {given!r}; write mailto:somebody@host or https://host with a name that exists on"
            " the internet: push services refuse localhost, addresses and names of an inner network."
        )
    return given


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise SettingError with one sentence when one of them is wrong."""
    environment = os.environ if environment is None else environment
    data = Path(environment.get("LINGDA_DATA") or "var").absolute()
    http = environment.get("LINGDA_HTTP") or "127.0.0.1:8000"
    split_address("LINGDA_HTTP", http)
    public_url = (environment.get("LINGDA_PUBLIC_URL") or f"http://{http}").rstrip("/")
    if urlsplit(public_url).scheme not in ("http", "https") or not urlsplit(public_url).hostname:
        raise SettingError(
            f"LINGDA_PUBLIC_URL is {public_url!r}; write what phones open, for example https://10.0.0.5."
        )
    async_mode = environment.get("LINGDA_ASYNC_MODE") or "eventlet"
    if async_mode not in ASYNC_MODES:
        raise SettingError(f"LINGDA_ASYNC_MODE is {async_mode!r}; it can be eventlet or threading.")
    database_url = read_secret(environment, "LINGDA_DATABASE_URL") or f"sqlite:///{data / 'lingda.sqlite'}"
    check_database_url(database_url)
    proxies = environment.get("LINGDA_TRUSTED_PROXIES") or "1"
    if not is_number(proxies):
        raise SettingError(
            f"LINGDA_TRUSTED_PROXIES is {proxies!r}; it is the number of proxies in front (0 or more)."
        )
    redis_url = read_secret(environment, "LINGDA_REDIS_URL")
    if redis_url and not redis_url.startswith(("redis://", "rediss://")):
        raise SettingError("LINGDA_REDIS_URL must start with redis:// or rediss://.")
    secret_key = read_secret(environment, "LINGDA_SECRET_KEY") or kept_secret(data, "secret_key")
    if len(secret_key) < SHORTEST_KEY:
        raise SettingError(
            f"LINGDA_SECRET_KEY is too short; give at least {SHORTEST_KEY} characters, or leave it out to have one made."
        )
    backend = environment.get("LINGDA_BACKEND") or "127.0.0.1:8001"
    split_address("LINGDA_BACKEND", backend)
    allowed = environment.get("LINGDA_PUSH_ALLOWED_HOSTS") or ""
    gateways = environment.get("LINGDA_GATEWAYS")
    return Settings(
        data=data,
        database_url=database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        http=http,
        backend=backend,
        public_url=public_url,
        async_mode=async_mode,
        redis_url=redis_url,
        secret_key=secret_key,
        demo_password=read_secret(environment, "LINGDA_DEMO_PASSWORD"),
        trusted_proxies=int(proxies),
        vapid_private_key=read_secret(environment, "LINGDA_VAPID_PRIVATE_KEY"),
        vapid_subject=push_contact(environment.get("LINGDA_VAPID_SUBJECT"), public_url),
        push_allowed_hosts=tuple(word.strip() for word in allowed.split(",") if word.strip()),
        gateways=Path(gateways).absolute() if gateways else None,
    )
