import { describe, expect, test } from "vitest";
import { callProblems, isUntouched, pickUp, placeOf, registrationOf, wholeCall, withPlace, type Call, type KeptCall } from "../call";
import { directiveBody, directiveProblems, newDirectiveForm, titleOf, type DirectiveForm } from "./directive_form";

const pickedUpAt = "2026-11-20T18:02:17.000Z";
const now = Date.parse("2026-11-20T18:03:00.000Z");
const defaults = { court: "dali", legal_basis: "第六条" };
const told = (changes: Partial<DirectiveForm> = {}): DirectiveForm => ({
  ...newDirectiveForm(), caller_name: " 李某某 ", required_action: "立即派员到州城镇控制挖掘机。全程录像。", facts: "申请人报称挖掘机被开走", ...changes,
});

describe("a directive told by telephone", () => {
  test("becomes a command of the nearest court above, received at pick-up, urgent, with the desk's own basis", () => {
    const call: Call = { ...pickUp(Date.parse(pickedUpAt)), kind: "directive", directive: told({ read_back: true }) };
    expect(registrationOf(call, null, defaults)).toEqual({
      type: "directive.receive_outside", subject_id: call.lead.id,
      body: {
        issuing_court_id: "dali", kind: "superior", channel: "phone", caller_name: "李某某", call_back_number: null, read_back: true, issuer_number: null,
        received_at: pickedUpAt, title: "立即派员到州城镇控制挖掘机", required_action: "立即派员到州城镇控制挖掘机。全程录像。", facts: "申请人报称挖掘机被开走",
        legal_basis: "第六条", case_number: null, place: null, urgency: "urgent", fetches_debtor: false,
      },
    });
  });

  test("is of the court chosen, titled and based as written, with its place", () => {
    const place = { text: "州城镇石材厂", longitude: 100.57, latitude: 25.83, accuracy_m: null };
    expect(directiveBody(told({ issuing_court_id: "yunnan", title: "控制挖掘机", legal_basis: "第十条", fetches_debtor: true, place }), defaults, pickedUpAt)).toMatchObject({
      issuing_court_id: "yunnan", title: "控制挖掘机", legal_basis: "第十条", fetches_debtor: true, place,
    });
  });

  test("that was not read back can be registered, and says so", () => {
    expect(directiveProblems(told(), defaults, now)).toEqual([]);
    expect(directiveBody(told(), defaults, pickedUpAt)["read_back"]).toBe(false);
  });

  test("asks for who called, what is ordered and the facts, and for a court while none is known", () => {
    expect(directiveProblems(newDirectiveForm(), { ...defaults, court: "" }, now)).toEqual(["court", "caller_name", "required_action", "facts"]);
    expect(directiveProblems(told({ call_back_number: "没留" }), defaults, now)).toEqual(["call_back_number"]);
    expect(directiveProblems(told({ required_action: "。" }), defaults, now)).toEqual(["title"]);
    expect(directiveProblems(told({ place: { text: "", longitude: 100, latitude: 25, accuracy_m: null } }), defaults, now)).toEqual(["place"]);
  });

  test("takes its title from the first sentence, and none longer than a line", () => {
    expect(titleOf(told({ required_action: "控制车辆；等候增援" }))).toBe("控制车辆");
    expect(titleOf(told({ required_action: "a".repeat(200) }))).toHaveLength(60);
    expect(titleOf(told({ required_action: "Hold car Y.N 12. Then wait" }))).toBe("Hold car Y.N 12");
  });
});

describe("a fax", () => {
  test("is received when it came in, not when somebody took it up; a telephone call knows no other time", () => {
    const faxed_at = "2026-11-20T17:40:00.000Z";
    expect(directiveBody(told({ channel: "fax", faxed_at }), defaults, pickedUpAt)["received_at"]).toBe(faxed_at);
    expect(directiveBody(told({ channel: "phone", faxed_at }), defaults, pickedUpAt)["received_at"]).toBe(pickedUpAt);
    expect(directiveBody(told({ channel: "fax" }), defaults, pickedUpAt)["received_at"]).toBe(pickedUpAt);
  });

  test("has no time in the future, and none that the server would refuse", () => {
    expect(directiveProblems(told({ channel: "fax", faxed_at: "2026-11-20T18:03:01.000Z" }), defaults, now)).toEqual(["faxed_at"]);
    expect(directiveProblems(told({ channel: "fax", faxed_at: "2026-10-21T18:02:59.000Z" }), defaults, now)).toEqual(["faxed_at"]);
    expect(directiveProblems(told({ channel: "fax", faxed_at: "2026-10-21T18:03:00.000Z" }), defaults, now)).toEqual([]);
  });
});

describe("a call of three kinds", () => {
  test("kept by an older page loads with an empty directive, and keeps its words", () => {
    const { kind, lead, inquiry } = pickUp(now);
    const old: KeptCall = { kind, lead: { ...lead, content: "核桃正在装车" }, inquiry };
    expect(wholeCall(old)).toEqual({ ...old, directive: newDirectiveForm() });
    expect(wholeCall({ ...old, directive: { title: "x" } }).directive).toEqual({ ...newDirectiveForm(), title: "x" });
  });

  test("is untouched until a word stands in any of its forms", () => {
    const call = pickUp(now);
    expect(isUntouched({ ...call, directive: { ...call.directive, channel: "fax" } })).toBe(true);
    expect(isUntouched({ ...call, directive: told() })).toBe(false);
    expect(isUntouched({ ...call, inquiry: { summary: "x", caller: "" } })).toBe(false);
  });

  test("has the place of what it is about", () => {
    const place = { text: "州城镇", longitude: 1, latitude: 2, accuracy_m: null };
    const directive = withPlace({ ...pickUp(now), kind: "directive" }, place);
    expect([placeOf(directive), directive.lead.place.text]).toEqual([place, ""]);
    const lead = withPlace(pickUp(now), place);
    expect([placeOf(lead), lead.directive.place.text]).toEqual([place, ""]);
  });

  test("asks only for what its own kind needs", () => {
    expect(callProblems(pickUp(now), null, defaults, now)).toEqual(["content"]);
    expect(callProblems({ ...pickUp(now), kind: "inquiry" }, null, defaults, now)).toEqual(["summary"]);
    expect(callProblems({ ...pickUp(now), kind: "directive", directive: told() }, null, defaults, now)).toEqual([]);
  });
});
