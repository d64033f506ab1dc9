/** What goes before everything else: calls for help have a sender of their own and wait for nothing. */
import type { StoredCommand } from "@/offline/schema";

export const pressType = "sos.raise";
export const safeType = "sos.safe";

export const isExpress = (command: Pick<StoredCommand, "type">): boolean => command.type === pressType || command.type === safeType;
export const isOrdinary = (command: Pick<StoredCommand, "type">): boolean => !isExpress(command);
/** Again within five seconds at most, as long as it takes. */
export const expressRetry = { first: 500, most: 5_000 };
