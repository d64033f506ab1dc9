export default {
  desk: {
    pair: "{name}: {value}",
    list_separator: ", ",
    sign_in: {
      busy: "Checking…", ended: "Your session ended elsewhere or ran out. Sign in again; nothing you typed is lost.",
      code: "Verification code", code_help: "Open the authenticator app and type the six digits.", use_passkey: "Use a passkey",
      passkey_refused: "The passkey was not confirmed. Try again or use another way.", other_account: "Another account",
      setup_why: "Accounts of the duty desk and the command page need a second factor. Choose one now; each sign-in will ask for it.",
      setup_totp: "Authenticator app (six digits)", setup_passkey: "Passkey (this computer or a key)", scan: "Scan with the authenticator app, then type the six digits it shows.",
      qr_alt: "QR code for the authenticator", secret: "Cannot scan? Type this in:",
    },
    role: {
      officer: "Officer", team_leader: "Team leader", duty_officer: "Duty officer", duty_leader: "Duty leader", liaison: "Liaison", commander: "Commander",
      records_clerk: "Records clerk", system_administrator: "System administrator", security_administrator: "Security administrator",
      audit_administrator: "Audit administrator", auditor: "Auditor",
    },
    duty: { leader: "leader", officer: "officer", driver: "driver" },
    to_light: "Light colours", to_dark: "Dark colours", to_phone: "Open the phone page",
    not_for_you: "{name}, your role does not use this page.",
    contact: { offline: "Server not reached", connecting: "Connecting", stands: "picture of {time}" },
    offline: {
      stands: "Offline · data as of {time}", stands_since: "Offline · data as of {time} ({minutes} min ago)", nothing: "Offline · nothing is kept on this computer", read_only: "To be read only; acts come back with the server.",
      read_only_register: "To be read only, and calls can be registered: kept on this computer, sent as soon as the server is back.",
    },
    time: {
      zone: "Beijing time, corrected by the server", unsure: "not calibrated", behind: "The server's time is at least {seconds} s behind.", ahead: "The server's time may be {seconds} s ahead.",
      off: "The system administrator should set it; deadlines still follow it.", wrong: "Clocks that run are marked as in doubt and settle nothing; the system administrator must set it at once.",
    },
    clock: {
      past: "Clocks in full",
      name: { C1: "Answer", C2: "Register", C3: "Order", C4: "Depart", C5: "Verify", C6: "Depart", C7: "Report", C8: "Fetch" },
      doubt: "Unconfirmed", passed: "The limit of {clause} has passed", doubt_why: "phone out of contact; judged when it is back, not counted", late: "late, to be explained", late_target: "target passed, alert only", days: "{days}d {hours}h", days_late: "−{days}d {hours}h",
      over_a_day: "over a day", due: "by {time}", regime: { working: "working time", off_hours: "off hours", holiday: "holiday" },
      target: "own target", provisional: "holidays not yet published, estimated",
    },
    notice: {
      title: "Notices", take: "Noted", more: "{count} more", fewer: "Fewer", lines: "Who was told", noted: "noted", not_noted: "not noted yet", tell: "I told them…", how: "How (by phone, in person…)",
      write_down: "Write down", told_by: "told by {name}: {how}", nobody: "nobody to tell", clock_warning: "limit comes near", clock_breach: "limit has passed",
      clock_unconfirmed: "limit has passed, phone out of contact, unconfirmed", clock_disproved: "done on time after all, not late", record: "please explain one matter", roll_call: "roll call, please answer", emergency: "calls for help, nobody has answered", refused_call: "a revoked phone called for help; find out at once whether its officer is safe", order_undelivered: "an order has not reached somebody's phone", order_unanswered: "nobody has answered an order",
      matter: { explain: "please explain one matter", name: "a record names nobody yet", look_again: "an act within the limit arrived later: look at the decision again", decided_again: "a record about you was decided again", released: "found not to concern you" },
    },
    audience: { duty_officer: "duty officer", standby: "standby", duty_leader: "duty leader", commander: "commander", liaison: "liaison", responsible: "in charge", issuer: "issuing court" },
    triage: { urgent: "Urgent", non_urgent: "Not urgent", inquiry: "Inquiry", not_ours: "Not ours", none: "To triage" },
    ground: {
      sealed_property_endangered: "Sealed or seized property is being damaged, moved or hidden", valuable_movables_at_hand: "Debtor has valuable movables at hand",
      high_consumption_now: "Debtor is in high consumption now", other: "Other need for immediate action",
    },
    risk: { weapons: "Weapons", crowd: "Crowd", illness: "Ill or elderly" },
    channel: { phone: "phone", visit: "visit", web: "web", police: "police", grid_worker: "grid worker", handler: "handler" },
    lead: {
      numbered: "Lead {number}", untitled: "Debtor not named", received: "received", risks: "Risks", chance: "Chance", reported: "Reported", orders: "Orders given",
      print: "Print form", no_point: "(not on the map)", kind: { property: "property", whereabouts: "whereabouts", both: "property and whereabouts" },
      state: {
        received: "Received", registered: "Registered", reported: "Reported", triaged: "Triaged", ordered: "Ordered", departed: "Departed", on_scene: "On scene", result: "Has a result",
        verification_assigned: "Being verified", verified: "Verified", closed: "Closed",
      },
    },
    team: {
      state: { standby: "standby", ordered: "ordered", moving: "moving", on_scene: "on scene", off: "off" },
      people: "{count} people", devices: "{count} phones", battery: "battery {percent}%", no_position: "no position", position_age: "position {age}", standby: "Standby",
      whom: "Whom to send", none: "No team is available.", straight_line: "Straight line, not road; the older the position, the less it says.",
    },
    source: { pwa: "phone page", osmand: "tracker app", owntracks: "tracker app" },
    member: { received: "phone got it {time}", not_received: "phone silent", driver: "driver does not tap" },
    step: { late: "sent late, arrived {time}", superseded: "order had ended; kept only" },
    order: {
      new: "New order", basis: "Basis", no_lead: "commander's instruction", from_above: "directive from above (item 10)", court: "Court below", court_help: "May skip a level; courts in between get a copy.",
      team_optional: "Straight to a team (optional; else to the court)", point: "Mark the place on the map", point_again: "Mark it again on the map", on_map: "place marked on the map", woman: "Woman officer needed", officers: "Officers",
      missing: "Still missing: {fields}", issue: "Issue the order", issuing: "Issuing…", delegate: "Send a team of ours", members: "People", feedback: "Report", children: "Orders under it", steps: "What happened",
      print: "Print slip", its_lead: "See the lead", fetch_rule: "Their own debtor is held elsewhere: {clause}, set off within 30 minutes of receipt, day and night, holidays too.",
    },
    slip: {
      untitled: "Enforcement lead", verify: "Check on the spot whether the lead is true, take pictures, report in writing to the command centre.", rules: "Working rules of the command centre, {clauses}",
      default_basis: "Working rules of the command centre, Article 5(3)", superior_basis: "Operating mechanism of the command centre, item 10",
      action: {
        sealed_property_endangered: "Go at once, stop the damage, removal or hiding, secure property and persons, film throughout.",
        valuable_movables_at_hand: "Go at once, secure the debtor, find and lawfully seize movables, film throughout.",
        high_consumption_now: "Go at once, secure evidence of high consumption and the debtor, film throughout.", other: "Go at once and act, film throughout.",
      },
    },
    field: {
      state: "State", title: "Matter", required_action: "Required action", facts: "Facts", urgency: "Urgency", target: "Whom", target_team: "Team", target_person: "Person", place: "Place",
      responsible: "Responsible", reason: "Reason", case_number: "Case number", legal_basis: "Legal basis", issued_at: "Issued",
    },
    form: {
      reason: "Reason", reason_by_desk: "Why the desk records it (the team has no phone, for example)", told_by: "Who was spoken to", told_how: "How", happened_at: "When it was done (empty: now)", happened_help: "The true time as the team tells it: not before the order was served, not in the future.", note: "Note", reported_to: "Reported to", channel: "How", instruction: "Leader's instruction", choose: "Choose",
      channels: { in_person: "In person", phone: "By phone", message: "By message" }, result: "Result", feedback: "What was done (written report)", next_step: "What the issuer should do next",
    },
    act: {
      title: "What you may do", acknowledge: "Acknowledge", acknowledge_for: "Acknowledge for the team", report: "Report to leader", object: "Object",
      confirm: "Keep the order", depart: "Record departure", arrive: "Record arrival", complete: "Record completion", note: "Add a note", feedback: "Written report", accept_feedback: "Accept report",
      return_feedback: "Return report", withdraw: "Withdraw", cancel: "Call back",
    },
    done: {
      issue: "Issued", receive: "Phone got it", accept: "Accepted", decline: "Cannot go", take_over: "Took charge", acknowledge: "Acknowledged", acknowledge_for: "Acknowledged for the team", report: "Reported to leader", object: "Objected",
      confirm: "Kept the order", depart: "Departed", arrive: "On scene", complete: "Completed", note: "Note", feedback: "Written report", accept_feedback: "Accepted the report",
      return_feedback: "Returned the report", withdraw: "Withdrew", cancel: "Called back", set_covert: "Made covert", end_covert: "No longer covert",
    },
    outside: {
      title: { phone: "Told by phone", fax: "Sent by fax" }, caller: { phone: "Caller", fax: "Sender" }, call_back: "Call back", no_number: "No number left", received: "Came in", registered: "Registered", issuer_number: "Their number",
      read_back: { phone: "Read back", fax: "Checked by phone" }, not_read_back: { phone: "Not read back", fax: "Not checked by phone" }, copy: "Number in the system", see_copy: "See the one in the system", taken_down: "Came in, taken down",
      same: "Is this directive in the system the same one?", was_told: "Was this directive registered before?", same_why: "If it is the same, join them: the clocks run on from when it came in, and no second one runs. If not, leave this.",
      join_sure: "{copy} goes into {told}; this cannot be undone.", join: "The same, join them", sent_why: "This directive did not come through the system, so the court above cannot read the report here. Say how it was sent and the proof: only that stops the time for the report.",
      sent_by: "How it was sent", proof: "Proof", proof_example: "For example the number of the fax receipt, who received it and when, a tracking number.",
    },
    conflict: {
      title: "Somebody acted on this order while you were looking", nothing: "(empty)", go_on: "Go on all the same", leave: "Understood, leave it", no_longer: "In its present state this can no longer be done.",
    },
  },
};
