"""Copies of a template database, made ahead in the background: no test waits for the one it needs."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from backend.core.identifiers import new_identifier
from tests.support.postgis import Cluster

AHEAD = 3


class DatabasePool:
    """Fresh copies of one template; each is used once."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self.cluster = cluster
        self.template = template
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="databases")
        self._coming: deque[tuple[str, Future[str]]] = deque()
        for _ in range(AHEAD):
            self._make_another()

    def take(self) -> tuple[str, str]:
        """Return the name and the URL of a fresh copy; raise what making it raised."""
        self._make_another()
        name, made = self._coming.popleft()
        return name, made.result()

    def give_back(self, name: str) -> None:
        """Drop a copy, some time soon."""
        self._background.submit(self.cluster.drop_database, name)

    def close(self) -> None:
        """Make no more; what is being made is waited for."""
        self._background.shutdown(cancel_futures=True)

    def _make_another(self) -> None:
        name = f"test_{new_identifier().replace('-', '')}"
        made = self._background.submit(self.cluster.create_database, name, self.template)
        self._coming.append((name, made))
