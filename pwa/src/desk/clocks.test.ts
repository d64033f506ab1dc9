import { describe, expect, test } from "vitest";
import { clockRow } from "@/testing/orders";
import { byWhatBreaksNext, chineseNumber, clauseName, clockTone, passedClause, worstTone } from "./clocks";

const at = (time: string): number => Date.parse(`2026-11-21T${time}+08:00`);
const iso = (time: string): string => new Date(at(time)).toISOString();
const clock = (id: string, started: string, due: string, changes = {}) => clockRow({ id, started_at: iso(started), due_at: iso(due), ...changes });

describe("the list of clocks", () => {
  test("puts the broken clock first, then the doubtful one, then what breaks next", () => {
    const feedback = clock("feedback 0116", "01:47:00", "02:17:00", { state: "breached", breached_at: iso("02:17:00"), clock: "C7" });
    const doubtful = clock("departure 0115", "01:10:00", "02:10:00", { state: "unconfirmed" });
    const departure = clock("departure 0117", "01:40:00", "02:40:00");
    const check = clock("check 0231", "00:10:00", "23:59:59", { clock: "C5" });
    const met = clock("departure 0114", "00:00:00", "01:00:00", { state: "met", stopped_at: iso("00:30:00") });
    const answered = clock("feedback 0110", "00:00:00", "00:30:00", { state: "breached", breached_at: iso("00:30:00"), stopped_at: iso("00:41:00") });
    const order = byWhatBreaksNext([check, departure, met, doubtful, answered, feedback], at("02:21:36")).map((row) => row.id);
    expect(order).toEqual(["feedback 0116", "departure 0115", "departure 0117", "check 0231"]);
  });

  test("puts a rule before a target that is due at the same moment", () => {
    const target = clock("a target", "02:00:00", "02:30:00", { kind: "target" });
    const rule = clock("b rule", "02:00:00", "02:30:00", { kind: "rule" });
    expect(byWhatBreaksNext([target, rule], at("02:01:00")).map((row) => row.id)).toEqual(["b rule", "a target"]);
  });
});

describe("how a clock stands", () => {
  const hour = clock("one hour", "02:00:00", "03:00:00");

  test("is in time, then soon from half of the limit on, then late strictly after it", () => {
    expect(clockTone(hour, at("02:29:59"))).toBe("ok");
    expect(clockTone(hour, at("02:30:00"))).toBe("warn");
    expect(clockTone(hour, at("03:00:00"))).toBe("warn");
    expect(clockTone(hour, at("03:00:00") + 1)).toBe("late");
  });

  test("of two working days is soon only in its last four hours", () => {
    const days = clock("two days", "00:00:00", "23:59:59", { started_at: iso("00:00:00"), due_at: new Date(at("00:00:00") + 48 * 3_600_000).toISOString() });
    expect(clockTone(days, at("00:00:00") + 43 * 3_600_000)).toBe("ok");
    expect(clockTone(days, at("00:00:00") + 44 * 3_600_000)).toBe("warn");
  });

  test("is soon from its first planned warning on", () => {
    const warned = { ...hour, warnings: [{ at: iso("02:50:00"), given: false, clause: null }] };
    expect(clockTone(warned, at("02:49:59"))).toBe("ok");
    expect(clockTone(warned, at("02:50:00"))).toBe("warn");
  });

  test("names the clause whose own number has passed while it still runs", () => {
    const night = { ...hour, warnings: [{ at: iso("02:30:00"), given: true, clause: "BSS-7(1)" }, { at: iso("02:50:00"), given: false, clause: null }] };
    expect(passedClause(night, at("02:29:59"))).toBeNull();
    expect(passedClause(night, at("02:55:00"))).toBe("BSS-7(1)");
    expect(passedClause({ ...night, state: "met" }, at("02:55:00"))).toBeNull();
  });

  test("is the worst of a subject's open clocks", () => {
    const breached = clock("b", "01:00:00", "01:30:00", { state: "breached", breached_at: iso("01:30:00") });
    expect(worstTone([hour, breached], at("02:10:00"))).toBe("late");
    expect(worstTone([clock("c", "01:00:00", "01:30:00", { state: "cancelled" })], at("02:10:00"))).toBe("none");
  });
});

describe("a clause", () => {
  test.each([["BSS-8", "第八条", "Article 8"], ["BSS-7(1)", "第七条（一）", "Article 7(1)"], ["DL-27", "第二十七条", "Article 27"], ["x", "x", "x"]])(
    "%s is called %s and %s", (clause, chinese, english) => {
      expect(clauseName(clause, "zh-CN")).toBe(chinese);
      expect(clauseName(clause, "en")).toBe(english);
    });

  test("numbers are written as articles write them", () => {
    expect([1, 10, 12, 20, 27].map(chineseNumber)).toEqual(["一", "十", "十二", "二十", "二十七"]);
  });
});
