"""Whose marker it is: name and team of the people on the map, kept until authority changes.

Joining or leaving a team raises `server_state.authority_version` (`core/outbox.authority_changed`), so that number,
read with every commit of fixes, says whether what is kept still holds.
"""

from typing import NamedTuple

from sqlalchemy.orm import Session

from backend.people.views import user_names
from backend.teams.views import team_of_people


class MapLabel(NamedTuple):
    """The name of a person and the team last joined, None for a person in no team."""

    name: str
    team_id: str | None


class MapLabels:
    """The labels this process has read under one version of authority."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._known: dict[str, MapLabel] = {}

    def of(self, session: Session, user_ids: set[str], version: int | None) -> dict[str, MapLabel]:
        """Return the label of each person as this transaction, which read the version, sees it."""
        if version != self._version:
            self._version, self._known = version, {}
        missing = user_ids - self._known.keys()
        if missing:
            self._known |= read_labels(session, missing)
        return {user_id: self._known[user_id] for user_id in user_ids}


def read_labels(session: Session, user_ids: set[str]) -> dict[str, MapLabel]:
    """Read the label of each person."""
    names, teams = user_names(session, user_ids), team_of_people(session, user_ids)
    return {user_id: MapLabel(names.get(user_id, ""), teams.get(user_id)) for user_id in user_ids}
