export default {
  statistics: {
    from: "From", to: "To", all_courts: "All courts", csv: "Download table (CSV)", step: "Step and limit", started: "Started", outcome: "Outcome", rate: "On time", times: "Time taken (dark: median · light: 95% · line: limit)",
    took: "median {median} · 95% within {p95} · {count} timed", days: "{days} d {clock}", none: "No clock started on these days.", none_timed: "none done yet",
    how: "As of {time}. On time = on time ÷ (on time + late); running, unconfirmed and cancelled ones are left out. Times are from start to stop, each one that happened. Courts only, no persons, no ranking.",
    preset: { this_month: "This month", last_month: "Last month", quarter: "Three months", year: "A year" },
    state: { met: "on time", breached: "late", unconfirmed: "unconfirmed", running: "running", cancelled: "cancelled" },
  },
};
