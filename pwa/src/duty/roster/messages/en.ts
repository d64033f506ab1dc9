export default {
  roster: {
    title: "Roster", week_of: "{first} to {last}", before: "‹ Week before", now: "This week", after: "Week after ›", today: "today", mine: "my shift", nobody: "open", plan_here: "Plan a shift on {day}",
    as_of: "The server cannot be reached; this is the roster of {time}, to be read alone.", not_kept: "The server cannot be reached, and this computer has not kept this week.", none: "Nothing is planned for this week yet.", none_plan: "Nothing is planned for this week yet. Plan one shift, or a stretch by a pattern.",
    post: { A: "Post A", B: "Post B", week: "Lead" }, function: { leader: "Duty leader", officer: "Duty officer", technician: "Technician", standby: "Standby" },
    short: { leader: "leads", officer: "duty", technician: "technician", standby: "standby" },
    span: "{begin} – {end}", for_hours: "{begin}, {hours} h", for_days: "{begin}, {days} days", on_day: "{day}., {time}", swapped: "{other} stands in for {name}",
    state: {
      planned: "planned", on_post: "on post", handed_over: "handed over", absent: "nobody came", overdue: "to hand over at {time}, not yet", missed: "nobody took over", on_post_since: "on post since {time}", handed_over_at: "handed over {time}",
    },
    line: { nobody: "Nobody is on post now", people: "{count}", overdue: "{post}: handover due {time}, not done", next: "handover {time}", open: "Open the handover" },
    panel: {
      planned: "Planned", on_post: "Took over", off_post: "Handed over", slip_in: "Print how it took over", slip_out: "Print how it handed over", change: "Change", relieve: "Plan a relief", relieve_why: "For somebody who cannot stay until the end, planned from now on.", absent: "Nobody came", delete: "Delete", delete_sure: "Nobody will keep this time then. Delete it?",
    },
    form: {
      one: "Plan a shift", change: "Change the shift", pattern: "Plan by pattern", pattern_help: "Crews in rotation, one shift after the other; all of them are planned, or none.", post: "Post", begin: "From", end: "Until", choose: "Type a name", desk_needed: "A duty leader or a duty officer is needed.",
      first_day: "From day", last_day: "To day", hand_over: "Handover at", hours: "Hours each", crew: "Crew {number}", add_crew: "Add a crew", drop_crew: "Drop this crew", makes: "{count} shifts in all", plan_all: "Plan {count} shifts",
    },
    swap: {
      title: "Swaps", what: "{asker} asks {substitute} to take {post}, {time}", of_deleted: "{asker} asked {substitute} to stand in (the shift was deleted)", who: "Who stands in", ask: "Ask for a swap", why_not: "Say why",
      approve: "Approve", decline: "Decline", decline_with: "Decline…", agree: "I take it", refuse: "I cannot", withdraw: "Withdraw",
      waits: { leader: "{name} has agreed; waits for the duty leader", substitute: "waits for {name}" },
      state: { asked: "asked", agreed: "agreed", refused: "refused", approved: "approved", declined: "declined", withdrawn: "withdrawn" },
    },
  },
};
