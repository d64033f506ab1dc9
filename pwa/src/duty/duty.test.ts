import { describe, expect, test } from "vitest";
import { lead, me } from "@/testing/desk";
import { clockRow, order } from "@/testing/orders";
import { erased } from "@/offline/erasure";
import type { StoredCommand } from "@/offline/schema";
import { elapsed, inquiryBody, pickUp } from "./call";
import { isTouched, leadBody, leadProblems, newLeadForm } from "./lead_form";
import { answerClock, ownClocks, pendingRegistrations, toAcknowledge, tonight } from "./tonight";

const pickedUpAt = Date.parse("2026-11-20T18:02:17.000Z");
const form = () => newLeadForm("0193b0a4-0000-7000-8000-000000000999", "2026-11-20T18:02:17.000Z");

describe("a call", () => {
  test("is received when it is picked up, however long the typing takes", () => {
    const call = pickUp(pickedUpAt);
    expect(leadBody({ ...call.lead, content: "核桃正在装车" }, null)).toMatchObject({ received_at: "2026-11-20T18:02:17.000Z" });
    expect(elapsed(call.lead.received_at, pickedUpAt + 84_999)).toBe("01:24");
    expect(elapsed(call.lead.received_at, pickedUpAt + 3_723_000)).toBe("1:02:03");
  });

  test("of inquiry is two fields", () => {
    const call = { ...pickUp(pickedUpAt), inquiry: { summary: " 退款进度 ", caller: "" } };
    expect(inquiryBody(call)).toEqual({ received_at: "2026-11-20T18:02:17.000Z", summary: "退款进度", caller: null });
  });
});

describe("the lead form", () => {
  test("says nothing it was not told", () => {
    expect(leadBody({ ...form(), content: "x" }, null)).toEqual({
      received_at: "2026-11-20T18:02:17.000Z", channel: "phone", kind: "property", content: "x", case_number_text: null, debtor_name: null,
      debtor_identity_tail: null, place: null, chance_from: null, chance_until: null, grounds: [], risks: [], reporter: null, triage: null,
    });
  });

  test("carries the reporter only when something was said of one", () => {
    const told = { ...form(), content: "x", reporter: { name: "张警官", phone: "", relation: "", wants_anonymity: true, wants_reply: false } };
    expect(leadBody(told, null)["reporter"]).toEqual({ name: "张警官", phone: null, relation: null, wants_anonymity: true, wants_reply: false });
  });

  test("asks for content always, for a ground only when urgent, and for a name where a point was set", () => {
    expect(leadProblems(form(), null)).toEqual(["content"]);
    expect(leadProblems({ ...form(), content: "x" }, "urgent")).toEqual(["grounds"]);
    expect(leadProblems({ ...form(), content: "x", grounds: ["other"] }, "urgent")).toEqual([]);
    expect(leadProblems({ ...form(), content: "x", place: { text: "", longitude: 100, latitude: 25, accuracy_m: null } }, null)).toEqual(["place"]);
  });

  test("asks again for a telephone or an identity number that cannot be one", () => {
    const wrong = { ...form(), content: "x", debtor_identity_tail: "12a", reporter: { ...form().reporter, phone: "没说" } };
    expect(leadProblems(wrong, null)).toEqual(["identity_tail", "phone"]);
  });

  test("is untouched until something is written; the kind alone is no content", () => {
    expect(isTouched({ ...form(), kind: "both" })).toBe(false);
    expect(isTouched({ ...form(), debtor_name: "王" })).toBe(true);
  });
});

describe("tonight", () => {
  const now = Date.parse("2026-11-21T00:00:00.000Z");

  test("shows what came in the last day or is still open, of this court, newest first", () => {
    const leads = [
      lead({ id: "old closed", received_at: "2026-11-10T00:00:00.000Z", state: "closed" }), lead({ id: "old open", received_at: "2026-11-18T00:00:00.000Z" }),
      lead({ id: "inquiry", received_at: "2026-11-20T23:00:00.000Z", state: "closed", triage: "inquiry" }), lead({ id: "other court", court_id: "xiangyun" }),
    ];
    expect(tonight(leads.slice(1), [...leads, lead({ id: "old open", received_at: "2026-11-01T00:00:00.000Z" })], "binchuan", now).map((row) => row.id)).toEqual(["inquiry", "old open"]);
  });

  test("keeps a registration on top until the board shows it", () => {
    const command = (subject_id: string, state: StoredCommand["state"], type = "lead.register", body: Record<string, unknown> = { content: "核桃" }): StoredCommand => ({
      command_id: subject_id, device_id: "desk-1", sequence: 1, type, subject_id, made_at: "2026-11-20T18:02:17.000Z", signature: null,
      payload: JSON.stringify({ body: { received_at: "2026-11-20T18:02:17.000Z", ...body } }), state, attempts: 0, next_try_at: 0, strikes: 0,
      result: null, receipt_epoch: null, settled_at: null, last_failure: null, handled_at: null,
    });
    const commands = [command("waiting", "queued"), command("delivered", "receipted"), command("refused", "attention"), command("shown", "queued"), command("other", "queued", "directive.note")];
    const pending = pendingRegistrations([...commands, erased(command("may be lost", "attention"))], [lead({ id: "shown" })]);
    expect(pending.map((row) => [row.id, row.refused, row.text])).toEqual([["waiting", false, "核桃"], ["refused", true, "核桃"], ["may be lost", true, ""]]);
    const told = command("told", "queued", "directive.receive_outside", { title: "控制挖掘机" });
    expect(pendingRegistrations([told], []).map((row) => [row.kind, row.text])).toEqual([["directive", "控制挖掘机"]]);
    expect(pendingRegistrations([told], [order({ id: "told" })])).toEqual([]);
  });

  test("asks to acknowledge orders given to this court, the longest waiting first, and none given to a team", () => {
    const from = { kind: "superior" as const, issuing_court: { id: "dali", name: "大理中院" }, members: [] };
    const directives = [
      order({ ...from, id: "second", served_at: "2026-11-20T18:20:00.000Z" }), order({ ...from, id: "first" }), order({ ...from, id: "done", state: "acknowledged" }),
      order({ id: "team", target_team: { id: "t", name: "快反一组" } }), order({ ...from, id: "elsewhere", target_court: { id: "xiangyun", name: "祥云县人民法院" } }),
    ];
    expect(toAcknowledge(directives, me()).map((row) => row.id)).toEqual(["first", "second"]);
  });

  test("shows the clock of an answer once: on the card of its order, not among the others", () => {
    const answer = clockRow({ id: "answer", clock: "C1" });
    const departure = clockRow({ id: "departure" });
    const others = clockRow({ id: "answered elsewhere", clock: "C1", subject_id: "another" });
    const owed = order({ id: "first", clocks: [answer, departure] });
    expect(answerClock(owed)?.id).toBe("answer");
    expect(ownClocks([answer, departure, others], [owed], "binchuan", Date.parse(answer.started_at)).map((row) => row.id).sort()).toEqual(["answered elsewhere", "departure"]);
    expect(answerClock(order({ clocks: [departure] }))).toBeUndefined();
  });
});
