/** Directives that came by telephone or fax, and the system's copy that may follow (A13). */
import type { Directive, Me } from "@/api/types";
import { isOpen } from "@/map/features";

/** A directive that was told, and one in the system that may be the same. */
export interface Twins { told: Directive; copy: Directive }

/** True while nobody above can read here what this court reports: it came from outside, and no copy is joined. */
export function isOutside(directive: Directive): boolean {
  return directive.outside !== null && directive.outside.copy_id === null;
}

/** True when they can be one directive: the same courts, the copy newer than the call, open, and nobody sent out on it. */
function canBeOne(told: Directive, copy: Directive, all: Directive[]): boolean {
  return isOutside(told) && copy.outside === null && copy.id !== told.id
    && copy.issuing_court.id === told.issuing_court.id && copy.target_court.id === told.target_court.id
    && ["superior", "assistance", "instruction"].includes(copy.kind) && copy.target_team === null && copy.target_person === null
    && isOpen(copy) && Date.parse(copy.issued_at) >= Date.parse(told.outside?.received_at ?? told.issued_at)
    && !all.some((child) => child.parent_id === copy.id && isOpen(child));
}

/** What this directive may be one with, seen from either side, for whoever may say so; `all` as the board has them. */
export function twinsOf(directive: Directive, all: Directive[], me: Me): Twins[] {
  if (directive.target_court.id !== me.court.id || !me.permissions.includes("directive.receive")) return [];
  return all.flatMap((other) => [{ told: directive, copy: other }, { told: other, copy: directive }])
    .filter(({ told, copy }) => canBeOne(told, copy, all));
}

/** What a telephone dials: the digits of a number as people write it. */
export function dialled(number: string): string {
  return `tel:${number.replace(/[^0-9+*]/g, "")}`;
}
