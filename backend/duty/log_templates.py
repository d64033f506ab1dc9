"""What the duty log holds: each action of the audit log with the values of its sentence (BSS-6, BSS-5(4)).

The action is the key of the sentence; pages have the words. Values are codes, numbers and times, never a title, a
name or free text: those are given beside them to readers who may see them. What is not here stays out of the log.
"""

CLOCK = ("clock", "clause", "due_at")
SHIFT = ("post", "planned_start", "planned_end")
LOGGED: dict[str, tuple[str, ...]] = {
    "lead.register": ("triage",),
    "lead.triage": ("triage",),
    "lead.report": (),
    "lead.close": (),
    "directive.issue": (),
    "directive.acknowledge": ("result",),
    "directive.acknowledge_for": ("result",),
    "directive.report": ("result",),
    "directive.object": ("result",),
    "directive.confirm": ("result",),
    "directive.accept": ("result",),
    "directive.decline": ("result",),
    "directive.take_over": ("result",),
    "directive.depart": ("result",),
    "directive.arrive": ("result",),
    "directive.complete": ("result",),
    "directive.feedback": ("result",),
    "directive.accept_feedback": ("result",),
    "directive.return_feedback": ("result",),
    "directive.withdraw": ("result",),
    "directive.cancel": ("result",),
    "directive.set_covert": ("covert",),
    "delivery.climb": ("rung",),
    "delivery.receive": ("channel",),
    "delivery.resend": (),
    "delivery.call": ("outcome",),
    "link_test.start": ("people",),
    "clock.start": (*CLOCK, "kind"),
    "clock.warn": CLOCK,
    "clock.unconfirmed": CLOCK,
    "clock.breach": CLOCK,
    "clock.disproved": CLOCK,
    "shift.plan": SHIFT,
    "shift.change": SHIFT,
    "shift.delete": SHIFT,
    "shift.absent": ("post",),
    "shift.take_over": ("post",),
    "shift.hand_over": ("post",),
    "shift.ask_swap": (),
    "shift.answer_swap": ("state",),
    "shift.swap": (),
    "shift.decline_swap": (),
    "shift.withdraw_swap": (),
    "handover.draft": ("post",),
    "handover.aim": ("post",),
    "handover.void": ("post",),
    "handover.edit": ("post", "faulty"),
    "handover.sign": ("post", "side"),
    "handover.sign_for_outgoing": ("post",),
    "handover.send_back": ("post",),
    "duty_note.write": ("category",),
    "roll_call.start": ("due_at", "people"),
    "roll_call.answer": ("late",),
    "roll_call.unanswered": ("out_of_contact",),
    "roll_call.close": ("answered", "unanswered"),
    "sos.raise": ("drill",),
    "sos.press_again": ("drill",),
    "sos.safe": (),
    "sos.answer": (),
    "sos.note": (),
    "sos.tell_leaders": ("drill", "people"),
    "sos.tell_superior": ("people",),
    "sos.close": ("ended_as",),
    "sos.refused": (),
    "check_in.set": ("minutes",),
    "check_in.missed": ("out_of_contact",),
    "check_in.withdrawn": (),
}

PEOPLE = {
    "asker_id": "asker",
    "substitute_id": "substitute",
    "user_id": "user",
    "person": "person",
    "outgoing_signed_by": "outgoing",
    "incoming_signed_by": "incoming",
}
"""Whom a sentence names beside its actor: the key of the detail, and the name of the place in the sentence."""


KINDS: dict[str, tuple[str, ...]] = {
    "note": ("duty_note",),
    "lead": ("lead",),
    "directive": ("directive", "delivery"),
    "clock": ("clock",),
    "duty": ("shift", "handover", "roll_call", "link_test"),
    "emergency": ("sos", "check_in"),
}
"""What a reader may look for in the log: each kind with the first words of its actions."""


def actions_of(kind: str | None) -> list[str]:
    """Return the actions of one kind, or of all; those of rooms above that name no kind of ours are with all."""
    return [action for action in LOGGED if kind is None or action.partition(".")[0] in KINDS[kind]]


def also_log(action: str, *values: str) -> None:
    """Join an action of a room above to the log, with the values of its detail that its sentence needs."""
    LOGGED[action] = values
