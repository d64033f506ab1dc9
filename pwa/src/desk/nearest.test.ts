import { expect, test } from "vitest";
import { firstTeam, known, team, thirdTeam } from "@/testing/desk";
import { nearestTeams } from "./nearest";

const now = Date.parse("2026-11-20T18:10:30.000Z");
const warehouse = { longitude: 100.62, latitude: 25.86 };
const second = "0193b0a3-0000-7000-8000-000000000002";

test("a free team goes before a nearer busy one; a position of over fifteen minutes and none at all go last; a team off duty comes after those on standby", () => {
  const teams = [
    team({ id: "silent", name: "从未有位置", members: [] }),
    team({ id: "stale", name: "位置太旧", members: [] }),
    team({ id: firstTeam, name: "在途", state: "moving" }),
    team({ id: thirdTeam, name: "远而备勤", members: [] }),
    team({ id: second, name: "近而备勤", members: [] }),
    team({ id: "off", name: "休息", state: "off", members: [] }),
  ];
  const positions = [
    known(),
    known({ device_id: "b", user: null, team_id: second, longitude: 100.6, latitude: 25.8 }),
    known({ device_id: "c", user: null, team_id: thirdTeam, longitude: 100.3, latitude: 25.6 }),
    known({ device_id: "d", user: null, team_id: "stale", longitude: 100.62, latitude: 25.86, fixed_at: "2026-11-20T17:55:00.000Z" }),
  ];
  const found = nearestTeams(warehouse, teams, positions, now);
  expect(found.map((row) => row.team.name)).toEqual(["近而备勤", "远而备勤", "位置太旧", "从未有位置", "休息", "在途"]);
  expect(found[0]).toMatchObject({ band: "live", free: true });
  expect(Math.round((found[0]!.distance ?? 0) / 100)).toBe(70);
  expect(found[3]).toMatchObject({ distance: null, band: "none" });
});
