"""Shapes of a handover on the wire: what is done and pending, the kit, the signatures and what came since (BSS-6)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import Identifier, Reference, ShortText, Wire, WireInstant
from backend.duty.rules import HandoverState, Kit, Post, Side
from backend.duty.schemas import ShiftShape

Remarks = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class KitCheck(Wire):
    """One thing that was looked over: fine, or faulty with words."""

    state: Literal["fine", "faulty"]
    words: ShortText | None = None


class PendingItem(Wire):
    """Something still to do: a running clock, or a lead or directive that waits for the desk.

    `title` is shown to readers of such things alone. `key` names the item in `since`. `unconfirmed`: a phone out of
    contact could still disprove that the clock was passed.
    """

    key: str
    kind: Literal["clock", "untriaged", "unanswered", "open"]
    subject_kind: str
    subject_id: str
    number: str | None
    title: str | None
    since: WireInstant
    clock: str | None
    clause: str | None
    due_at: WireInstant | None
    unconfirmed: bool = False


class DoneItem(Wire):
    """Something done during the shift: the act (a template of the duty log), on what, when, by whom."""

    template: str
    subject_kind: str
    subject_id: str
    number: str | None
    title: str | None
    at: WireInstant
    by: str


class Since(Wire):
    """What became of the pending list since it was frozen: what is new, and the keys of what is settled."""

    new: list[PendingItem]
    settled: list[str]


class Signature(Wire):
    """One signature: the side, who, when, and from a phone or a desk.

    `on_behalf`: the leader signed for a shift of which nobody could; the reason is for who reads the remarks.
    """

    side: Side
    person: Reference
    at: WireInstant
    signed_from: Literal["phone", "desk"]
    on_behalf: bool
    reason: str | None


class HandoverMay(Wire):
    """What the reader may do with a handover now; `sign`: for which side.

    `sign_for_outgoing`: as the one who leads the duty, when nobody of the outgoing shift can.
    """

    edit: bool
    sign: Side | None
    sign_for_outgoing: bool
    send_back: bool


class HandoverShape(Wire):
    """A handover. In `draft` the lists are as of now; from `frozen_at` on they are what was signed."""

    id: str
    revision: int
    court_id: str
    post: Post
    state: HandoverState
    outgoing: ShiftShape
    incoming: ShiftShape
    drafted_by: Reference
    drafted_at: WireInstant
    remarks: str | None
    kit: dict[Kit, KitCheck]
    done: list[DoneItem]
    pending: list[PendingItem]
    frozen_at: WireInstant | None
    since: Since | None
    signatures: list[Signature]
    done_at: WireInstant | None
    may: HandoverMay


class HandoverList(Wire):
    """Handovers of a court, newest first; without `since`."""

    items: list[HandoverShape]
    next: str | None


class NewHandover(Wire):
    """A draft of handing over a shift on post to the next one planned."""

    shift_id: Identifier


class HandoverEdit(Wire):
    """The remarks and the look at the kit, as a whole."""

    revision: int
    remarks: Remarks | None = None
    kit: dict[Kit, KitCheck] = Field(default_factory=dict)


class SignAct(Wire):
    """A signature under the handover as it was seen."""

    revision: int
