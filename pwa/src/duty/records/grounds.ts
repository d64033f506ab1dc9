/** The grounds a person may rely on, in the order of the texts: BSS-12(1) to (7), DL-16, then what clocks put down. */
import type { RecordGround } from "@/api/types";

export const grounds: { ground: RecordGround; clause: string }[] = [
  { ground: "misconduct_on_duty", clause: "BSS-12(1)" }, { ground: "bad_attitude", clause: "BSS-12(2)" }, { ground: "failed_to_report", clause: "BSS-12(3)" },
  { ground: "shirked_or_weak_response", clause: "BSS-12(4)" }, { ground: "abused_coercion", clause: "BSS-12(5)" }, { ground: "leaked_secret", clause: "BSS-12(6)" },
  { ground: "other", clause: "BSS-12(7)" }, { ground: "passive_on_superior_directive", clause: "DL-16" }, { ground: "passive_on_peer_request", clause: "DL-16" },
  { ground: "passive_on_report_from_below", clause: "DL-16" }, { ground: "absent_from_post", clause: "BSS-6" }, { ground: "late_dispatch", clause: "BSS-8" },
  { ground: "late_verification", clause: "BSS-7(2)" }, { ground: "late_feedback", clause: "BSS-8" },
];
