"""Shapes of the two looks at duty: who carries it now, and what of it is mine."""

from backend.core.schemas import Wire, WireInstant
from backend.duty.roll_call_schemas import RollCallShape
from backend.duty.schemas import HandoverBrief, OnDutyPerson, ShiftShape
from backend.duty.swap_schemas import SwapShape


class DutyNow(Wire):
    """Who carries the duty of a court now, its shifts on post, what comes next, and the handovers that are late.

    `roll_call` is the latest of the shifts on post; `may_call_roll`: whether I may start one now.
    """

    court_id: str
    server_time: WireInstant
    on_duty: list[OnDutyPerson]
    shifts: list[ShiftShape]
    next: list[ShiftShape]
    overdue: list[str]
    roll_call: RollCallShape | None
    may_call_roll: bool


class DutyMine(Wire):
    """My shifts of the next 30 days, and what waits for me: swaps, handovers to sign, roll calls to answer."""

    server_time: WireInstant
    shifts: list[ShiftShape]
    swaps: list[SwapShape]
    handovers: list[HandoverBrief]
    roll_calls: list[RollCallShape]
