/** What an answer, or its absence, means for the commands that wait. Nothing here ever drops one. */
import { ProblemError, UnreachableError } from "@/api/client";
import type { CommandBatchAnswer, CommandResult, Problem } from "@/api/types";
import type { StoredCommand } from "./schema";

export type Failure =
  /** Temporary: keep and try again; `waitSeconds` when the server named a time. */
  | { kind: "retry"; waitSeconds: number | null; told: string }
  /** A defect of the server, perhaps with this command alone: keep and try again, and let the others pass. */
  | { kind: "fault"; told: string }
  /** Nobody is signed in: keep, stop, sign in again. */
  | { kind: "sign_in"; told: string }
  /** The server understood and refuses: the officer must see it. */
  | { kind: "refused"; told: string; problem: Problem | null }
  /** The request itself is not acceptable (too large, unknown): given up after three times, and exportable. */
  | { kind: "unacceptable"; told: string };

const defect = "500.1";
/** A command that met a defect of the server so often is shown to the person, and tried on. */
export const faultsToShow = 5;

/** True while a command waits that the server cannot handle. */
export function isStuck(command: Pick<StoredCommand, "state" | "faults">): boolean {
  return command.state === "queued" && (command.faults ?? 0) >= faultsToShow;
}

/** True when the server says that it failed by a defect of its own. */
export function isDefect(problem: Problem | null | undefined): boolean {
  return problem?.code === defect;
}

const temporaryStatuses = new Set([408, 425, 429]);

/** The class of a failed request. Anything that is not plainly the server's own refusal counts as temporary. */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof UnreachableError) return { kind: "retry", waitSeconds: null, told: error.reason };
  if (!(error instanceof ProblemError)) return { kind: "retry", waitSeconds: null, told: String(error) };
  const told = `HTTP ${error.status}${error.problem ? ` (${error.problem.code})` : ""}`;
  if (isDefect(error.problem)) return { kind: "fault", told };
  if (error.status >= 500 || temporaryStatuses.has(error.status)) {
    return { kind: "retry", waitSeconds: error.retryAfter, told };
  }
  if (error.status === 401) return { kind: "sign_in", told };
  if (error.status === 409 || error.status === 422) return { kind: "refused", told, problem: error.problem };
  return { kind: "unacceptable", told };
}

/** True when this is the server's answer to a batch; a captive portal's JSON is not. */
export function isBatchAnswer(answer: unknown): answer is CommandBatchAnswer {
  const candidate = answer as Partial<CommandBatchAnswer> | null;
  return typeof candidate === "object" && candidate !== null && typeof candidate.epoch === "string" && Array.isArray(candidate.results);
}

export type Verdict = "receipt" | "attention" | "retry";

/** What one result means for its command; a result of an unknown kind is kept and tried again. */
export function verdict(result: CommandResult | undefined): Verdict {
  if (result?.result === "applied" || result?.result === "superseded") return "receipt";
  return result?.result === "rejected" ? "attention" : "retry";
}
