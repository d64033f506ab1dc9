"""Shapes of swaps on the wire: the request, the answer, the decision (DL-14)."""

from typing import Literal

from backend.core.schemas import Identifier, Reference, ShortText, Wire, WireInstant
from backend.duty.rules import SwapState
from backend.duty.schemas import CourtPage, ShiftShape


class SwapForm(Wire):
    """Who shall take my place, and why."""

    substitute_id: Identifier
    reason: ShortText


class NewSwap(SwapForm):
    """Who shall take my place in which shift, and why."""

    shift_id: Identifier


class SwapAnswer(Wire):
    """Whether I take the place; a refusal may say why."""

    agree: bool
    reason: ShortText | None = None


class SwapDecision(Wire):
    """Whether the roster is changed; declining needs a reason."""

    revision: int
    approve: bool
    reason: ShortText | None = None


class SwapShape(Wire):
    """A swap: who asks whom for which shift and where that stands; `shift` is empty when it was deleted.

    `reason` and the others' reasons are shown to the two concerned and to who decides.
    """

    id: str
    revision: int
    court_id: str
    shift_id: str
    shift: ShiftShape | None
    asker: Reference
    substitute: Reference
    state: SwapState
    reason: str | None
    asked_at: WireInstant
    answered_at: WireInstant | None
    answer_reason: str | None
    decided_by: Reference | None
    decided_at: WireInstant | None
    decision_reason: str | None
    waits_for: Literal["substitute", "leader"] | None
    may: list[Literal["answer", "withdraw", "decide"]]


class SwapQuery(CourtPage):
    """Open swaps, or all of them."""

    state: Literal["open", "all"] = "open"


class SwapList(Wire):
    """Swaps, newest first."""

    items: list[SwapShape]
    next: str | None
