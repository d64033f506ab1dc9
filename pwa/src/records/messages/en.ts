export default {
  records: {
    title: "Awaiting explanation", short_title: "To explain", of_mine: "About me", for: "What clears you", for_them: "What speaks for them", against: "What speaks against", neutral: "Other facts", none_for: "Nothing was found that clears you; say it in your explanation.", none_against: "Nothing speaks against.",
    clause: "Clause", happened: "Happened", limit: "Limit", started: "Began", stopped: "Done", not_stopped: "not done yet", late_by: "{time} after the limit", in_time: "within the limit", told: "told {time}", not_told: "not told", heard_until: "may explain until {time}", explained: "has explained", released: "found not to be concerned",
    nobody: "Nobody named", explanation: "Explanation", explanation_n: "Explanation {version}", no_explanation: "No explanation yet.", written: "written {time}", arrived: "arrived {time}", untrusted: "the phone's clock was not sure; counted on arrival", your_words: "In your own words", your_words_hint: "Where you were, what you did, why it was not in time. You may add to it; every version stays.",
    explain: "Send the explanation", explain_again: "Add to it", sent: "The explanation has arrived", saved: "The explanation is on the phone and goes out with the network", decision_of: "{name} · {time}", referred_to: "Referred to: {name}", contradicted: "An act within the limit arrived later: whoever decided must look again.", frozen: "Evidence frozen · SHA-256 {digest}",
    calm: "You are asked to explain; this is no penalty.", offline: "No network: the explanation is kept on the phone first.", none_mine: "No record concerns you.", not_here: "This record was not found.", person: "{name}: ", by_system: "system",
    minutes: "{minutes} min", minutes_seconds: "{minutes} min {seconds} s", seconds: "{seconds} s", hours_minutes: "{hours} h {minutes} min", days_hours: "{days} d {hours} h",
    state: { open: "Awaiting explanation", explained: "Explained", reason_accepted: "Reason accepted", decided: "Decided", disproved: "Withdrawn by itself" },
    decision: { not_upheld: "Not upheld", reminder: "Reminder", referred: "Referred" },
    reason: { on_duty: "on duty then", duty_leader: "led the duty then", responsible: "responsible for the order", team_leader: "led the team it was given to", named: "named by a person" },
    ground: {
      misconduct_on_duty: "Misconduct on a call", bad_attitude: "Attitude or way of working", failed_to_report: "Leader not told in time", shirked_or_weak_response: "Passed on, or turned out weakly", abused_coercion: "Coercive measures abused", leaked_secret: "A secret leaked", other: "Other",
      passive_on_superior_directive: "Passive on a superior's directive", passive_on_peer_request: "Passive on a peer's request", passive_on_report_from_below: "Passive on a report from below", absent_from_post: "Directive not answered in time", late_dispatch: "Team sent out late", late_verification: "Check assigned late", late_feedback: "Written report late",
    },
    fact: {
      kept_after_all: "Done in time at {time}; it arrived later.", late_by: "Done at {time}, {amount} after the limit.", not_done: "The limit {time} has passed; not done so far.", calendar_not_published: "The official calendar this limit rests on was not published yet.", warned: "A warning was given at {time}.", not_warned: "The warning of {time} was not given.", took_over_meanwhile: "Had not taken the duty over when it began ({time}).",
      out_of_contact: "The phone was out of contact for {amount} of the limit (from {time}).", in_contact: "The phone was in contact throughout.", was_moving: "Positions show {metres} m of movement within the limit ({count} fixes).", stayed: "Positions show {metres} m of movement within the limit ({count} fixes).", ordered_after_limit: "Order {words} was only given after the limit ({time}).", ordered_late: "Order {words} was given at {time}, {amount} before the limit.",
      not_received: "Order {words} never reached their phone.", received_after: "Order {words} reached their phone only after the limit ({time}).", received: "Order {words} reached their phone at {time}, {amount} before the limit.", clock_not_sure: "The phone says “{act}” at {time}, but its clock was not sure; counted on arrival at {until}.", acted_in_time: "“{act}” at {time}, which arrived at {until}.",
      was_on_duty: "Was on duty then.", was_not_on_duty: "Was not on duty then.", never_viewed: "Had never seen this lead before.", had_viewed: "Saw this lead at {time}.",
    },
    act: { accept: "accept", take_over: "take over", decline: "decline", depart: "depart", arrive: "arrive", complete: "complete", feedback: "report back", note: "note", acknowledge: "acknowledge", other: "act" },
  },
};
