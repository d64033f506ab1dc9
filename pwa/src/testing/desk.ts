/** Teams, leads and positions for tests of the desks: fictional people of real courts. */
import type { LastKnown, Lead, Me, Team } from "@/api/types";
import { binchuan, liQiang, zhaoMin } from "./orders";

export const firstTeam = "0193b0a3-0000-7000-8000-000000000001";
export const thirdTeam = "0193b0a3-0000-7000-8000-000000000003";

export function team(changes: Partial<Team> = {}): Team {
  return {
    id: firstTeam, name: "快反一组", court_id: "binchuan", revision: 1, standby: true, device_count: 2, state: "standby", directive_id: null,
    members: [{ user: zhaoMin, duty: "leader" }, { user: liQiang, duty: "officer" }], ...changes,
  };
}

/** A position of 赵敏's phone in 金牛镇. */
export function known(changes: Partial<LastKnown> = {}): LastKnown {
  return {
    device_id: "phone-zhao", user: zhaoMin, team_id: firstTeam, court_id: "binchuan", longitude: 100.58, latitude: 25.83, accuracy_m: 12,
    speed_m_s: null, heading: null, battery_percent: 80, fixed_at: "2026-11-20T18:10:00.000Z", received_at: "2026-11-20T18:10:01.000Z",
    source: "pwa", ...changes,
  };
}

/** An urgent lead about walnuts in a warehouse, received at 02:02 Beijing time. */
export function lead(changes: Partial<Lead> = {}): Lead {
  return {
    id: "0193b0a4-0000-7000-8000-000000000233", number: "（2026）云2924线索233号", revision: 1, state: "triaged", triage: "urgent", kind: "property",
    channel: "police", received_at: "2026-11-20T18:02:17.000Z", registered_at: "2026-11-20T18:03:00.000Z", duty_officer: zhaoMin,
    case_number: "（2026）云2924执118号", legacy_case_number: null, debtor_name: "王某某", content: "仓库内已查封核桃正在装车。",
    place: { text: "金牛镇菜园", longitude: 100.62, latitude: 25.86, accuracy_m: 50 }, chance_from: null, chance_until: null,
    grounds: ["sealed_property_endangered"], risks: [], reported_to: null, reported_at: null, leader_instruction: null, directive_ids: [],
    court_id: "binchuan", clocks: [], has_reporter: true, merged_into_id: null, merged: [], triage_reason: null, debtor_identity_tail: null, result: null, reply: null, closed_at: null,
    ...changes,
  };
}

export function me(changes: Partial<Me> = {}): Me {
  return {
    user: { id: "0193b0a0-0000-7000-8000-0000000000c1", account: "binchuan.commander", name: "段玉" }, court: { ...binchuan, code: "云2924" },
    roles: ["commander"], permissions: ["directive.issue", "directive.receive", "lead.triage"], teams: [], device: null, csrf_token: "token",
    server_time: "2026-11-20T18:10:00.000Z", epoch: "e1", ...changes,
  };
}
