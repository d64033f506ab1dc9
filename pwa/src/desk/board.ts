/** The picture a desk works on: one snapshot, kept true by events and fixes; pure, so that it can be replayed and tested. */
import type { BoardSnapshot, ClockRow, Delivery, Directive, Emergency, LastKnown, Lead, LingdaEvent, Notice, Team } from "@/api/types";
import type { CourtRow } from "./acts";
import { teamsDoing } from "./doing";
import { withEmergency } from "./sos/emergencies";
import { withNotice } from "@/deadlines/notices";

export interface Board {
  court: BoardSnapshot["court"];
  /** One's own court, those above and those below. */
  courts: CourtRow[];
  teams: Team[];
  lastKnown: LastKnown[];
  leads: Lead[];
  directives: Directive[];
  /** What is on its way to people; what was settled since the snapshot too. */
  deliveries: Delivery[];
  clocks: ClockRow[];
  notices: Notice[];
  emergencies: Emergency[];
}

export function boardOf(snapshot: BoardSnapshot & { courts: CourtRow[] }): Board {
  return {
    court: snapshot.court,
    courts: snapshot.courts,
    teams: snapshot.teams,
    lastKnown: snapshot.last_known,
    leads: snapshot.leads,
    directives: snapshot.directives,
    deliveries: snapshot.deliveries,
    clocks: snapshot.clocks,
    notices: snapshot.notices,
    emergencies: snapshot.emergencies,
  };
}

interface Revised { id: string; revision: number }

/** The list with `row` in it, unless a newer revision is already there (events may arrive late or twice). */
function withRevised<T extends Revised>(rows: T[], row: T): T[] {
  const index = rows.findIndex((candidate) => candidate.id === row.id);
  if (index < 0) return [...rows, row];
  if ((rows[index] as T).revision > row.revision) return rows;
  return rows.map((candidate, position) => (position === index ? row : candidate));
}

/** The clocks with those of one subject replaced by what the subject now says; an order also tells its lead's clock. */
function withClocksOf(clocks: ClockRow[], subjectId: string, rows: ClockRow[]): ClockRow[] {
  const told = new Set(rows.map((row) => row.id));
  return [...clocks.filter((clock) => clock.subject_id !== subjectId && !told.has(clock.id)), ...rows];
}

/** The board after a directive in full (an answer of the server, or an event). */
export function withDirective(board: Board, directive: Directive): Board {
  const directives = withRevised(board.directives, directive);
  if (directives === board.directives) return board;
  return { ...board, directives, teams: teamsDoing(board.teams, directives), clocks: withClocksOf(board.clocks, directive.id, directive.clocks) };
}

/** The board after a lead in full. */
export function withLead(board: Board, lead: Lead): Board {
  const leads = withRevised(board.leads, lead);
  if (leads === board.leads) return board;
  return { ...board, leads, clocks: withClocksOf(board.clocks, lead.id, lead.clocks) };
}

/** A clock on its own: in the list, and wherever an order or a lead shows it. */
function withClock(board: Board, clock: ClockRow): Board {
  const within = <T extends { clocks: ClockRow[] }>(rows: T[]): T[] => rows.map((row) =>
    (row.clocks.some((known) => known.id === clock.id) ? { ...row, clocks: row.clocks.map((known) => (known.id === clock.id ? clock : known)) } : row));
  return {
    ...board, leads: within(board.leads), directives: within(board.directives),
    clocks: [...board.clocks.filter((row) => row.id !== clock.id), clock],
  };
}

/** A team's event says who is in it; what it does and how many phones it has stand on the board. */
function withTeam(board: Board, team: Team): Board {
  const known = board.teams.find((row) => row.id === team.id);
  const whole = { ...known, ...team, device_count: team.device_count ?? known?.device_count ?? 0 };
  return { ...board, teams: teamsDoing(withRevised(board.teams, whole), board.directives) };
}

/** The board after a notice; a picture kept by an older page has no list of them yet. */
export function withNoticeOn(board: Board, notice: Notice): Board {
  return { ...board, notices: withNotice((board as Partial<Board>).notices ?? [], notice) };
}

/** The board after a call for help; a picture kept by an older page has no list of them yet. */
export function withEmergencyOn(board: Board, row: Emergency): Board {
  return { ...board, emergencies: withEmergency((board as Partial<Board>).emergencies ?? [], row) };
}

/** The board after a delivery moved. */
function withDelivery(board: Board, delivery: Delivery): Board {
  const deliveries = withRevised(board.deliveries, delivery);
  return deliveries === board.deliveries ? board : { ...board, deliveries };
}

/** A picture kept by an older page lacks what pages did not show then. */
export function completed(kept: Board): Board {
  return { ...kept, deliveries: (kept as Partial<Board>).deliveries ?? [], emergencies: (kept as Partial<Board>).emergencies ?? [] };
}

/** The board after one event; kinds it does not know change nothing. */
export function applyEvent(board: Board, event: LingdaEvent): Board {
  if (!event.data) return board;
  switch (event.kind) {
    case "directive.changed": return withDirective(board, event.data as Directive);
    case "lead.changed": return withLead(board, event.data as Lead);
    case "delivery.changed": return withDelivery(board, event.data as Delivery);
    case "clock.changed": return withClock(board, event.data as ClockRow);
    case "notice.changed": return withNoticeOn(board, event.data as Notice);
    case "sos.changed": return withEmergencyOn(board, event.data as Emergency);
    case "team.changed": return withTeam(board, event.data as Team);
    default: return board;
  }
}

/** The board after a bundle of fixes; an older fix never moves a device back. */
export function applyFixes(board: Board, fixes: LastKnown[]): Board {
  const known = new Map(board.lastKnown.map((row) => [row.device_id, row]));
  for (const fix of fixes) {
    const earlier = known.get(fix.device_id);
    if (!earlier || Date.parse(fix.fixed_at) >= Date.parse(earlier.fixed_at)) known.set(fix.device_id, fix);
  }
  return { ...board, lastKnown: [...known.values()] };
}
