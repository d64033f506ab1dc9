/** What the phone keeps, store by store. Versions only ever add: an upgrade must never touch what waits to be sent. */
import type { DBSchema, IDBPDatabase } from "idb";
import type { CommandResult, Directive, Fix } from "@/api/types";

/** Where a command stands: waiting, received by the server, to be looked at by the officer, or given up after 3 tries. */
export type CommandState = "queued" | "receipted" | "attention" | "dead";

export interface StoredCommand {
  command_id: string;
  device_id: string;
  sequence: number;
  type: string;
  subject_id: string;
  /** Server-time estimate of the act, as in the payload. */
  made_at: string;
  /** The exact string that was signed and is sent. */
  payload: string;
  /** Null for a desk, whose session and CSRF token vouch for it. */
  signature: string | null;
  state: CommandState;
  /** Failed tries in a row, and the device time (epoch ms) before which it is not tried again. */
  attempts: number;
  next_try_at: number;
  /** Refusals of the whole request that named no known reason; at 3 the command is `dead`. */
  strikes: number;
  /** Answers in a row that were a defect of the server (500.1); absent in commands saved before it was counted. */
  faults?: number;
  result: CommandResult | null;
  /** Epoch of the server that gave the receipt, and when (device time, epoch ms). */
  receipt_epoch: string | null;
  settled_at: number | null;
  /** HTTP status or cause of the last failure, for the self-check page. */
  last_failure: string | null;
  /** When the officer put the entry of 需处理 aside (device time, epoch ms). */
  handled_at: number | null;
}

/** One order: as the server last told it, and as it is shown with the officer's own acts on top. */
export interface StoredDirective { id: string; server: Directive; shown: Directive }
export interface StoredFix extends Fix { key?: number }

export interface OfflineSchema extends DBSchema {
  commands: { key: string; value: StoredCommand; indexes: { by_sequence: number } };
  directives: { key: string; value: StoredDirective };
  meta: { key: string; value: unknown };
  fixes: { key: number; value: StoredFix };
}
export type StoreName = "commands" | "directives" | "meta" | "fixes";

type Step = (database: IDBPDatabase<OfflineSchema>) => void;

/** Step n brings version n−1 to version n. */
export const upgradeSteps: Step[] = [
  (database) => {
    database.createObjectStore("commands", { keyPath: "command_id" }).createIndex("by_sequence", "sequence", { unique: true });
    database.createObjectStore("directives", { keyPath: "id" });
    database.createObjectStore("meta");
    database.createObjectStore("fixes", { keyPath: "key", autoIncrement: true });
  },
];
export const schemaVersion = upgradeSteps.length;
