export default {
  duty_log: {
    title: "Duty log", note: "Note", write: "Write a note", save: "Write it down", example: "What was seen, heard, done: who, when, what", about: "About what", which: "Which kind", all: "All", more: "Earlier", print: "Print",
    kind: { note: "Notes", lead: "Leads", directive: "Orders", clock: "Clocks", duty: "Duty", emergency: "SOS" }, category: { weather: "Weather", kit: "Kit", visitor: "Visitor", phone: "Phone", other: "Note" },
    last_day: "24 hours", this_shift: "This shift", one_day: "One day", printed: "{court}: duty log, {begin} to {end}", as_of: "The server cannot be reached; the log is as of {time}. Notes can still be written and are kept here first.",
    none: "Nothing was recorded in this time.", none_of_kind: "Nothing of this kind was recorded in this time.", not_kept: "The server cannot be reached, and this computer keeps no log; notes can still be written.", by_clock: "the system", from_phone: "phone", came_late: "recorded {time}", not_for_you: "(not for you to read)",
    correct: "Correct", correcting: "A correction: write what is right; the old note stays.", corrects: "corrects an earlier note", corrected: "corrected by a later note", faulty: "faulty: {parts}", late_answer: "after 15 minutes", out_of_contact: "phone out of contact", covert: { true: "made covert", false: "no longer covert" }, kept_only: "kept, without effect",
    line: {
      lead: { register: "Registered lead {number}", triage: "Lead {number} triaged: {triage}", report: "Lead {number} reported to the leader", close: "Lead {number} closed" },
      directive: {
        issue: "Issued order {number}", acknowledge: "Acknowledged order {number}", acknowledge_for: "Acknowledged order {number} for the team", report: "Order {number} reported to the leader", object: "Objected to order {number}", confirm: "Confirmed order {number}", accept: "Accepted order {number}",
        decline: "Cannot go, order {number}", take_over: "Took charge of order {number}", depart: "Departed, order {number}", arrive: "Arrived, order {number}", complete: "Completed, order {number}", feedback: "Wrote feedback, order {number}", accept_feedback: "Accepted the feedback, order {number}",
        return_feedback: "Returned the feedback, order {number}", withdraw: "Withdrew order {number}", cancel: "Called the team back, order {number}", set_covert: "Order {number} {covert}",
      },
      delivery: { climb: "Order {number} has not reached {person}: {rung}", receive: "{person}'s phone got order {number} ({channel})", resend: "Sent order {number} to {person} again", call: "Rang {person} about order {number}: {outcome}" },
      link_test: { start: "Link test of the phones of {people}" },
      clock: {
        start: "{number} Clock “{clock}” runs until {due_at} ({clause})", warn: "{number} Clock “{clock}” is nearly due, {due_at} ({clause})", unconfirmed: "Clock “{clock}” passed {due_at}, phone out of contact, not yet certain ({clause}) {number}",
        breach: "Clock “{clock}” passed {due_at}, awaiting explanation ({clause}) {number}", disproved: "Clock “{clock}” was met after all ({clause}) {number}",
      },
      shift: {
        plan: "Planned {post}, {planned_start} to {planned_end}", change: "Changed {post}, {planned_start} to {planned_end}", delete: "Deleted {post}, {planned_start} to {planned_end}", absent: "Nobody came to {post}", take_over: "Took over {post} (nobody handed it over)", hand_over: "{post} handed over: {outgoing} to {incoming}",
        ask_swap: "Asked {substitute} to stand in", answer_swap: "Answered a swap: {state}", swap: "Approved a swap: {substitute} for {asker}", decline_swap: "Declined a swap", withdraw_swap: "Withdrew a swap",
      },
      handover: { draft: "{post}: handover begun", edit: "{post}: handover written", aim: "{post}: handover now leads to another shift", void: "{post}: handover void, no shift follows", sign: "{post}: {side} signed", sign_for_outgoing: "{post}: signed for the outgoing shift, with a reason", send_back: "{post}: handover opened again" },
      duty_note: { write: "{category}" },
      roll_call: { start: "Called the roll of {people}, to answer by {due_at}", answer: "Answered the roll call", unanswered: "{user} did not answer the roll call", close: "Roll call over: {answered} answered, {unanswered} did not" },
      check_in: { set: "Set check-ins every {minutes} min", missed: "{user} missed a check-in", withdrawn: "{user}'s on-time check-in arrived later: alarm withdrawn" },
      sos: {
        raise: "Called for help", press_again: "Pressed for help again", safe: "Said to be safe after the call", answer: "Answered {user}'s call for help", note: "Noted what is done for {user}", tell_leaders: "{user}'s call unanswered for 30 s: {people} told",
        tell_superior: "{user}'s call unanswered for 60 s: passed to the court above, {people} told", close: "{user}'s call for help over: {ended_as}", refused: "A revoked phone called for help as {user}: refused, find out",
      },
    },
  },
};
