export default {
  command: {
    title: "Command centre", out: "out", late: "late", soon: "soon due", undelivered: "not delivered", to_duty: "Open the duty desk", watch: "To watch", clocks: "Clocks · what breaks next",
    no_clocks: "No clock is running.", reports_waiting: "Reports to accept", leads_waiting: "Leads without an order", teams: "Teams", no_teams: "This court has no team yet.",
    in_hand: "In hand", whom: "Whom to send", nothing_chosen: "Choose a lead, an order or a team on the map or at the left.", direct: "Order a court below", order_team: "Order this team",
    no_picture: "The server cannot be reached and no earlier picture is kept here. Trying again.", hours: "{count} h", span: "Span of time",
    nothing_happened: "Nothing recorded in the last {count} h.",
    moment: { lead: "Call {name}", issued: "Order {name}", acknowledged: "Acknowledged {name}", departed: "Departed {name}", arrived: "On scene {name}", completed: "Done {name}", feedback: "Report {name}", accepted: "Accepted {name}", withdrawn: "Withdrawn {name}", breached: "Late {name}" },
    keys: { next: "next and previous thing that falls due", close: "close", fit: "all in view" },
  },
};
