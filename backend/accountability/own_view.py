"""What a person concerned is shown of a record: their own part; once released, no more than concerned them until then."""

from typing import Any

from backend.accountability.rules import state_of_unended
from backend.accountability.schemas import EvidenceShape
from backend.accountability.tables import RecordPerson


def only_of(evidence: EvidenceShape, user_id: str) -> EvidenceShape:
    """Return the evidence without what is about other people concerned."""
    return evidence.model_copy(
        update={
            "facts": [one for one in evidence.facts if one.person is None or one.person.id == user_id],
            "stretches": [one for one in evidence.stretches if one.user.id == user_id],
        }
    )


def until_released(values: dict[str, Any], person: RecordPerson) -> dict[str, Any]:
    """Return the fields of `RecordShape` as they concerned somebody until they were released.

    What became of the record since is the others' case: no decision, no words of it, nobody named beside them.
    """
    released_at = person.released_at
    evidence: EvidenceShape = values["evidence"]
    lines = [line for line in evidence.lines if released_at is None or line.recorded_at <= released_at]
    nothing = ("decision", "ended_at", "contradicted_at", "ended_by", "ended_words", "referred_to")
    return {
        **values,
        **dict.fromkeys(nothing),
        "state": state_of_unended(has_explanations=bool(values["explanations"])),
        "people": [one for one in values["people"] if one["user"]["id"] == person.user_id],
        "former": [],
        "acts": [],
        "evidence": evidence.model_copy(update={"lines": lines, "frozen_at": None, "sha256": None}),
    }
