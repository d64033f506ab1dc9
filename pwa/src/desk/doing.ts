/** What each team is doing, read from its open orders; a team's own event does not say it (as backend/board/views.py). */
import type { Directive, Team } from "@/api/types";

const doing: Partial<Record<Directive["state"], Team["state"]>> = {
  issued: "ordered", delivered: "ordered", acknowledged: "ordered", reported_to_leader: "ordered", dispatched: "moving",
  on_scene: "on_scene", completed: "on_scene", returned: "on_scene",
};
const busiest: Team["state"][] = ["on_scene", "moving", "ordered"];

/** The teams with state and order as the directives now have it: the busiest order of a team counts. */
export function teamsDoing(teams: Team[], directives: Directive[]): Team[] {
  return teams.map((team) => {
    const states = directives.filter((directive) => directive.target_team?.id === team.id)
      .map((directive) => ({ id: directive.id, state: doing[directive.state] }));
    const state = busiest.find((candidate) => states.some((row) => row.state === candidate)) ?? (team.standby ? "standby" : "off");
    const directiveId = states.find((row) => row.state === state)?.id ?? null;
    return team.state === state && team.directive_id === directiveId ? team : { ...team, state, directive_id: directiveId };
  });
}
