export default {
  outside: {
    court: "Court above", no_court: "The courts above are not known yet: this computer must reach the server once.", channel: "How it came", by: { phone: "Phone", fax: "Fax" }, faxed_at: "Time of the fax (empty: from pick-up)",
    caller: { phone: "Caller's name", fax: "Sender or contact" }, call_back: "Call-back number", issuer_number: "Their number (if any)", title: "Matter (empty: first sentence of what is ordered)", required_action: "What is ordered",
    facts: "Facts", legal_basis: "Legal basis (empty: as shown below)", default_basis: "Working rules of the command centre, Article 6",
    read_back: {
      phone: "Read back", fax: "Called back to check", why: { phone: "Before hanging up, read back action, place, case number and limit, and let the caller confirm. Not done? Register all the same; it is written down as it was.", fax: "Call back and check that the fax is theirs and complete. Not done? Register all the same; it is written down as it was." },
    },
    fetch: "Fetch the debtor", fetch_why: "Our own debtor is held elsewhere and must be fetched.", fetch_rule: "{clause}: set off within 30 minutes of receipt, day and night, holidays too.", urgent: "Urgent",
    register: "Register the directive", clocks: "Registering it counts as answered; the time to depart runs from receipt.",
    problem: {
      caller_name: "Please write who called or sent it.", call_back_number: "Only digits, spaces and + - * ( ).", faxed_at: "Not in the future, not over thirty days ago.", required_action: "Please write what is ordered.", title: "Please write the matter.", facts: "Please write the facts; if none were told, say so.",
    },
  },
};
