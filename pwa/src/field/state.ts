/** What the phone's screens show; written by session.ts alone. */
import { computed, reactive } from "vue";
import type { Directive, DutyMine, Me, Notice, Problem, RecordShape } from "@/api/types";
import type { SenderState } from "@/offline/sender";
import type { StoredCommand } from "@/offline/schema";
import type { StorageHealth } from "@/offline/storage_health";
import type { PositionPermission } from "@/positions/sampler";
import type { Reading } from "@/positions/sampling";
import type { Contact } from "@/realtime/feed";
import { asksMe } from "@/deadlines/notices";
import type { PushState } from "@/push/wire";
import { currentTime } from "@/time";
import { alarmFor, isHidden, isOnScene, isOnShift } from "./alarm";
import { listed } from "./order_list";
import { needsAttention, withoutReceipt } from "./ticks";

export interface PhoneState {
  stage: "starting" | "signed_out" | "ready";
  me: Me | null;
  /** Whether this phone is enrolled for the officer; without it one can look and not act. */
  enrolled: boolean;
  orders: Directive[];
  /** Records that concern the officer, open or ended. */
  records: RecordShape[];
  commands: StoredCommand[];
  /** What this officer was told and may still have to take note of. */
  notices: Notice[];
  /** What of the duty is mine: shifts, and swaps, signatures and roll calls that wait for me. */
  duty: DutyMine | null;
  /** The orders were read from the phone or the server at least once. */
  loaded: boolean;
  contact: Contact;
  /** Server-corrected time (epoch ms) of the last contact; null when there was none since the start. */
  contactAt: number | null;
  sender: SenderState;
  signInNeeded: boolean;
  /** Why this phone may act no more, when the desk revoked it. */
  revoked: Problem | null;
  storage: StorageHealth;
  storageDead: boolean;
  silenced: Set<string>;
  /** Called-off orders the officer has read about. */
  noticed: Set<string>;
  position: Reading | null;
  permission: PositionPermission;
  batteryPercent: number | null;
  fixesWaiting: number;
  /** How push stands; null before it was looked at. */
  push: PushState | null;
  /** How often a desk asked this phone to ring once more. */
  rungAgain: number;
  /** When the server last heard what this phone received (server time, epoch ms), and how long that took. */
  lastReceipt: { at: number; milliseconds: number } | null;
}

export const phone = reactive<PhoneState>({
  stage: "starting", me: null, enrolled: false, orders: [], records: [], commands: [], notices: [], duty: null, loaded: false, contact: "connecting", contactAt: null,
  sender: "idle", signInNeeded: false, revoked: null, storage: { persisted: null, usedBytes: null, quotaBytes: null }, storageDead: false,
  silenced: new Set<string>(), noticed: new Set<string>(), position: null, permission: "unknown", batteryPercent: null, fixesWaiting: 0,
  push: null, rungAgain: 0, lastReceipt: null,
});

export const userId = computed(() => phone.me?.user.id ?? "");
export const orderList = computed(() => listed(phone.orders, phone.noticed));
/** Whether a shift of mine runs now. */
export const onShift = computed(() => isOnShift(phone.duty, userId.value, currentTime.value));
/** Whether I lie in wait: nothing on this phone may shine or sound. */
export const hidden = computed(() => isHidden(phone.orders, userId.value));
export const onScene = computed(() => isOnScene(phone.orders, userId.value));
/** A revoked phone does not ring: it could not answer. */
export const alarm = computed(() => phone.revoked ? null : alarmFor(phone.orders, userId.value, phone.silenced, onShift.value));
export const attention = computed(() => needsAttention(phone.commands));
export const unsentCount = computed(() => withoutReceipt(phone.commands).length);
/** Whether an act on a subject is on its way or done: then its button gives way to the ticks. */
export function hasActed(type: string, subjectId: string): boolean {
  return phone.commands.some((command) => command.type === type && command.subject_id === subjectId && (command.state === "queued" || command.state === "receipted"));
}
/** Roll calls that I have not answered. */
export const rollCalls = computed(() => (phone.duty?.roll_calls ?? []).filter((call) => call.closed_at === null || !hasActed("roll_call.answer", call.id)));
/** How much of the duty asks for my thumb. */
export const dutyWaits = computed(() => {
  const { swaps = [], handovers = [], roll_calls = [] } = phone.duty ?? {};
  return swaps.filter((swap) => swap.may.includes("answer") && !hasActed("shift.answer_swap", swap.id)).length
    + handovers.filter((one) => !hasActed("handover.sign", one.id)).length + roll_calls.filter((call) => !hasActed("roll_call.answer", call.id)).length;
});
/** What the officer has taken note of here needs no answer of the server to go out of sight. */
export const noticesForMe = computed(() => {
  const noted = new Set(phone.commands.filter((command) => command.type === "notice.acknowledge").map((command) => command.subject_id));
  // A record has a line of its own there, with the way to explain.
  return asksMe(phone.notices, userId.value).filter((notice) => !noted.has(notice.id) && notice.kind !== "record");
});
