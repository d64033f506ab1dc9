export default {
  reach: {
    calls: "Call list", to_ring: "{count} to be rung", open_calls: "Open the call list", see: "See why", waited: "waiting {time}", number_of: "Telephone of {name}", number_form: "Digits, with +, blanks and dashes", number_saved: "Number saved", account: "WeCom account (optional)", no_number: "no number",
    leader: "Leader {name}", covert_by_leader: "Covert: a ringing phone would betray them. Do not call; tell the leader {name} the agreed way.", keys: "After the call press 1 to 5; the next person follows. Whoever did not answer comes up again after two minutes.", after: "Next", told: "{name} was told by voice; written down.", gone: "A phone has it now, or somebody answered: no call is needed.",
    next: "Next person", done: "Understood", nobody: "Nobody needs to be rung.", as_of: "The server cannot be reached; the list is as of {time}. Ring, and write the outcome when it is back.", not_kept: "The server cannot be reached, and this computer keeps no list.",
    dark: "{count} phones cannot be woken", none_dark: "All {count} phones can be woken", no_phones: "No phone is bound at this court", heard: "last heard {time}", never_heard: "never heard", never_checked: "never checked itself", checked: "checked {time}: {what}",
    obstacle: {
      no_push: "push is off", push_gone: "push has ended", push_forbidden: "the push service refuses our key", never_checked: "never checked itself", notifications_denied: "notifications are forbidden", position_denied: "position is forbidden", clock_off: "the phone's time is wrong", no_certificate: "the court's certificate is not trusted", storage_not_kept: "the system may clear its store",
      battery_saver: "battery saving is not lifted", check_is_old: "last check over 31 days ago",
    },
    remedy: {
      self_check: "Ask the officer to open Lingda and press Self-check.", permission: "Ask the officer to allow notifications and position in the phone's settings, then press Self-check.", administrator: "Ask the system administrator to check the push key.", certificate: "Ask the officer to install and trust the certificate.", clock: "Ask the officer to set the phone's time to automatic.", battery: "Ask the officer to lift battery saving for the browser.",
      install: "Ask the officer to add Lingda to the home screen and open it there.",
    },
    check: {
      push: { ok: "push works", denied: "push refused", unsupported: "no push", timeout: "push did not arrive", failed: "push failed", none: "no push" }, position: { granted: "position allowed", denied: "position forbidden", prompt: "position not asked", unsupported: "no position", unknown: "position unknown" }, round_trip: "push took {seconds} s",
    },
    test: "Link test", test_why: "Once a month: a test goes to every phone of this court, to see which do not answer and who has none. No alarm, nobody is troubled.", test_sure: "A test goes to every phone of this court; answers are counted for ten minutes.", start: "Start a test", start_now: "Start now", runs_until: "Test runs; another after {time}",
    last_test_today: "Last test: {day}, less than a day ago", last_test: "Last test: {day}, {days} days ago", last_test_overdue: "Last test: {day}, {days} days ago; this month's is due", no_test: "This court has never tested", answered: "{received}/{phones} have answered", still_open: "open for {left}", print: "Print the report", printed: "{court}: link test report", waits: "waiting", no_answer: "no answer",
    without: "{count} without a phone", seconds: "{seconds} s", column: { person: "Officer", phone: "Phone", channel: "By way of", time: "Took" }, earlier: "All tests",
  },
};
