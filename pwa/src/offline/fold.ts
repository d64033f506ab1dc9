/** Laying the officer's acts over the server's word, order by order, inside the transaction that changed either. */
import type { IDBPTransaction, StoreNames } from "idb";
import type { Directive, Named } from "@/api/types";
import { withActs, type Act } from "./effects";
import type { OfflineSchema, StoredCommand } from "./schema";

type Writing = IDBPTransaction<OfflineSchema, StoreNames<OfflineSchema>[], "readwrite">;

/** The order as `me` sees it: the server's word with those acts on top that it does not contain yet. */
export function fold(server: Directive, commands: StoredCommand[], me: Named): Directive {
  return withActs(server, commands.filter((command) => isOnTop(command, server)).map(asAct), me);
}

/** Write anew how the orders of some changed commands are shown. */
export async function refold(transaction: Writing, changed: StoredCommand[], me: Named): Promise<void> {
  const directives = transaction.objectStore("directives");
  const commands = await transaction.objectStore("commands").index("by_sequence").getAll();
  for (const id of new Set(changed.map((command) => command.subject_id))) {
    const row = await directives.get(id);
    if (row) await directives.put({ ...row, shown: fold(row.server, commands, me) });
  }
}

/** An act still to be laid over the server's word: it waits, or its receipt names a revision not seen yet. */
function isOnTop(command: StoredCommand, server: Directive): boolean {
  if (command.subject_id !== server.id) return false;
  if (command.state === "queued") return true;
  return command.state === "receipted" && command.result?.result === "applied" && (command.result.revision ?? 0) > server.revision;
}

function asAct(command: StoredCommand): Act {
  const { body } = JSON.parse(command.payload) as { body: Record<string, unknown> };
  return { command_id: command.command_id, type: command.type, made_at: command.made_at, body };
}
