export default {
  common: {
    product: "Lingda",
    save: "Save", cancel: "Cancel", confirm: "OK", back: "Back", close: "Close", retry: "Try again", loading: "Loading…",
    sign_in: "Sign in", sign_out: "Sign out", account: "Account", password: "Password",
    online: "Online", offline: "No contact", connecting: "Connecting",
    unreachable: "The server cannot be reached. Check the network and try again.", failed: "That did not work. Please try again.",
    first_password_why: "Somebody gave you this first password. Choose one that only you know.", new_password: "New password",
    new_password_help: "At least {count} characters; a few words together are easy to remember.", repeat_password: "The same again", passwords_differ: "The two passwords differ.", save_password: "Save and sign in",
    language: "Language", chinese: "中文", english: "English",
  },
  directive: {
    kind: {
      dispatch: "Dispatch", verify: "Verification", superior: "From superior court", assistance: "Assistance",
      instruction: "Instruction",
    },
    state: {
      drafted: "Draft", issued: "Issued", delivered: "Delivered", acknowledged: "Acknowledged",
      reported_to_leader: "Reported to leader", dispatched: "Departed", on_scene: "On scene", completed: "Done",
      feedback_submitted: "Reported back", accepted: "Accepted", returned: "Returned", objected: "Objected",
      withdrawn: "Withdrawn", superseded: "Replaced", cancelled: "Cancelled",
    },
    urgency: { urgent: "Urgent", normal: "Normal" },
    result: { completed: "Completed", partly: "Partly", not_possible: "Not possible" },
    answer: { pending: "No answer yet", accepted: "Accepted", declined: "Cannot go" },
    basis: { lead: "Lead", directive: "Directive from above", case: "Case", instruction: "Commander's instruction" },
    step: {
      on_behalf: "Recorded by the desk", told: "Recorded by the desk · {channel} · {name}", reported: "Reported to {name} ({channel})", by_child: "Carried out by {name}", by_some_child: "Carried out by the team of a lower order",
      recorded: "recorded {time}", channel: { in_person: "in person", phone: "phone", message: "message", radio: "radio", fax: "fax", letter: "letter" }, came: "{channel} · {name}", sent: "Sent by {channel} · proof: {proof}",
    },
    fetches_debtor: "Fetch the debtor",
    gap: { officers: "Officers still missing: {count}", woman: "Short: a woman officer" },
  },
};
