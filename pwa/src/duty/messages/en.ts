export default {
  duty: {
    title: "Duty desk", sections: "Parts of the duty desk", section: { desk: "Desk", calls: "Call list", terminals: "Phones", handover: "Handover", roster: "Roster", log: "Duty log", records: "Awaiting explanation", clocks: "Clocks", statistics: "Statistics" }, to_command: "Open the command page", pick_up: "Pick up", pick_up_help: "Press F2 when the phone rings: time runs from pick-up, fill in afterwards. Works without a network too.", call: "Call", call_tab: "Call {time}",
    running: "running since {time}", received_rule: "The time of pick-up is the time of receipt; an outage loses nothing.", draft_kept: "Draft kept on this computer", draft_keeping: "Keeping the draft…", call_kind: "Kind of call",
    inquiry: "Inquiry", lead: "Lead", directive: "From a court above", content: "What was said (in the caller's words)", content_example: "What property or who, where, what is happening", point: "Place on the map", point_pick: "Mark on the map", point_again: "Mark again",
    point_clear: "Remove the mark", point_how: "Write the place, then mark it on the map.", point_set: "Marked: {latitude} N, {longitude} E", case_number: "Case number", case_number_example: "（2026）云2924执118号",
    case_number_reading: { empty: "empty", current: "Enforcement case", other_type: "Not an enforcement type; check again, it can be saved", legacy: "Older or own style; kept as written", unfinished: "Not finished; it can be saved" },
    debtor: "Judgment debtor", identity_tail: "Last 4–6 of identity number", grounds: "Grounds of urgency (at least one, {clause})", kind: "Kind", channel: "Source", chance_from: "Chance from", chance_until: "Chance until",
    summary: "What was asked, what was answered", caller: "Caller (optional)",
    reporter: {
      title: "Reporter's identity · kept apart", why: "Never on an order, a phone or an export; looking at it later needs permission and is logged.", name: "Name", phone: "Phone", phone_wrong: "Only digits, spaces and + - * ( )", relation: "Relation to the case",
      relation_example: "applicant, neighbour, police officer…", anonymous: "Wants confidentiality", reply: "Wants a reply", look: "See who reported (who looked, and when, is logged)", hide: "Hide",
    },
    problem: { content: "Please write what was said.", place: "Please name this place.", identity_tail: "Four to six digits or X.", chance: "The end is before the beginning.", grounds: "An urgent lead needs at least one ground of urgency." },
    register: "Register, triage later", register_urgent: "Register as urgent", register_later: "Register, triage later", register_non_urgent: "Register as not urgent", register_inquiry: "Register the inquiry",
    drop: "Drop this call", drop_sure: "The draft will be deleted from this computer. Sure?", must_answer: "To be answered", answer_now: "to be answered at once", tonight: "Tonight", to_triage: "To triage", quiet_night: "No call yet today.",
    triage: "Triage", triage_again: "Change triage", triage_reason: "Reason (needed for “not ours”)", triage_help: "Urgent needs a ground; not urgent is to be verified in two working days; not ours needs a reason.",
    merge: { act: "Merge with another lead…", with: "Which one is the same event", rule: "The earliest call counts; every reporter stays; it cannot be undone.", sure: "Same event, merge", of: "Merged leads" },
    lead_act: { report: "Report to the leader", close: "Close the lead" }, result: "Result", reply: "Reply to the reporter", order_from_lead: "Whom to send", gone: "This one is no longer on the list.",
    outbox: {
      store_dead: "The store of this browser is broken. Reopen the browser now and note undelivered items on paper.", store_full: "The store of this computer is full; nothing was saved. Free some disk space.", waiting: "{count} kept on this computer, to be delivered", delivered: "The last one is delivered",
      stuck: "The server cannot handle this; it is noted, and tried again every five minutes", try_now: "Try now", export: "Export this one",
      refused: "The server did not accept it", put_aside: "Understood", given_up: "Could not be sent after several tries ({told})", needs_look: "Needs a look", kept_here: "Kept here", kept_long: "Kept on this computer, not yet delivered; it goes as soon as the server is reached.",
      other_user: "Somebody else is signed in in this browser; your registrations do not go out under another name. Sign in again.",
    },
    phones: {
      title: "Phones", bind: "Bind a phone", whose: "Choose an officer (type a name)", make_code: "Make a one-time code", qr_alt: "QR code for binding", expires: "ends in {left}", expired: "The code has ended; make a new one.",
      how: "Scan with the officer's own phone, or open {url}", list: "Bound phones", revoke: "Revoke", revoked: "Revoked", revoke_sure: "Revoke now, at once", since: "bound {day}", none: "No phone is bound yet.",
    },
  },
};
