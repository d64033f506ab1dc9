/** The timer on the phone: a tap counts at once, with or without network, and never backwards. */
import { expect, test } from "vitest";
import type { MyCheckIn } from "@/api/types";
import type { StoredCommand } from "@/offline/schema";
import { standing, withTaps } from "./state";

const row: MyCheckIn = { directive_id: "o1", minutes: 10, grace_s: 60, due_at: "2026-11-20T18:30:00.000Z", last_at: "2026-11-20T18:20:00.000Z", missed: false };
const tap = (made_at: string, changes: Partial<StoredCommand> = {}): StoredCommand => ({
  command_id: made_at, device_id: "d", sequence: 1, type: "check_in.confirm", subject_id: "o1", made_at, payload: "{}", signature: "s", state: "queued", attempts: 0,
  next_try_at: 0, strikes: 0, result: null, receipt_epoch: null, settled_at: null, last_failure: null, handled_at: null, ...changes,
});
const at = (time: string): number => Date.parse(`2026-11-20T${time}.000Z`);

test("the newest tap that waits moves the timer; an older one, another order's and a settled one do not", () => {
  expect(withTaps(row, [tap("2026-11-20T18:28:00.000Z"), tap("2026-11-20T18:25:00.000Z")]).due_at).toBe("2026-11-20T18:38:00.000Z");
  expect(withTaps(row, [tap("2026-11-20T18:19:00.000Z")])).toBe(row);
  expect(withTaps(row, [tap("2026-11-20T18:28:00.000Z", { subject_id: "o2" })])).toBe(row);
  expect(withTaps(row, [tap("2026-11-20T18:28:00.000Z", { state: "receipted" })])).toBe(row);
  expect(withTaps({ ...row, missed: true }, [tap("2026-11-20T18:35:00.000Z")]).missed).toBe(false);
});

test("counts, says it a minute before, asks when due, and says after the grace that the command post knows", () => {
  expect(standing(row, at("18:28:59"))).toBe("counts");
  expect(standing(row, at("18:29:00"))).toBe("soon");
  expect(standing(row, at("18:30:00"))).toBe("asks");
  expect(standing(row, at("18:31:00"))).toBe("asks");
  expect(standing(row, at("18:31:01"))).toBe("missed");
  expect(standing({ ...row, missed: true }, at("18:00:00"))).toBe("missed");
});
