import { describe, expect, test } from "vitest";
import type { Notice } from "@/api/types";
import { asksMe, withNotice } from "./notices";

const me = "0193b0a0-0000-7000-8000-0000000000c1";
const recipient = (id: string, acknowledged_at: string | null = null): Notice["recipients"][number] => ({
  user: { id, name: "段玉" }, told_as: ["commander"], acknowledged_at, acknowledged_by: acknowledged_at ? { id, name: "段玉" } : null, told_by_desk: null,
});
const notice = (changes: Partial<Notice>): Notice => ({
  id: "n1", revision: 1, court_id: "binchuan", kind: "clock_warning", subject_kind: "lead", subject_id: "l1", title: "金牛镇", clock_id: "c1", clock: "C4",
  clause: { id: "BSS-8", zh: "…", en: "…" }, due_at: "2026-11-20T18:32:00.000Z", step: 1, passed: null, matter: null, at: "2026-11-20T18:17:00.000Z",
  given_at: "2026-11-20T18:17:01.000Z", settled_at: null, recipients: [recipient(me)], ...changes,
});

describe("which notices ask a person for something", () => {
  test("those given to them, the gravest first and then the newest", () => {
    const rows = [
      notice({ id: "earlier", given_at: "2026-11-20T18:10:00.000Z" }), notice({ id: "later", given_at: "2026-11-20T18:20:00.000Z" }),
      notice({ id: "broken", kind: "clock_breach", given_at: "2026-11-20T18:05:00.000Z" }),
    ];
    expect(asksMe(rows, me).map((row) => row.id)).toEqual(["broken", "later", "earlier"]);
  });
  test("not those of others, nor what is settled or already noted", () => {
    expect(asksMe([
      notice({ recipients: [recipient("somebody")] }), notice({ settled_at: "2026-11-20T18:18:00.000Z" }),
      notice({ recipients: [recipient(me, "2026-11-20T18:18:00.000Z")] }),
    ], me)).toEqual([]);
  });
});

describe("a notice that comes in", () => {
  test("takes the place of its older revision and never of a newer one", () => {
    const first = notice({}), second = notice({ revision: 2, settled_at: "2026-11-20T18:18:00.000Z" });
    expect(withNotice([first], second)).toEqual([second]);
    expect(withNotice([second], first)).toEqual([second]);
  });
  test("pushes the oldest out of a full list", () => {
    expect(withNotice([notice({ id: "old" }), notice({ id: "new" })], notice({ id: "newest" }), 2).map((row) => row.id)).toEqual(["new", "newest"]);
  });
});
