export default {
  check_in: {
    title: "Check-ins (whole team, departure to completion)", off: "None", minutes: "{count} min", due: "check in by {time}", asks: "Time to check in", missed: "No check-in in time", told: "the command post was alarmed", safe: "I am safe", hold: "Hold: safe",
  },
};
