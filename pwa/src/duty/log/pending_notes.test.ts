import { expect, test } from "vitest";
import type { LogEntry } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { waitingNotes } from "./pending_notes";

const note = (id: string, state: StoredCommand["state"], minute: number, type = "duty_note.write"): StoredCommand => ({
  type, subject_id: id, state, made_at: `2026-03-03T01:${String(minute).padStart(2, "0")}:00.000Z`,
  payload: JSON.stringify({ body: { text: id, category: "other", written_at: `2026-03-03T01:${String(minute).padStart(2, "0")}:00.000Z` } }),
}) as StoredCommand;

test("what waits here, the newest first; nothing the log shows, nothing refused or delivered, no calls", () => {
  const commands = [note("kept", "queued", 1), note("given up", "dead", 5), note("shown", "queued", 4), note("refused", "attention", 3), note("lead", "queued", 2, "lead.register"), { ...note("sent", "receipted", 0), payload: "{}" }];
  expect(waitingNotes(commands, [{ subject_id: "shown" }] as LogEntry[]).map((one) => one.id)).toEqual(["given up", "kept"]);
});
