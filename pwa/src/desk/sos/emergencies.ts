/** Calls for help as a desk reads them: which stand on its page, which sound, where the officer is now; pure. */
import type { Emergency, LastKnown, Team } from "@/api/types";
import type { Point } from "@/map/distance";
import { nearestTeams, type Candidate } from "../nearest";

/** The list with one in its newest revision; what has ended goes. */
export function withEmergency(rows: Emergency[], row: Emergency): Emergency[] {
  const known = rows.find((one) => one.id === row.id);
  if (known && known.revision > row.revision) return rows;
  const others = rows.filter((one) => one.id !== row.id);
  return row.state === "closed" ? others : [...others, row];
}

/** Whether its court's desk has to answer it: its own, or one it was passed on to. */
export const isOurs = (row: Emergency, courtId: string): boolean => row.alarmed.includes(courtId);
export const sounds = (row: Emergency, courtId: string): boolean => row.state === "open" && isOurs(row, courtId);

/** Those this court's page shows, what nobody answered first, real before drill, then the oldest; another court's drills are its own. */
export function shownAt(rows: Emergency[], courtId: string): Emergency[] {
  const rank = (row: Emergency): number => (sounds(row, courtId) ? 0 : 2) + (row.drill ? 1 : 0);
  return rows.filter((row) => row.state !== "closed" && (!row.drill || row.court.id === courtId))
    .sort((one, other) => rank(one) - rank(other) || one.received_at.localeCompare(other.received_at));
}

/** Where the officer was last: what the call said, or a position that came after it. */
export interface Whereabouts extends Point { fixedAt: string; accuracy: number | null; battery: number | null }

export function whereabouts(row: Emergency, lastKnown: LastKnown[]): Whereabouts | null {
  const told = row.place && {
    longitude: row.place.longitude, latitude: row.place.latitude, fixedAt: row.place.fixed_at ?? row.raised_at, accuracy: row.place.accuracy_m,
    battery: row.battery_percent,
  };
  const seen = lastKnown.filter((one) => one.user?.id === row.user.id).map((one) => ({
    longitude: one.longitude, latitude: one.latitude, fixedAt: one.fixed_at, accuracy: one.accuracy_m, battery: one.battery_percent ?? row.battery_percent,
  }));
  return [...(told ? [told] : []), ...seen].sort((one, other) => other.fixedAt.localeCompare(one.fixedAt))[0] ?? null;
}

/** The team to send: the nearest by the desk's own order of teams, never the officer's. */
export function nearestHelp(row: Emergency, at: Point | null, teams: Team[], lastKnown: LastKnown[], now: number): Candidate | null {
  const others = teams.filter((team) => team.id !== row.team?.id && !team.members.some((member) => member.user.id === row.user.id));
  return nearestTeams(at, others, lastKnown, now).find((candidate) => candidate.distance !== null) ?? null;
}

const cameLateAfter = 60_000;

/** How long before its arrival it was pressed (ms), when that is worth saying: the phone was out of contact. */
export function pressedBefore(row: Emergency): number | null {
  const late = Date.parse(row.received_at) - Date.parse(row.raised_at);
  return late >= cameLateAfter ? late : null;
}
