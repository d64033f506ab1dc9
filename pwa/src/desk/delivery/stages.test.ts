import { expect, test } from "vitest";
import { attempt, delivery, device } from "@/testing/deliveries";
import { attemptState, furthestOf, reasonOf, rungNow, stepsOf, unreachableWhy } from "./stages";

const at = (time: string): string => `2026-11-20T${time}.000Z`;

test("the path has the first time of any phone, and says which steps were passed over", () => {
  const first = device({ pushed_at: at("18:10:20"), device_received_at: at("18:10:30") });
  const second = device({ id: "other", device_received_at: at("18:10:25"), displayed_at: at("18:10:26") });
  expect(stepsOf([first, second]).map((step) => [step.stage, step.at, step.skipped])).toEqual([
    ["emitted", null, true], ["pushed", at("18:10:20"), false], ["device_received", at("18:10:25"), false], ["displayed", at("18:10:26"), false], ["opened", null, false], ["accepted", null, false],
  ]);
  expect(furthestOf([first, second])?.stage).toBe("displayed");
  expect(furthestOf([device()])).toBeNull();
});

test("who has no phone, or only phones with trouble, cannot be woken; one good phone is enough", () => {
  expect(unreachableWhy(delivery({ devices: [] }))).toBe("no_phone");
  expect(unreachableWhy(delivery({ devices: [device({ trouble: "no_push" }), device({ id: "b", trouble: "push_gone" })] }))).toBe("no_push");
  expect(unreachableWhy(delivery({ devices: [device({ trouble: "no_push" }), device({ id: "b" })] }))).toBeNull();
});

test("where no gateway takes the message a person rings, and the screen does not claim a message", () => {
  expect(rungNow(delivery({ rung: "message" }))).toBe("hand");
  expect(rungNow(delivery({ rung: "message", attempts: [attempt({ state: "failed" })] }))).toBe("hand");
  expect(rungNow(delivery({ rung: "message", attempts: [attempt()] }))).toBe("message");
  expect(rungNow(delivery({ rung: "push" }))).toBe("push");
});

test("a sending that failed and waits is being tried again; one that never began is waiting", () => {
  expect(attemptState(attempt())).toBe("waiting");
  expect(attemptState(attempt({ tries: 2, code: "timeout" }))).toBe("retried");
  expect(attemptState(attempt({ state: "failed", tries: 5 }))).toBe("failed");
});

test.each([["201", null], [null, null], ["timeout", "no_answer"], ["breaker_open", "no_answer"], ["429", "busy"], ["410", "ended"], ["403", "key"], ["nowhere_to_send", "nowhere"], ["503", "broken"], ["not_the_success_answer", "refused"]])(
  "the channel's word %s means %s", (code, reason) => expect(reasonOf(code)).toBe(reason));
