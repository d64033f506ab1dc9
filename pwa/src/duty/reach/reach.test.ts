import { expect, test } from "vitest";
import { callEntry, delivery, device, linkTest, phone } from "@/testing/deliveries";
import { liQiang, zhaoMin } from "@/testing/orders";
import { dark, darkGroups, lastTest, linesOf, remedies, running } from "./phones";
import { follow, goOn } from "./queue";

const zhao = callEntry({ id: "zhao" });
const li = callEntry({ id: "li", user: liQiang });
const noon = Date.parse("2026-11-22T04:00:00.000Z");

test("the person in hand stays in hand while the list moves, even when another comes first", () => {
  const begun = follow({ current: null, gone: false }, [zhao, li]);
  expect(begun.current?.delivery.id).toBe("zhao");
  expect(follow(begun, [li, zhao])).toEqual({ current: zhao, gone: false });
});

test("a phone that gets the order while it is rung is said; the next person comes only when asked for", () => {
  const left = follow({ current: zhao, gone: false }, [li]);
  expect(left).toEqual({ current: zhao, gone: true });
  expect(goOn(left, [li])).toEqual({ current: li, gone: false });
});

test("after an outcome the next comes; whoever did not answer comes again only when nobody else waits", () => {
  expect(goOn({ current: zhao, gone: false }, [zhao, li]).current?.delivery.id).toBe("li");
  expect(goOn({ current: zhao, gone: false }, [zhao]).current?.delivery.id).toBe("zhao");
  expect(goOn({ current: zhao, gone: false }, [])).toEqual({ current: null, gone: false });
});

test("the dark phones, and what to do about each once", () => {
  const silent = phone({ device_id: "b", can_be_woken: false, obstacles: ["no_push", "never_checked", "notifications_denied", "clock_off"] });
  expect(dark([phone(), silent])).toEqual([silent]);
  expect(remedies(silent)).toEqual(["self_check", "permission", "clock"]);
  const same = phone({ device_id: "c", user: liQiang, can_be_woken: false, obstacles: ["no_push"] });
  const groups = darkGroups([same, silent, { ...same, device_id: "d" }]);
  expect(groups.map((group) => [group.obstacles[0], group.phones.map((one) => one.device_id)])).toEqual([["no_push", ["c", "d"]], ["no_push", ["b"]]]);
});

test.each([["2026-11-02T01:00:00.000Z", 20, false], ["2026-10-22T04:00:00.000Z", 31, false], ["2026-10-21T04:00:00.000Z", 32, true], ["2026-11-22T03:59:00.000Z", 0, false]])(
  "a test of %s was %i days ago; overdue: %s", (started_at, days, overdue) => {
    expect(lastTest([linkTest({ started_at: "2026-01-01T00:00:00.000Z" }), linkTest({ id: "b", started_at })], noon)).toEqual({ days, overdue });
  });

test("a court that never tested has no last test", () => {
  expect(lastTest([], noon)).toBeNull();
});

test("a test runs until it closes, and not one moment longer", () => {
  const one = linkTest({ closes_at: "2026-11-22T04:00:00.000Z" });
  expect([running([one], noon - 1), running([one], noon)]).toEqual([one, null]);
});

test("the report names each phone: silent ones first, then the slowest", () => {
  const started_at = "2026-11-22T04:00:00.000Z";
  const heard = (id: string, seconds: number) => device({ id, device_received_at: new Date(noon + seconds * 1000).toISOString(), channel: "socket" });
  const test_ = linkTest({ deliveries: [
    delivery({ subject_kind: "link_test", started_at, devices: [heard("quick", 0.4), heard("slow", 9)] }),
    delivery({ id: "b", subject_kind: "link_test", user: liQiang, started_at, devices: [device({ id: "silent", trouble: "no_push" })] }),
  ] });
  expect(linesOf(test_).map((line) => [line.id, line.person, line.milliseconds])).toEqual([["silent", liQiang.name, null], ["slow", zhaoMin.name, 9000], ["quick", zhaoMin.name, 400]]);
});
