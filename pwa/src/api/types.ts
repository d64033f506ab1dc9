/** Shapes of the wire, by hand from the contract; times are RFC 3339 UTC strings, positions WGS-84 degrees. */

export interface Named { id: string; name: string }
export interface Problem {
  type?: string; title?: string; status: number; code: string; detail?: string; zh: string; en: string; request_id?: string;
  [extra: string]: unknown;
}

export interface Place { text: string; longitude: number | null; latitude: number | null; accuracy_m: number | null }
export interface Position { longitude: number; latitude: number; accuracy_m: number; fixed_at: string }

export type Role =
  | "officer" | "team_leader" | "duty_officer" | "duty_leader" | "liaison" | "commander" | "records_clerk"
  | "system_administrator" | "security_administrator" | "audit_administrator" | "auditor";

export interface Me {
  user: { id: string; account: string; name: string };
  court: { id: string; name: string; code: string };
  roles: Role[];
  permissions: string[];
  teams: Named[];
  device: { id: string; label?: string } | null;
  csrf_token: string;
  server_time: string;
  epoch: string;
}

export interface SignInAnswer {
  state: "signed_in" | "second_factor_required" | "second_factor_setup_required";
  methods: ("totp" | "passkey")[];
  csrf_token: string;
}
export interface EnrolAnswer { device_id: string; user: { id: string; account: string; name: string }; csrf_token: string }

export interface ClockRow {
  id: string; clock: string; clause: string; clause_text: { zh: string; en: string }; rulebook: string;
  kind: "rule" | "target"; subject_kind: "lead" | "directive"; subject_id: string; court_id: string; title: string;
  started_at: string; due_at: string; regime: "working" | "off_hours" | "holiday" | null; provisional: boolean;
  state: "running" | "met" | "breached" | "unconfirmed" | "cancelled"; stopped_at: string | null; breached_at: string | null;
}

export type DirectiveKind = "dispatch" | "verify" | "superior" | "assistance" | "instruction";
export type DirectiveState =
  | "drafted" | "issued" | "delivered" | "acknowledged" | "reported_to_leader" | "dispatched" | "on_scene" | "completed"
  | "feedback_submitted" | "accepted" | "returned" | "objected" | "withdrawn" | "superseded" | "cancelled";
export type MemberAnswer = "pending" | "accepted" | "declined";
export type CompletionResult = "completed" | "partly" | "not_possible";

export interface Member {
  user: Named; duty: "leader" | "officer" | "driver"; answer: MemberAnswer;
  reason: string | null; answered_at: string | null; device_received_at: string | null;
}
export interface Step {
  id: string; act: string; by: Named | null; occurred_at: string; received_at: string | null; late_sync: boolean;
  text: string | null; position: { longitude: number; latitude: number } | null; result: "applied" | "superseded"; revision: number;
}
export interface Feedback {
  text: string; result: CompletionResult; persons?: string | null; property?: string | null;
  documents_served?: string | null; money_controlled?: string | null; next_step?: string | null;
  [extra: string]: unknown;
}
export interface Directive {
  id: string; number: string; revision: number; kind: DirectiveKind; state: DirectiveState; urgency: "urgent" | "normal";
  title: string; required_action: string; facts: string; basis: { kind: string; id: string; text: string } | null;
  case_number: string | null; legal_basis: string | null; place: Place | null; issuing_court: Named; issuer: Named | null;
  target_court: Named; target_team: Named | null; target_person: Named | null; parent_id: string | null; lead_id: string | null;
  issued_at: string | null; served_at: string | null; acknowledged_at: string | null; departed_at: string | null;
  arrived_at: string | null; completed_at: string | null; feedback_at: string | null; accepted_at: string | null;
  reported_at?: string | null; ended_at: string | null; withdrawn_at?: string | null; reason: string | null; requirements: { officers: number; woman: boolean };
  composition: { complete: boolean; gaps: ("two_officers" | "woman")[] }; responsible: Named | null; members: Member[];
  clocks: ClockRow[]; next_acts: string[]; feedback: Feedback | null; steps?: Step[];
}

export interface Lead {
  id: string; number: string; revision: number;
  state: "received" | "registered" | "reported" | "triaged" | "ordered" | "departed" | "on_scene" | "result"
    | "verification_assigned" | "verified" | "closed";
  triage: "urgent" | "non_urgent" | "inquiry" | "not_ours" | null; kind: "property" | "whereabouts" | "both";
  channel: "phone" | "visit" | "web" | "police" | "grid_worker" | "handler"; received_at: string; registered_at: string | null;
  duty_officer: Named | null; case_number: string | null; legacy_case_number: string | null; debtor_name: string | null;
  content: string; place: Place | null; chance_from: string | null; chance_until: string | null; grounds: string[];
  risks: string[]; reported_to: Named | string | null; reported_at: string | null; leader_instruction: string | null;
  directive_ids: string[]; court_id: string; clocks: ClockRow[]; has_reporter: boolean;
}

export interface Team {
  id: string; name: string; court_id: string; revision: number; members: { user: Named; duty: string }[]; standby: boolean;
  device_count: number; state: "standby" | "ordered" | "moving" | "on_scene" | "off"; directive_id: string | null;
}
export interface LastKnown {
  device_id: string; user: Named | null; team_id: string | null; court_id: string; longitude: number; latitude: number;
  accuracy_m: number; speed_m_s: number | null; heading: number | null; battery_percent: number | null; fixed_at: string;
  received_at: string; source: "pwa" | "osmand" | "owntracks";
}

export interface PhoneSnapshot {
  epoch: string; cursor: number | string; server_time: string; me: Me; directives: Directive[]; teams: Team[];
}
export interface BoardSnapshot {
  epoch: string; cursor: number | string; server_time: string; court: { id: string; name: string; code?: string };
  teams: Team[]; last_known: LastKnown[]; leads: Lead[]; directives: Directive[]; clocks: ClockRow[];
}
export interface LingdaEvent {
  cursor: number | string; kind: string; subject_id: string; revision: number; court_id: string; team_id: string | null;
  at: string; data: unknown;
}
export interface EventPage { epoch: string; cursor: number | string; events: LingdaEvent[] }

export interface CommandEnvelope { payload: string; signature: string | null }
export interface CommandResult {
  command_id: string; result: "applied" | "superseded" | "rejected" | "retry"; subject_id: string; revision: number | null;
  received_at: string | null; applied_at: string | null; problem: Problem | null;
}
export interface CommandBatchAnswer { epoch: string; server_time: string; results: CommandResult[] }

export interface Fix {
  fix_id?: string; fixed_at: string; longitude: number; latitude: number; accuracy_m: number; altitude_m?: number;
  speed_m_s?: number; heading?: number; battery_percent?: number;
}
