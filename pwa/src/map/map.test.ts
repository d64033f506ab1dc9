import { describe, expect, test } from "vitest";
import { firstTeam, known, lead, team } from "@/testing/desk";
import { liQiang, order } from "@/testing/orders";
import { ageBand, coarseAge } from "./ages";
import { boundsAround } from "./bounds";
import { difference, isEmpty, Numbers, type MapFeature } from "./differences";
import { distanceM, readableDistance } from "./distance";
import { mapContent, teamMark, type MapInput } from "./features";
import { nearest, nearestWithoutStreets, nearestZoom, zoomApart } from "./near";

const fixedAt = "2026-11-20T18:10:00.000Z";
const start = Date.parse(fixedAt);
const input = (changes: Partial<MapInput> = {}): MapInput => ({
  teams: [team()], lastKnown: [known()], leads: [], directives: [], now: start + 4_000, selected: null, tone: () => "none",
  words: { age: (age) => `${age.unit}${age.count}`, teamState: (state) => state, lead: (number) => number, directive: (number) => number }, ...changes,
});

describe("the age of a position", () => {
  test.each([[59_999, "live"], [60_000, "ageing"], [299_999, "ageing"], [300_000, "lost"]])("after %i ms is %s", (age, band) => {
    expect(ageBand(fixedAt, start + age)).toBe(band);
  });

  test("of a phone whose clock runs ahead is no negative age, and nothing heard is none", () => {
    expect(ageBand(fixedAt, start - 5_000)).toBe("live");
    expect(ageBand(null, start)).toBe("none");
  });

  test("is said in steps that can be read", () => {
    expect([4, 37, 125, 7_300, 200_000].map((seconds) => coarseAge(seconds * 1000))).toEqual([
      { unit: "now", count: 0 }, { unit: "second", count: 30 }, { unit: "minute", count: 2 }, { unit: "hour", count: 2 }, { unit: "day", count: 2 },
    ]);
  });
});

describe("what the map shows", () => {
  test("a team stands where its most recently heard member is; the other member is a dot of its own", () => {
    const old = known({ device_id: "phone-li", user: liQiang, longitude: 100.1, fixed_at: "2026-11-20T18:00:00.000Z" });
    const content = mapContent(input({ lastKnown: [old, known()] }));
    expect(content.teams.map((row) => [row.properties["mark"], row.properties["band"], row.geometry])).toEqual([
      ["一", "live", { type: "Point", coordinates: [100.58, 25.83] }],
    ]);
    expect(content.officers.map((row) => [row.properties["label"], row.properties["band"]])).toEqual([["李强", "lost"]]);
  });

  test("a tracker that names no team still moves the team of its user", () => {
    expect(mapContent(input({ lastKnown: [known({ team_id: null })] })).teams).toHaveLength(1);
  });

  test("a lead under an open order is drawn once, as the order; ended orders and closed leads are not drawn", () => {
    const ordered = lead();
    const directives = [order({ lead_id: ordered.id }), order({ id: "ended", state: "withdrawn" })];
    const leads = [ordered, lead({ id: "free", place: { text: "力角镇", longitude: 100.6, latitude: 25.93, accuracy_m: null } }), lead({ id: "closed", state: "closed" })];
    const keys = mapContent(input({ leads, directives })).places.map((row) => row.properties["key"]);
    expect(keys).toEqual([`directive:${directives[0]!.id}`, "lead:free"]);
  });

  test("a team under way is tied to its place, and no longer once it has arrived", () => {
    const bound = order({ target_team: { id: firstTeam, name: "快反一组" }, departed_at: fixedAt });
    expect(mapContent(input({ directives: [bound] })).links.map((row) => row.properties["departed"])).toEqual([true]);
    expect(mapContent(input({ directives: [{ ...bound, arrived_at: fixedAt }] })).links).toEqual([]);
  });

  test.each([["快反一组", "一"], ["快反12组", "12"], ["机动队", "机"]])("%s is marked %s", (name, mark) => {
    expect(teamMark(name)).toBe(mark);
  });
});

describe("the difference of two pictures", () => {
  const point = (id: number, x: number, band: string): MapFeature =>
    ({ type: "Feature", id, geometry: { type: "Point", coordinates: [x, 25] }, properties: { key: `k${id}`, band } });

  test("moves what moved, changes what changed, adds and removes the rest", () => {
    const before = new Map([point(1, 100, "live"), point(2, 101, "live"), point(3, 102, "live"), point(4, 103, "live")].map((row) => [row.id, row]));
    expect(difference(before, [point(1, 100.5, "live"), point(2, 101, "lost"), point(4, 103, "live"), point(5, 104, "live")])).toEqual({
      add: [point(5, 104, "live")], remove: [3],
      update: [
        { id: 1, newGeometry: { type: "Point", coordinates: [100.5, 25] } },
        { id: 2, addOrUpdateProperties: [{ key: "band", value: "lost" }] },
      ],
    });
  });

  test("of the same picture is empty", () => {
    expect(isEmpty(difference(new Map([[1, point(1, 100, "live")]]), [point(1, 100, "live")]))).toBe(true);
  });

  test("a text id keeps its number", () => {
    const numbers = new Numbers();
    expect([numbers.of("a"), numbers.of("b"), numbers.of("a")]).toEqual([1, 2, 1]);
  });
});

describe("distances", () => {
  test("宾川 to 祥云 is about 40 km in a straight line", () => {
    expect(distanceM({ longitude: 100.575, latitude: 25.827 }, { longitude: 100.554, latitude: 25.474 }) / 1000).toBeCloseTo(39.3, 0);
  });

  test.each([[4, "metre", "0"], [846, "metre", "850"], [996, "kilometre", "1.0"], [9_840, "kilometre", "9.8"], [123_400, "kilometre", "123"]])("%d m is %s %s", (metres, unit, text) => {
    expect(readableDistance(metres)).toEqual({ unit, text });
  });
});

test("a map begins around the court's seat and those below it, or nowhere when none is known", () => {
  const courts = [
    { id: "dali", parent_id: "yunnan", longitude: 100.2, latitude: 25.6 }, { id: "binchuan", parent_id: "dali", longitude: 100.57, latitude: 25.83 },
    { id: "yunnan", parent_id: null, longitude: 102.7, latitude: 25.0 }, { id: "heqing", parent_id: "dali", longitude: null, latitude: null },
  ];
  expect(boundsAround(courts, "dali")?.map((degrees) => Number(degrees.toFixed(2)))).toEqual([99.85, 25.25, 100.92, 26.18]);
  expect(boundsAround(courts, "heqing")).toBeNull();
});

describe("how near the map goes", () => {
  const seat = { longitude: 100.575, latitude: 25.83 };
  const fiveStreetsOn = { longitude: 100.5795, latitude: 25.83 };

  test("for one sign, or signs far apart, not nearer than the county gives bearings", () => {
    expect(nearestZoom([seat], nearestWithoutStreets)).toBe(nearestWithoutStreets);
    expect(nearestZoom([seat, { longitude: 100.46, latitude: 25.71 }], nearestWithoutStreets)).toBe(nearestWithoutStreets);
  });

  test("for a team 450 m from its place, near enough to tell the two apart", () => {
    const zoom = nearestZoom([seat, fiveStreetsOn], nearestWithoutStreets);
    expect(zoom).toBe(zoomApart(seat, fiveStreetsOn));
    expect(zoom).toBeGreaterThan(12.5);
    expect(zoom).toBeLessThanOrEqual(nearest);
  });

  test("two leads at one door do not draw the whole map to that door", () => {
    expect(nearestZoom([seat, seat, { longitude: 100.57501, latitude: 25.83 }], nearestWithoutStreets)).toBe(nearestWithoutStreets);
  });

  test("with streets below, a single sign is shown among its streets", () => {
    expect(nearestZoom([seat], nearest)).toBe(nearest);
  });
});
