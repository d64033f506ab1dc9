/** The four numbers a commander reads first. */
import type { Team } from "@/api/types";
import type { Board } from "@/desk/board";
import { clockTone, isOpenClock } from "@/desk/clocks";
import { undelivered } from "@/desk/undelivered";

export interface Counts { out: number; late: number; soon: number; undelivered: number }

const away = new Set<Team["state"]>(["moving", "on_scene"]);

/** Teams out, clocks late, clocks soon due, people whose device has not confirmed an order. */
export function counts(board: Board, now: number): Counts {
  const tones = board.clocks.filter(isOpenClock).map((clock) => clockTone(clock, now));
  return {
    out: board.teams.filter((team) => away.has(team.state)).length,
    late: tones.filter((tone) => tone === "late").length,
    soon: tones.filter((tone) => tone === "warn").length,
    undelivered: undelivered(board.deliveries).length,
  };
}
