/** Which calls for help a desk shows and sounds, where the officer is now, and who is nearest. */
import { expect, test } from "vitest";
import type { Emergency, LastKnown, Team } from "@/api/types";
import { isOurs, nearestHelp, pressedBefore, shownAt, sounds, whereabouts, withEmergency } from "./emergencies";

const call = (changes: Partial<Emergency> = {}): Emergency => ({
  id: "e1", revision: 1, kind: "sos", drill: false, state: "open", court: { id: "binchuan", name: "宾川县人民法院" }, user: { id: "zhao", name: "赵敏" },
  team: { id: "t1", name: "快反一组" }, order: null, raised_at: "2026-11-20T18:12:00.000Z", received_at: "2026-11-20T18:12:01.000Z", time_trusted: true,
  place: { longitude: 100.575, latitude: 25.829, accuracy_m: 12, fixed_at: "2026-11-20T18:11:58.000Z" }, battery_percent: 41, note: null, alarmed: ["binchuan"],
  unconfirmed: false, answered_at: null, answered_by: null, safe_at: null, closed_at: null, closed_by: null, result: null, words: null,
  may_end_as: ["safe"], lines: [], ...changes,
});
const fix = (user: string, fixed_at: string, longitude: number): LastKnown => ({
  device_id: `d-${user}-${fixed_at}`, user: { id: user, name: user }, team_id: null, court_id: "binchuan", longitude, latitude: 25.83, accuracy_m: 8, speed_m_s: null,
  heading: null, battery_percent: 39, fixed_at, received_at: fixed_at, source: "pwa",
});
const team = (id: string, user: string, state: Team["state"] = "standby"): Team => ({
  id, revision: 1, court_id: "binchuan", name: id, standby: true, members: [{ user: { id: user, name: user }, duty: "leader" }], device_count: 1, state, directive_id: null,
});

test("the court's own desk sounds until somebody answers, the court above once it was passed on", () => {
  expect(sounds(call(), "binchuan")).toBe(true);
  expect(sounds(call(), "dali")).toBe(false);
  expect(sounds(call({ alarmed: ["binchuan", "dali"] }), "dali")).toBe(true);
  expect(sounds(call({ state: "answered" }), "binchuan")).toBe(false);
  expect(isOurs(call(), "dali")).toBe(false);
});

test("what sounds stands first, real before drill; another court's drill is not shown", () => {
  const rows = [
    call({ id: "answered", state: "answered" }), call({ id: "drill", drill: true, received_at: "2026-11-20T18:00:00.000Z" }),
    call({ id: "real" }), call({ id: "elsewhere", drill: true, court: { id: "xiangyun", name: "祥云" }, alarmed: ["xiangyun"] }),
  ];
  expect(shownAt(rows, "binchuan").map((row) => row.id)).toEqual(["real", "drill", "answered"]);
  expect(shownAt([call()], "dali")).toHaveLength(1);
});

test("a newer revision replaces, an older one does not, an end takes it away", () => {
  const newer = withEmergency([call()], call({ revision: 3, battery_percent: 30 }));
  expect(newer[0]!.battery_percent).toBe(30);
  expect(withEmergency(newer, call({ revision: 2 }))).toBe(newer);
  expect(withEmergency(newer, call({ revision: 4, state: "closed" }))).toEqual([]);
});

test("the newest position of the officer counts, whoever told it; a colleague's does not", () => {
  const fixes = [fix("zhao", "2026-11-20T18:12:30.000Z", 100.6), fix("li", "2026-11-20T18:13:00.000Z", 101)];
  expect(whereabouts(call(), fixes)).toMatchObject({ longitude: 100.6, battery: 39 });
  expect(whereabouts(call(), [fix("zhao", "2026-11-20T17:00:00.000Z", 100.6)])).toMatchObject({ longitude: 100.575, battery: 41 });
  expect(whereabouts(call({ place: null }), [])).toBeNull();
});

test("the nearest help is another team than the officer's", () => {
  const teams = [team("t1", "zhao"), team("t2", "far"), team("t3", "near")];
  const at = "2026-11-20T18:12:00.000Z";
  const fixes = [fix("zhao", at, 100.575), fix("far", at, 100.9), fix("near", at, 100.58)];
  expect(nearestHelp(call(), { longitude: 100.575, latitude: 25.829 }, teams, fixes, Date.parse(at))?.team.id).toBe("t3");
});

test("twelve minutes without network are said", () => {
  expect(pressedBefore(call())).toBeNull();
  expect(pressedBefore(call({ raised_at: "2026-11-20T18:00:01.000Z" }))).toBe(720_000);
});
