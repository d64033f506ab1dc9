/** Notes this desk has written and the log does not show yet. */
import type { DutyNoteCategory, LogEntry } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";

export interface WaitingNote { id: string; text: string; category: DutyNoteCategory; written_at: string }

/** The newest first; refused ones are shown by the outbox with the reason, and what the server has is erased here and read in the log. */
export function waitingNotes(commands: StoredCommand[], entries: LogEntry[]): WaitingNote[] {
  const shown = new Set(entries.map((entry) => entry.subject_id));
  return commands.filter((command) => command.type === "duty_note.write" && !shown.has(command.subject_id)
    && (command.state === "queued" || command.state === "dead"))
    .map((command) => {
      const { body } = JSON.parse(command.payload) as { body: { text: string; category: DutyNoteCategory; written_at: string } };
      return { id: command.subject_id, text: body.text, category: body.category, written_at: body.written_at };
    })
    .sort((one, other) => Date.parse(other.written_at) - Date.parse(one.written_at));
}
