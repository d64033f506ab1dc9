export default {
  check_in: { title: "Check-ins", off: "None", every: "Every {count} min", by: "set by {name}", due: "due by {time}", missed: "missed", last: "last {time}", waits: "runs once they have left" },
  emergency: {
    title: "Calls for help", drill: "Drill", kind: { sos: "SOS", missed_check_in: "Missed check-in" },
    muted: "The browser keeps the sound off: click anywhere on the page and the alarm will sound.", answer: "Answer", answered: "{name} answered at {time}", unanswered: "Nobody has answered", theirs: "{court} has not answered",
    pressed: "pressed {time}", pressed_before: "pressed {minutes} min ago, received only at {received}", place_age: "position {age}", to_map: "on the map", no_place: "No position", no_place_hint: "the phone gave none",
    battery: "battery", order: "order in hand", no_order: "None", nearest: "nearest team (straight line, {age})", says_safe: "says safe at {time}", more: "Course, close", less: "Fold away", words: "What is being done, how it ended: one sentence",
    note: "Note", close: "Close", result: { safe: "Is safe", helped: "Helped", false_alarm: "False alarm", drill: "Drill over", on_time: "Was on time" }, came: "received {time}",
    line: {
      raise: "{name} called for help", press_again: "{name} pressed again", safe: "{name} is safe", answer: "{name} answered", note: "{name} noted", tell_leaders: "No answer for 30 s: duty leader and commander told", tell_superior: "No answer for 60 s: passed on to {court}",
      close: "{name} closed", miss: "No check-in in time", withdraw: "An on-time check-in arrived later: withdrawn",
    },
  },
};
