/** What the command map draws, built from the board's data: teams with an age, officers, places of leads and orders, and who is bound where. */
import type { ClockRow, Directive, LastKnown, Lead, Team } from "@/api/types";
import { ageBand, ageMs, coarseAge, type Age } from "./ages";
import { Numbers, type MapFeature } from "./differences";
import type { Point } from "./distance";

/** Words the labels need, in the language of the screen. */
export interface MapWords {
  age(age: Age): string;
  teamState(state: Team["state"]): string;
  lead(number: string): string;
  directive(number: string): string;
}

/** The worst thing to be said of a place: how its next clock stands. */
export type PlaceTone = "ok" | "warn" | "late" | "doubt" | "none";

export interface MapContent {
  teams: MapFeature[];
  officers: MapFeature[];
  places: MapFeature[];
  links: MapFeature[];
}

export interface MapInput {
  teams: Team[];
  lastKnown: LastKnown[];
  leads: Lead[];
  directives: Directive[];
  now: number;
  selected: string | null;
  tone(clocks: ClockRow[]): PlaceTone;
  words: MapWords;
}

const ended = new Set(["accepted", "withdrawn", "superseded", "cancelled"]);
const numbers = new Numbers();

/** A point of `Place` when it has one. */
export function pointOf(place: { longitude: number | null; latitude: number | null } | null): Point | null {
  if (place?.longitude == null || place.latitude == null) return null;
  return { longitude: place.longitude, latitude: place.latitude };
}

/** True while somebody still has to do something about the order. */
export function isOpen(directive: Directive): boolean {
  return !ended.has(directive.state);
}

/** The freshest position of each team: a team is where its most recently heard member is. */
export function freshestByTeam(teams: Team[], lastKnown: LastKnown[]): Map<string, LastKnown> {
  const teamOfUser = new Map(teams.flatMap((team) => team.members.map((member) => [member.user.id, team.id] as const)));
  const freshest = new Map<string, LastKnown>();
  for (const known of lastKnown) {
    const team = known.team_id ?? (known.user ? teamOfUser.get(known.user.id) : undefined);
    if (!team) continue;
    const earlier = freshest.get(team);
    if (!earlier || Date.parse(known.fixed_at) > Date.parse(earlier.fixed_at)) freshest.set(team, known);
  }
  return freshest;
}

/** The character inside a team's ring: its number as it is written, or the first character of its name. */
export function teamMark(name: string): string {
  return /[0-9]+|[一二三四五六七八九十]+(?=[组队])/.exec(name)?.[0] ?? name.slice(0, 1);
}

const point = (at: Point): MapFeature["geometry"] => ({ type: "Point", coordinates: [at.longitude, at.latitude] });

function feature(key: string, geometry: MapFeature["geometry"], properties: MapFeature["properties"]): MapFeature {
  return { type: "Feature", id: numbers.of(key), geometry, properties: { key, ...properties } };
}

/** Everything the map shows at `now`; the same input gives the same features, so their difference is what moved. */
export function mapContent(input: MapInput): MapContent {
  const freshest = freshestByTeam(input.teams, input.lastKnown);
  const shown = placesOf(input);
  return {
    teams: input.teams.flatMap((team) => teamFeature(team, freshest.get(team.id), input)),
    officers: officersOf(input, freshest),
    places: shown,
    links: linksOf(input, freshest),
  };
}

function teamFeature(team: Team, known: LastKnown | undefined, input: MapInput): MapFeature[] {
  if (!known) return [];
  const age = input.words.age(coarseAge(ageMs(known.fixed_at, input.now) ?? 0));
  return [feature(`team:${team.id}`, point(known), {
    label: team.name,
    detail: `${input.words.teamState(team.state)} · ${age}`,
    mark: teamMark(team.name),
    band: ageBand(known.fixed_at, input.now),
    selected: input.selected === `team:${team.id}`,
  })];
}

function officersOf(input: MapInput, freshest: Map<string, LastKnown>): MapFeature[] {
  const leading = new Set([...freshest.values()].map((known) => known.device_id));
  return input.lastKnown.filter((known) => !leading.has(known.device_id)).map((known) =>
    feature(`device:${known.device_id}`, point(known), {
      label: known.user?.name ?? "",
      team: known.team_id ?? "",
      band: ageBand(known.fixed_at, input.now),
    }));
}

function placesOf(input: MapInput): MapFeature[] {
  const orders = input.directives.filter((directive) => isOpen(directive) && pointOf(directive.place));
  const answered = new Set(orders.flatMap((directive) => (directive.lead_id ? [directive.lead_id] : [])));
  const leads = input.leads.filter((lead) => lead.state !== "closed" && pointOf(lead.place) && !answered.has(lead.id));
  return [
    ...orders.map((directive) => placeFeature(`directive:${directive.id}`, directive.place, {
      label: directive.title, detail: input.words.directive(directive.number),
      urgent: directive.urgency === "urgent", tone: input.tone(directive.clocks), ordered: true,
    }, input)),
    ...leads.map((lead) => placeFeature(`lead:${lead.id}`, lead.place, {
      label: lead.place?.text || lead.debtor_name || lead.number, detail: input.words.lead(lead.number),
      urgent: lead.triage === "urgent", tone: input.tone(lead.clocks), ordered: false,
    }, input)),
  ];
}

function placeFeature(key: string, place: Lead["place"], properties: MapFeature["properties"], input: MapInput): MapFeature {
  return feature(key, point(pointOf(place) as Point), { ...properties, selected: input.selected === key });
}

/** A dashed line from a team that is under way to the place of its order. */
function linksOf(input: MapInput, freshest: Map<string, LastKnown>): MapFeature[] {
  return input.directives.flatMap((directive) => {
    const known = directive.target_team ? freshest.get(directive.target_team.id) : undefined;
    const target = pointOf(directive.place);
    if (!known || !target || !isOpen(directive) || directive.arrived_at || directive.completed_at) return [];
    const line = [[known.longitude, known.latitude], [target.longitude, target.latitude]];
    return [feature(`link:${directive.id}`, { type: "LineString", coordinates: line }, {
      departed: directive.departed_at !== null,
      band: ageBand(known.fixed_at, input.now),
    })];
  });
}
