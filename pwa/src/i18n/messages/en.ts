export default {
  common: {
    product: "Lingda",
    save: "Save", cancel: "Cancel", confirm: "OK", back: "Back", close: "Close", retry: "Try again", loading: "Loading…",
    sign_in: "Sign in", sign_out: "Sign out", account: "Account", password: "Password",
    online: "Online", offline: "No contact", connecting: "Connecting",
    unreachable: "The server cannot be reached. Check the network and try again.", failed: "That did not work. Please try again.",
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
    gap: { two_officers: "Short: at least two officers", woman: "Short: a woman officer" },
  },
};
