import { describe, expect, test } from "vitest";
import { amountOf, openFirst } from "./words";

describe("an amount of time", () => {
  test("is said in its two largest units", () => {
    expect(amountOf(45)).toEqual({ key: "seconds", values: { seconds: 45 } });
    expect(amountOf(600)).toEqual({ key: "minutes", values: { minutes: 10 } });
    expect(amountOf(605)).toEqual({ key: "minutes_seconds", values: { minutes: 10, seconds: 5 } });
    expect(amountOf(3_600)).toEqual({ key: "hours_minutes", values: { hours: 1, minutes: 0 } });
    expect(amountOf(90_000)).toEqual({ key: "days_hours", values: { days: 1, hours: 1 } });
    expect(amountOf(0)).toEqual({ key: "seconds", values: { seconds: 0 } });
  });
});

test("records that await something stand first, each group in its order", () => {
  const rows = (["decided", "open", "disproved", "explained"] as const).map((state) => ({ state, contradicted_at: null }));
  expect(openFirst(rows).map((row) => row.state)).toEqual(["open", "explained", "decided", "disproved"]);
  const again = { state: "reason_accepted" as const, contradicted_at: "2026-03-03T01:45:00.000Z" };
  expect(openFirst([...rows, again]).map((row) => row.state)).toEqual(["open", "explained", "reason_accepted", "decided", "disproved"]);
});
