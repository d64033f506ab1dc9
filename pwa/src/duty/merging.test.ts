import { expect, test } from "vitest";
import { lead } from "@/testing/desk";
import { mayBeOneEvent } from "./merging";

test("open leads of the same court are offered, the nearest in time first, and never the lead itself", () => {
  const mine = lead({ id: "mine", received_at: "2026-11-20T18:00:00.000Z" });
  const rows = [
    mine, lead({ id: "far", received_at: "2026-11-20T10:00:00.000Z" }), lead({ id: "near", received_at: "2026-11-20T18:04:00.000Z" }),
    lead({ id: "closed", state: "closed" }), lead({ id: "elsewhere", court_id: "xiangyun" }),
  ];
  expect(mayBeOneEvent(mine, rows).map((row) => row.id)).toEqual(["near", "far"]);
});
