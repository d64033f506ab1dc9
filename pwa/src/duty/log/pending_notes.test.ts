import { expect, test } from "vitest";
import type { LogEntry } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { waitingNotes } from "./pending_notes";

const note = (id: string, state: StoredCommand["state"], minute: number, type = "duty_note.write"): StoredCommand => ({
  type, subject_id: id, state, made_at: `2026-03-03T01:${String(minute).padStart(2, "0")}:00.000Z`,
  payload: JSON.stringify({ body: { text: id, category: "other", written_at: `2026-03-03T01:${String(minute).padStart(2, "0")}:00.000Z` } }),
}) as StoredCommand;

test("what waits and what the log does not show yet, the newest first; nothing twice, nothing refused, no calls", () => {
  const commands = [note("kept", "queued", 1), note("sent", "receipted", 5), note("shown", "receipted", 4), note("refused", "attention", 3), note("lead", "queued", 2, "lead.register"), note("old", "receipted", 0)];
  const entries = [{ subject_id: "shown" }] as LogEntry[];
  expect(waitingNotes(commands, entries, Date.parse("2026-03-03T01:01:00Z")).map((one) => [one.id, one.delivered])).toEqual([["sent", true], ["kept", false]]);
});
