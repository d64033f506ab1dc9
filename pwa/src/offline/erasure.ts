/** What a desk forgets as soon as the server has it: a registration says who called, and a shared PC is no place for that (ADR 0005). */
import type { CommandResult } from "@/api/types";
import { clockTime, dayOf } from "@/time/format";
import type { StoredCommand } from "./schema";

/** True for a command of a desk, which has no signature: nothing of it is evidence. */
export const isOfDesk = (command: StoredCommand): boolean => command.signature === null;

/** True when only ids, time and kind are left of a command. */
export const isErased = (command: StoredCommand): boolean => isOfDesk(command) && !("body" in (JSON.parse(command.payload) as object));

/** The command without its words, if it is a desk's; a phone's signed act stays as it is. */
export function erased(command: StoredCommand): StoredCommand {
  if (!isOfDesk(command)) return command;
  const { command_id, sequence, type, subject_id, made_at } = command;
  return { ...command, payload: JSON.stringify({ schema: 1, command_id, sequence, type, subject_id, made_at }) };
}

/** What a person is told of an erased registration that a server restored from a backup may have lost. */
export function mayBeLost(command: StoredCommand, epoch: string): StoredCommand {
  const at = `${dayOf(command.made_at)} ${clockTime(command.made_at)}`;
  const result: CommandResult = {
    command_id: command.command_id, result: "rejected", subject_id: command.subject_id, revision: null, received_at: null, applied_at: null,
    problem: {
      status: 410, code: "410.1", zh: `服务器从备份恢复过，${at} 登记的一条可能已不在。请核对，没有时请重新登记`,
      en: `The server was restored from a backup; what was registered at ${at} may be gone. Look for it, and register it again if it is`,
    },
  };
  return { ...command, state: "attention", result, receipt_epoch: epoch, handled_at: null };
}
