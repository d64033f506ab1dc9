"""A private PostGIS server for tests, so that every rule is also held on the database a court runs.

It listens on a Unix socket inside its own temporary directory only, uses no port, and dies with the
process that started it. Databases are cloned from a template, because creating PostGIS takes a second
and cloning it a twentieth of one.
"""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from tests.support.folders import DISK, quick_folder

OWNER = "lingda"
TEMPLATE = "postgis_template"
START_SECONDS = 60

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
COMMON = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}


class PostgisMissingError(RuntimeError):
    """PostgreSQL or PostGIS is not installed; the message says what to run."""


def find_binaries() -> Path:
    """Return the newest PostgreSQL `bin` directory that also has PostGIS."""
    candidates = [
        directory / "bin"
        for directory in Path("/usr/lib/postgresql").glob("*")
        if Path(f"/usr/share/postgresql/{directory.name}/extension/postgis.control").exists()
        and (directory / "bin" / "initdb").exists()
    ]
    if not candidates:
        raise PostgisMissingError("PostgreSQL with PostGIS is missing: run `make setup` to install it.")
    return max(candidates, key=lambda directory: int(directory.parent.name))


class Cluster:
    """One running server; use it as a context manager or call `stop()`."""

    def __init__(self, directory: Path, durable: bool) -> None:
        self.directory = directory
        self.durable = durable
        self._binaries = find_binaries()
        self._log = directory / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server on its directory and wait until it answers."""
        settings = COMMON | (DURABLE if self.durable else FAST) | {"unix_socket_directories": self.directory}
        arguments = [str(self._binaries / "postgres"), "-D", str(self.directory / "data")]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        with self._log.open("ab") as log:
            # SIGQUIT from the kernel when the tests die, even by SIGKILL: no server is ever left behind.
            self._process = subprocess.Popen(
                [*_unprivileged("--pdeathsig", "QUIT"), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.directory,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def create_database(self, name: str, template: str = TEMPLATE) -> str:
        """Clone `template` (PostGIS only, unless told otherwise) as `name`; return its SQLAlchemy URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY {}").format(
            sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER), sql.Identifier("file_copy")
        )
        self._execute("postgres", statement)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop `name` and cut whoever is still connected to it."""
        self._execute("postgres", sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        """Return the SQLAlchemy URL of database `name`, for the role that owns it (no superuser)."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.directory}"

    @property
    def pid(self) -> int:
        """The process id of the running server; its children are the connections."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def kill(self) -> None:
        """End the server at once, as a power cut would; `start()` then recovers from the log."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def stop(self) -> None:
        """Stop the server and delete its directory; a second call does nothing."""
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _execute(self, database: str, statement: sql.Composed | sql.SQL) -> None:
        with self._connect(database) as connection:
            connection.execute(statement)

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.directory), dbname=database, user="postgres", autocommit=True, connect_timeout=5
        )

    def _wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect("postgres").close()
                return
            except psycopg.OperationalError:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > give_up:
                    raise RuntimeError(f"PostgreSQL did not start:\n{self._log.read_text()}") from None
                time.sleep(0.02)

    def _prepare_template(self) -> None:
        self._execute("postgres", sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        self._execute("postgres", sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        self._execute(TEMPLATE, sql.SQL("CREATE EXTENSION postgis"))


def start_cluster(durable: bool = False) -> Cluster:
    """Create and start a cluster; `durable` keeps fsync on, for tests that kill it and look for losses."""
    binaries = find_binaries()
    directory = Path(tempfile.mkdtemp(prefix="lingda-postgis-", dir=DISK if durable else quick_folder()))
    if os.geteuid() == 0:
        shutil.chown(directory, _server_user(), _server_user())
    cluster = Cluster(directory, durable)
    try:
        command = [str(binaries / "initdb"), "-D", str(directory / "data"), "--username=postgres"]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*_unprivileged(), *command], check=True, capture_output=True, cwd=directory)
        cluster.start()
        cluster._prepare_template()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _server_user() -> str:
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def _unprivileged(*options: str) -> list[str]:
    """Return the prefix that runs a command as a user PostgreSQL accepts: it refuses to run as root."""
    switch = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *switch, *options, "--"] if switch or options else []
