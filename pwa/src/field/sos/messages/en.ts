export default {
  sos: {
    key: "Call for help: hold two seconds", key_drill: "Drill: hold two seconds", press: "hold", again: "again", drill: "Drill", hold: "Keep holding; let go to cancel", let_go: "Let go: nothing was sent",
    title: { waiting: "Saved on the phone, on its way", received: "The command post has it", answered: "{name} has answered", closed: "The command post has closed it", not_sent: "The call was not sent" },
    saved: "Saved on the phone", received: "At the command post", not_received: "Not at the command post yet", answered_by: "{name} has answered", not_answered: "Nobody has answered yet",
    not_saved: "The phone could not save the call. Telephone or text at once.", is_drill: "This is a drill",
    place: "Position taken every 3 s · accuracy {metres} m · {age} ago", no_place: "The phone has no position yet; write in the text where you are.", seconds: "{count} s", minutes: "{count} min",
    meanwhile: "You can do this now:", send_sms: "Text the command post", send_sms_any: "Text for help", call_police: "Call 110", call_desk: "Call the post",
    safe: "I am safe", said_safe: "The command post was told that you are safe; it closes the call.", read: "Read", fold: "Fold away and go on",
    sms: {
      head: "[Lingda SOS] {name} ({court}) calls for help at {time}", head_drill: "[DRILL, not an emergency] Lingda: {name} ({court}) tries a call at {time}", place: "position WGS-84 (latitude, longitude) {coordinates}, accuracy {metres} m, measured {time}",
      no_place: "position unknown", battery: "battery {percent}%", order: "on order {number}", joint: "; ",
    },
    drill_title: "SOS", how: "Hold the red circle at the lower right of any page for two seconds, or tap the very top of the screen five times: the command post is told without a sound. A sliding finger or a short loss of contact does not matter; letting go cancels.",
    drill_begin: "Try a drill", drill_on: "Hold the key within a minute: it will be a drill",
  },
};
