export default {
  handover: {
    title: "Handover", print: "Print the handover", print_last: "Print how this shift took over", as_of: "The server cannot be reached; this is as of {time}, and nobody can sign here now.", on_post: "on post since {time}", nobody: "nobody on post",
    next: "Next: {names}, {time}", no_next: "No next shift is planned", no_next_plan: "No next shift is planned; plan one first.", no_roster: "Nobody is on duty, and nothing is planned.", no_roster_plan: "Nobody is on duty, and nothing is planned. Plan it in the roster.",
    overdue: "The handover was due at {time}, {late} ago. Until both have signed, every clock stays with this shift.", first: "Take over", first_why: "Nobody keeps this post now; your signature alone takes it over.", take_over: "Take over and sign",
    not_begun: "The handover has not begun", begin_help: "Once begun, pending and done are listed by the machine; you look over the kit, write a few words, and both sides sign.", wait_begin: "The outgoing shift ({names}) begins it. Then everything you take over is listed here.", begin: "Begin the handover",
    taken: "Handed over at {time}: {out} to {in}.", pending: "{count} pending", frozen: "The list as of the first signature, {time}; what changed since is marked.", since: "since {time}", fresh: "new since", settled: "settled", no_title: "(not for you to read)", nothing_pending: "Nothing is pending.",
    kind: { clock: "Clock", untriaged: "Lead to triage", unanswered: "Directive to acknowledge", open: "To do" },
    done: "{count} done in this shift", all_done: "All {count}", nothing_done: "Nothing was done in this shift yet.",
    act: {
      lead: { register: "Registered a lead", triage: "Triaged", report: "Reported to the leader", close: "Closed a lead" },
      directive: { issue: "Issued an order", acknowledge: "Acknowledged a directive", acknowledge_for: "Acknowledged for the team", complete: "Completed", feedback: "Wrote feedback", accept_feedback: "Accepted feedback", withdraw: "Withdrew an order", cancel: "Called a team back" },
    },
    kit: { title: "Kit", all_fine: "All fine", network: "Network", phone: "Phone", video: "Video", recorder: "Recorder", vehicle: "Vehicle", fine: "fine", faulty: "faulty", unseen: "not looked at", what: "What is wrong, who was told" },
    remarks: "Remarks", remarks_example: "What the next shift must know", no_remarks: "No remarks.", saving: "Saving…", unsaved: "Saved when you leave the field", kept: "Saved",
    sign: {
      title: "Two signatures", outgoing: "Outgoing", incoming: "Incoming", do_outgoing: "Hand over and sign", do_incoming: "Take over and sign", wait: "waits for {names}", from_desk: "signed {time} at the desk", from_phone: "signed {time} from a phone",
      rule: "The first signature freezes the lists; the second one moves the duty.", until_second: "One signature is missing. Until both stand, every clock stays with the outgoing shift.", for_outgoing: "Nobody of the shift can sign…", for_outgoing_rule: "As the one who leads the duty you sign for them. The reason stands on the paper and in the log.", do_for_outgoing: "Sign for the outgoing shift", on_behalf: "on behalf: {reason}", on_behalf_alone: "on behalf", why: "Why nobody of them can sign", look_again: "The list is not right…", send_back: "Open it again",
    },
    roll: {
      title: "Roll call", start: "Call the roll", rule: "Once a shift at most; 15 minutes to answer, silence only alerts.", by: "{name}, {time} · {answered} of {all} answered", left: "{time} left", answer: "I am here",
      from_phone: "{time} by phone", from_desk: "{time} at the desk", late: "{time}, after 15 minutes", waiting: "not yet", unanswered: "no answer", out_of_contact: "phone out of contact",
    },
  },
};
