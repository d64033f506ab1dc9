/** The tree of courts as a desk needs it. */
import type { CourtRow } from "./acts";

/** Every court above `courtId`, the nearest first: those that may give it directives (DL-8). */
export function courtsAbove(courts: CourtRow[], courtId: string): CourtRow[] {
  const known = new Map(courts.map((court) => [court.id, court]));
  const found: CourtRow[] = [];
  for (let court = known.get(known.get(courtId)?.parent_id ?? ""); court && !found.includes(court); court = known.get(court.parent_id ?? "")) found.push(court);
  return found;
}

/** Every court below `courtId`, at any depth (DL-8: a superior may skip a level), in the order given. */
export function courtsBelow(courts: CourtRow[], courtId: string): CourtRow[] {
  const parents = new Map(courts.map((court) => [court.id, court.parent_id]));
  return courts.filter((court) => {
    for (let above = court.parent_id; above; above = parents.get(above) ?? null) if (above === courtId) return true;
    return false;
  });
}
