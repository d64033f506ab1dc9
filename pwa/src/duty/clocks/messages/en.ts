export default {
  clocks: {
    search: "Find a lead or directive", search_example: "Number, debtor or subject", none_found: "Nothing found.", choose: "Choose a lead or directive on the left to see how each of its clocks started, warned, fell due and ended, and why its limit is what it is.", no_clocks: "Nothing here has a clock.",
    print: "Print (PDF)", key: "light: limit · dark: used · thin line: warning · thick line: due", bar: "{name}: from {start}, due {due}, {state}", detected: "noticed {time}", given: "given", not_given: "not given", late: "late", passes: "the limit of {clause} is reached then", lines: "Log", system: "system",
    kind: { lead: "Lead", directive: "Directive" },
    state: { running: "running", met: "on time", breached: "late, to be explained", target_passed: "target passed, alert only", unconfirmed: "late, unconfirmed", cancelled: "cancelled" },
    fact: { started: "Start", due: "Due", stopped: "Stop", breached: "Passed", cancelled: "Cancelled", late_reason: "Reason for being late", warning: "Warning", tell: "Told when late" },
    person: { duty_officer: "duty officer", standby: "standby", duty_leader: "duty leader", commander: "commander", liaison: "liaison", responsible: "person responsible", issuer: "issuing court" },
    event: {
      lead_received_at: "lead received", lead_reported_at: "leader told", leader_decided_at: "leader decided", directive_issued_at: "order issued", directive_served_at: "directive served", directive_acknowledged_at: "acknowledged by the desk", directive_departed_at: "team departed", directive_completed_at: "directive completed",
      directive_feedback_at: "written report", verification_accepted_at: "somebody accepted the check", some: "the event that starts it",
    },
    limit: { minutes: "{count} minutes", days: "{count} working days" },
    regime: { working: "working time", off_hours: "off hours", holiday: "a holiday or weekend" },
    day: { working_day: "working day", make_up_workday: "make-up workday", weekend: "weekend", holiday: "holiday", off: "not counted", start: "day of the start, not counted", number: "working day {number}" },
    line: { start: "started", warn: "warned", stop: "stopped", cancel: "cancelled", reopen: "taken up again", breach: "limit passed", unconfirmed: "late, unconfirmed", disproved: "shown to be on time", recompute: "counted again by the published holidays" },
    why: {
      title: "Why this limit", days: "Day by day", rulebook: "Under “{title}”.", adopted: "Under “{title}”, in force here from {day} by:", start: "Counted from: {event}, {time}, {weekday}, {kind}.",
      hours: "Working hours that day {hours} (since {day}); the start lay in {regime}, so {limit}, in elapsed minutes.", off_day: "Nobody works that day: {regime}, so {limit}, in elapsed minutes.", night: "The start lay in {regime}; the court's act sets {limit} for urgent leads at any hour.",
      any_hour: "The hour does not matter: {limit}, in elapsed minutes.", count: "{limit}: the day of the start is not counted, and the last day ends at 24:00.",
      provisional: "The holidays of {years} are not published yet: estimated, and counted again once they are.", target: "The text prints no number; this is a target of our own that reminds and accuses nobody.", differs: "The hours and holidays known today would give another result; a clock that has started keeps its limit.",
    },
    doubt: { step: "The server's time jumped by {seconds} s at {since}: the time taken across it is in doubt", offset: "The server's time was off by about {seconds} s from {since}: what was judged meanwhile is in doubt", until: "until {until}", still: "it still is" },
    if: {
      title: "What if", help: "If a lead or directive came at a moment: when it would be due, and why. Nothing is recorded.", clock: "What", at: "When (Beijing time)", court: "Which court", ask: "Work it out", due: "Due", warnings: "Warnings: {times}",
      case: { C4: "Urgent lead: send a team", C5: "Lead not urgent: have it checked", C6: "Directive from above: send a team", C1: "Directive from above: the desk answers", C7: "Completed: written report", C2: "Lead: register and report", C3: "Leader decided: order out", C8: "Own debtor held elsewhere: depart to fetch" },
      none: { no_rulebook: "The court had adopted no rules by that day: nothing is due.", no_limit: "The rules of that court set no limit for this." },
    },
  },
};
