/** Short names for the shapes of the wire, taken from the backend's own description (schema.d.ts, `npm run api-types`). */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SignInAnswer = Schemas["SignInAnswer"];
export type EnrolAnswer = Schemas["DeviceEnrolled"];
export type Role =
  | "officer" | "team_leader" | "duty_officer" | "duty_leader" | "liaison" | "commander" | "records_clerk"
  | "system_administrator" | "security_administrator" | "audit_administrator" | "auditor";
export type Me = Omit<Schemas["Me"], "roles"> & { roles: Role[] };

export type Named = Schemas["DirectiveShape.Reference"];
export type Place = Schemas["DirectiveShape.Place"];
export type ClockRow = Schemas["DirectiveShape.ClockRow"];
export type DirectiveKind = Schemas["DirectiveShape.Kind"];
export type DirectiveState = Schemas["DirectiveShape.State"];
export type Member = Schemas["DirectiveShape.MemberShape"];
export type MemberAnswer = Member["answer"];
export type Feedback = Schemas["DirectiveShape.FeedbackShape"];
export type CompletionResult = Feedback["result"];
export type OutsideChannel = Schemas["DirectiveShape.OutsideShape"]["channel"];
/** A step; `received_at` is null only for an act of this phone that the server does not have yet. */
export type Step = Omit<Schemas["DirectiveShape.StepShape"], "received_at"> & { received_at: string | null };
export type Directive = Omit<Schemas["DirectiveShape"], "steps"> & { steps?: Step[] };

export type Notice = Schemas["NoticeShape"];
/** A call for help as desks see it, and the little of it that the officer's own phone shows. */
export type Emergency = Schemas["EmergencyShape"];
export type EmergencyResult = Emergency["may_end_as"][number];
export type PhoneEmergencies = Schemas["Phone"]["emergencies"];
export type MyEmergency = PhoneEmergencies["mine"][number];
export type MyCheckIn = PhoneEmergencies["check_ins"][number];
export type CheckIns = Schemas["CheckInShape"];
export type Shift = Schemas["ShiftShape"];
export type DutyPost = Shift["post"];
export type DutyPerson = Schemas["ShiftShape.DutyPerson"];
export type DutyFunction = DutyPerson["function"];
export type DutyNow = Schemas["DutyNow"];
export type DutyMine = Schemas["DutyMine"];
export type Swap = Schemas["SwapShape"];
export type Handover = Schemas["HandoverShape"];
export type PendingItem = Schemas["HandoverShape.PendingItem"];
export type DoneItem = Schemas["HandoverShape.DoneItem"];
export type KitCheck = Schemas["HandoverShape.KitCheck"];
export type RollCall = Schemas["RollCallShape"];
export type LogEntry = Schemas["DutyLog.LogEntry"];
export type LogPage = Schemas["DutyLog"];
export type DutyNoteCategory = Schemas["DutyLog.NoteCategory"];
export type Lead = Schemas["LeadShape"];
export type Team = Schemas["Board.BoardTeam"];
export type LastKnown = Schemas["Board.LastKnown"];
export type PhoneSnapshot = Omit<Schemas["Phone"], "me"> & { me: Me };
export type BoardSnapshot = Schemas["Board"];
export type LingdaEvent = Omit<Schemas["Feed.FeedEvent"], "data"> & { data: unknown };
export type EventPage = Pick<Schemas["Feed"], "epoch" | "cursor"> & { events: LingdaEvent[] };

/** What awaits an explanation (待说明), in a list and whole; complaints; who saw a lead. */
export type RecordRow = Schemas["RecordList.RecordRow"];
export type RecordShape = Schemas["RecordShape"];
/** What an act on a record answers: the record, or a receipt for whoever may act on it and not read it. */
export type RecordAnswer = Schemas["RecordAnswer"];
export type RecordFact = Schemas["RecordShape.FactShape"];
export type RecordConcerned = Schemas["RecordShape.ConcernedShape"];
export type RecordLine = Schemas["RecordShape.LineShape"];
export type RecordStretch = Schemas["RecordShape.StretchShape"];
export type RecordGround = RecordShape["ground"];
export type Complaint = Schemas["ComplaintShape"];
export type CourtesyScript = Schemas["CourtesyScript"];
export type OnDutyThen = Schemas["WhoList.OnDutyShape"];
export type Viewing = Schemas["ViewingList.ViewingShape"];

/** Where a command was made; WGS-84 degrees, metres. */
export interface Position { longitude: number; latitude: number; accuracy_m: number; fixed_at: string }
export type CommandEnvelope = Schemas["CommandBatch.SignedCommand"];
/** What became of a command; `received_at` is null only when the request itself was refused. */
export type CommandResult = Omit<Schemas["BatchAnswer.CommandResult"], "received_at" | "problem"> & {
  received_at: string | null; problem: Problem | null;
};
export type CommandBatchAnswer = Omit<Schemas["BatchAnswer"], "results"> & { results: CommandResult[] };
type FixForm = Schemas["FixBatch.FixForm"];
export type Fix = Pick<FixForm, "fixed_at" | "longitude" | "latitude"> & Partial<FixForm>;

/** RFC 9457 with a stable code and both languages; the schema's `Problem`, of which only these are relied on. */
export interface Problem {
  status: number; code: string; zh: string; en: string; type?: string; title?: string; detail?: string;
  request_id?: string | null; [extra: string]: unknown;
}

/** The delivery ladder: a thing on its way to a person, whom to ring, which phones can be woken, tests of all phones. */
export type Delivery = Schemas["DeliveryShape"];
export type DeviceDelivery = Delivery["devices"][number];
export type DeliveryAttempt = Delivery["attempts"][number];
export type DeliveryStage = Delivery["state"];
export type Rung = Delivery["rung"];
export type CallOutcome = Delivery["calls"][number]["outcome"];
export type CallList = Schemas["CallList"];
export type CallEntry = CallList["items"][number];
export type ReadinessList = Schemas["ReadinessList"];
export type PhoneReadiness = ReadinessList["items"][number];
export type LinkTest = Schemas["LinkTestShape"];
export type LinkTestList = Schemas["LinkTestList"];
