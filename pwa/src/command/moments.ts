/** The night on one bar: what happened when, read from the board itself; nothing is drawn that is not recorded. */
import type { Directive, Lead } from "@/api/types";

export type MomentKind =
  | "lead" | "issued" | "acknowledged" | "departed" | "arrived" | "completed" | "feedback" | "accepted" | "withdrawn" | "breached";

export interface Moment {
  /** Epoch milliseconds. */
  at: number;
  kind: MomentKind;
  /** Key of what it belongs to: `lead:…` or `directive:…`. */
  key: string;
  /** The number people call it by. */
  number: string;
  team: string | null;
}

const directiveMoments: [MomentKind, keyof Directive][] = [
  ["issued", "issued_at"], ["acknowledged", "acknowledged_at"], ["departed", "departed_at"], ["arrived", "arrived_at"],
  ["completed", "completed_at"], ["feedback", "feedback_at"], ["accepted", "accepted_at"],
];

/** Everything between `from` and `until` (epoch ms), oldest first. */
export function moments(leads: Lead[], directives: Directive[], from: number, until: number): Moment[] {
  const found: Moment[] = leads.map((lead) =>
    ({ at: Date.parse(lead.received_at), kind: "lead", key: `lead:${lead.id}`, number: lead.number, team: null }));
  const breaches = new Set<string>();
  for (const directive of directives) {
    const common = { key: `directive:${directive.id}`, number: directive.number, team: directive.target_team?.name ?? null };
    for (const [kind, field] of directiveMoments) {
      const at = directive[field];
      if (typeof at === "string") found.push({ ...common, kind, at: Date.parse(at) });
    }
    if (directive.ended_at && directive.state !== "accepted") {
      found.push({ ...common, kind: "withdrawn", at: Date.parse(directive.ended_at) });
    }
    for (const clock of directive.clocks) {
      if (!clock.breached_at || breaches.has(clock.id)) continue;
      breaches.add(clock.id);
      found.push({ ...common, kind: "breached", at: Date.parse(clock.breached_at) });
    }
  }
  return found.filter((moment) => moment.at >= from && moment.at <= until).sort((one, other) => one.at - other.at);
}

/** A stretch in which a team was out: from departure to completion, or until now. */
export interface Outing { key: string; team: string; from: number; until: number; ended: boolean }

export function outings(directives: Directive[], from: number, until: number): Outing[] {
  return directives.flatMap((directive) => {
    if (!directive.departed_at) return [];
    const begin = Date.parse(directive.departed_at);
    const stop = directive.completed_at ?? directive.ended_at;
    const end = stop ? Date.parse(stop) : until;
    if (end < from || begin > until) return [];
    return [{
      key: `directive:${directive.id}`, team: directive.target_team?.name ?? directive.number,
      from: Math.max(begin, from), until: Math.min(end, until), ended: Boolean(stop),
    }];
  });
}

/** Times of the marks under the bar: whole steps of the clock, at most a dozen (epoch ms; steps divide the hour or the day). */
export function marks(from: number, until: number): number[] {
  const span = until - from;
  const step = [5, 10, 15, 30, 60, 120, 180, 360].map((minutes) => minutes * 60_000).find((candidate) => span / candidate <= 12) ?? 720 * 60_000;
  const list: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) list.push(at);
  return list;
}
