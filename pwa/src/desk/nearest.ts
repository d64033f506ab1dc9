/** Whom to send: teams by straight-line distance from a place, with the age of what is known (design.md 7, "whom to send"). */
import type { LastKnown, Team } from "@/api/types";
import { ageBand, ageMs, type AgeBand } from "@/map/ages";
import { distanceM, type Point } from "@/map/distance";
import { freshestByTeam } from "@/map/features";

export interface Candidate {
  team: Team;
  known: LastKnown | null;
  distance: number | null;
  band: AgeBand;
  /** Bound by no order; a team off duty is free too, but comes after those on standby. */
  free: boolean;
}

const readiness: Record<Team["state"], number> = { standby: 0, off: 1, ordered: 2, moving: 2, on_scene: 2 };

/** At 60 km/h a team is 15 km from where it was: such a distance no longer ranks before a fresh one (as geo/nearest.py). */
const STALE_MS = 15 * 60_000;

function staleness(known: LastKnown | null, now: number): number {
  if (!known) return 2;
  return (ageMs(known.fixed_at, now) ?? Infinity) > STALE_MS ? 1 : 0;
}

/** Teams on standby first, then those off duty, then those bound by an order; among them those with a position heard of lately, the nearest first; teams never heard of last. */
export function nearestTeams(place: Point | null, teams: Team[], lastKnown: LastKnown[], now: number): Candidate[] {
  const freshest = freshestByTeam(teams, lastKnown);
  return teams.map((team): Candidate => {
    const known = freshest.get(team.id) ?? null;
    return {
      team, known,
      distance: known && place ? distanceM(known, place) : null,
      band: ageBand(known?.fixed_at, now),
      free: team.state === "standby" || team.state === "off",
    };
  }).sort((one, other) =>
    readiness[one.team.state] - readiness[other.team.state]
    || staleness(one.known, now) - staleness(other.known, now)
    || (one.distance ?? Infinity) - (other.distance ?? Infinity)
    || one.team.name.localeCompare(other.team.name, "zh"));
}
