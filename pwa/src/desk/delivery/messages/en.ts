export default {
  delivery: {
    covert: "Covert", covert_rule: "Phones stay dark, do not ring, vibrate lightly; no voice call, silent push. For stake-outs and before arrests.", covert_no_call: "Covert: a ringing phone would betray them. Do not call.",
    now: "Now: {rung}", next: "next: {rung} {left}", at_once: "at once",
    rung: { socket: "live page", push: "push", message: "text message", voice: "call", leader: "leader and desk told", commander: "commander told", hand: "to be rung by hand" },
    stage: { emitted: "Sent", pushed: "Pushed", device_received: "Phone got it", displayed: "Shown", opened: "Opened", accepted: "Accepted" }, nothing_yet: "on no phone yet", path: "How far it came", not_yet: "not yet",
    trouble: {
      no_phone: "no phone bound", no_push: "push is off on the phone", push_gone: "the phone's push has ended", push_forbidden: "the push service refuses our key", push_later: "the push service does not answer, trying again", push_refused: "the push was refused", push_unset: "push is not set up here",
      push_too_large: "the push was too long", push_failed: "the push could not be sent",
    },
    channel: { push: "Push", recall: "Recall push", sms: "Text message", voice: "Voice call", wecom: "WeCom", socket: "live page", poll: "polling" },
    sending: { waiting: "waiting to be sent", retried: "trying again (tried {tries}, {reason})", taken: "being sent", sent: "handed over", failed: "failed: {reason}", moot: "no longer needed" },
    reason: {
      no_answer: "the service does not answer", busy: "the service is too busy", ended: "the phone takes no push any more", key: "wrong key or account: tell the system administrator", address: "wrong address: tell the system administrator", nowhere: "no number or channel to send to", stopped: "the system restarts", broken: "the service is broken", refused: "the service refused it",
    },
    resend: "Send again", resent: "Rung once more", called: "I rang…", acknowledge_for: "Acknowledge for them", more: "Each phone", less: "Less", calls: "Calls", sent: "Sendings", devices: "Each phone", by: "{outcome} ({name})",
    outcome: { told: "Told", no_answer: "No answer", busy: "Busy", off: "Switched off", wrong_number: "Wrong number" },
    unanswered: "Received, nobody answered", unanswered_next: "commander told in {left}", unanswered_told: "commander told", has_it: "{people} have it",
    settled: { accepted: "accepted", declined: "cannot go", on_behalf: "acknowledged for them", under_way: "team under way", called_off: "called off", received: "received", closed: "test over" },
  },
};
