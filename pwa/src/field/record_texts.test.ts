import { expect, test } from "vitest";
import type { RecordShape } from "@/api/types";
import { recordState } from "./record_texts";

const me = "0193b0a0-0000-7000-8000-0000000000c1";
const record = (released_at: string | null, decision: RecordShape["decision"]): RecordShape =>
  ({ state: "explained", decision, people: [{ user: { id: "another", name: "段玉" }, released_at: "2026-03-03T01:00:00.000Z" }, { user: { id: me, name: "陈玉" }, released_at }] }) as RecordShape;

test("how a record stands is its decision, else its state, and for whoever was released that alone", () => {
  const t = (key: string): string => key;
  expect(recordState(record(null, "reminder"), me, t)).toBe("records.decision.reminder");
  expect(recordState(record(null, null), me, t)).toBe("records.state.explained");
  expect(recordState(record("2026-03-03T01:40:00.000Z", null), me, t)).toBe("records.released");
});
