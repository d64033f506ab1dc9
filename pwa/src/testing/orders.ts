/** Orders, people and courts for tests: fictional officers of real courts. */
import type { ClockRow, Directive } from "@/api/types";

export const binchuan = { id: "binchuan", name: "宾川县人民法院" };
export const xiangyun = { id: "xiangyun", name: "祥云县人民法院" };
export const zhaoMin = { id: "0193b0a0-0000-7000-8000-000000000001", name: "赵敏" };
export const liQiang = { id: "0193b0a0-0000-7000-8000-000000000002", name: "李强" };
export const walnutOrder = "0193b0a1-0000-7000-8000-00000000a117";
export const truckOrder = "0193b0a1-0000-7000-8000-00000000a118";

/** An urgent dispatch to 金牛镇, served at 02:10 Beijing time, to be departed by 02:40. */
export function order(changes: Partial<Directive> = {}): Directive {
  const id = changes.id ?? walnutOrder;
  return {
    id, number: "云2924执指0117", revision: 3, kind: "dispatch", state: "delivered", urgency: "urgent", title: "金牛镇 王某某仓库，核桃正在装车",
    required_action: "控制财产，全程录像，至少两台记录仪。", facts: "申请人电话称查封的核桃正在装车。", basis: { kind: "case", id: null, number: null, text: "（2026）云2924执118号" }, case_number: "（2026）云2924执118号",
    legal_basis: "《民事诉讼法》第二百五十三条", place: { text: "宾川县金牛镇", longitude: 100.5755, latitude: 25.8272, accuracy_m: 50 }, issuing_court: binchuan,
    issuer: { id: "0193b0a0-0000-7000-8000-0000000000c1", name: "段玉" }, target_court: binchuan, target_team: null, target_person: null,
    parent_id: null, lead_id: null, issued_at: "2026-11-20T18:10:00.000Z", served_at: "2026-11-20T18:10:00.000Z", acknowledged_at: null,
    departed_at: null, arrived_at: null, completed_at: null, feedback_at: null, accepted_at: null, ended_at: null, reported_at: null, reason: null,
    requirements: { officers: 2, woman: false }, fetches_debtor: false, covert: false, outside: null, composition: { complete: false, gaps: ["officers"], officers_missing: 2 }, responsible: null,
    members: [zhaoMin, liQiang].map((user, index) => ({
      user, duty: index === 0 ? "leader" : "officer", answer: "pending", reason: null, answered_at: null, device_received_at: null,
    })),
    clocks: [clockRow({ subject_id: id })], next_acts: ["accept", "decline", "note"], feedback: null, steps: [], ...changes,
  };
}

export function clockRow(changes: Partial<ClockRow> = {}): ClockRow {
  return {
    id: "0193b0a2-0000-7000-8000-000000000001", clock: "C6", clause: "BSS-8", clause_text: { zh: "第八条", en: "Article 8" },
    rulebook: "bss_2017", kind: "rule", subject_kind: "directive", subject_id: walnutOrder, court_id: "binchuan", title: "出发",
    started_at: "2026-11-20T18:10:00.000Z", due_at: "2026-11-20T18:40:00.000Z", regime: "off_hours", provisional: false,
    state: "running", stopped_at: null, breached_at: null, warnings: [], ...changes,
  };
}
