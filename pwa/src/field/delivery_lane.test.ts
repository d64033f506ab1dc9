/** A desk calls 赵敏's phone: it says at once that it has the call, says what was really on her screen, and rings again when asked. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api, UnreachableError } from "@/api/client";
import type { LingdaEvent } from "@/api/types";
import { userStore } from "@/offline/user_store";
import type { Receipt, Ring } from "@/push/wire";
import { truckOrder, walnutOrder, zhaoMin } from "@/testing/orders";
import { emptyPhone } from "@/testing/phone";
import { DeliveryLane } from "./delivery_lane";
import { phone } from "./state";

let told: Receipt[];
let unsilenced: string[];
let visibility: DocumentVisibilityState;
let network: boolean;

beforeEach(() => {
  emptyPhone();
  [told, unsilenced, visibility, network] = [[], [], "visible", true];
  phone.enrolled = true;
  phone.rungAgain = 0;
  api.csrfToken = "csrf";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  vi.spyOn(api, "post").mockImplementation(async (_path, body) => {
    if (!network) throw new UnreachableError("network");
    told.push(...(body as { items: Receipt[] }).items);
    return {} as never;
  });
});

const lanes: DeliveryLane[] = [];
afterEach(() => lanes.splice(0).forEach((one) => one.stop()));
const lane = () => {
  const made = new DeliveryLane({ store: userStore(zhaoMin.id), userId: zhaoMin.id, unsilence: async (id) => void unsilenced.push(id), hurry: () => undefined });
  made.start();
  lanes.push(made);
  return made;
};
const ring = (cursor: number, changes: Partial<Ring> = {}): LingdaEvent => ({
  cursor, kind: "delivery.ring",
  data: { delivery_id: "d1", subject_kind: "directive", subject_id: walnutOrder, urgency: "urgent", covert: false, again: false, ...changes },
}) as unknown as LingdaEvent;
const stages = (): string[] => told.map((receipt) => `${receipt.subject_id === walnutOrder ? "walnuts" : receipt.subject_kind} ${receipt.stage} ${receipt.channel}`);
const settled = (count: number) => vi.waitFor(() => expect(told).toHaveLength(count));

test("the call is answered at once, once, however often the event comes", async () => {
  const phoneLane = lane();
  await phoneLane.rang(ring(1), "socket");
  await phoneLane.rang(ring(1), "poll");
  await phoneLane.rang(ring(2, { subject_kind: "link_test", subject_id: "test-1" }), "socket");
  await settled(2);
  expect(stages()).toEqual(["walnuts device_received socket", "link_test device_received socket"]);
});

test("called again it rings though silenced; the same event by the feed does not wake it twice", async () => {
  const phoneLane = lane();
  await phoneLane.rang(ring(5, { again: true }), "socket");
  await phoneLane.rang(ring(5, { again: true }), "poll");
  expect([unsilenced, phone.rungAgain]).toEqual([[walnutOrder], 1]);
  await phoneLane.rang(ring(9, { again: true }), "socket");
  expect([unsilenced.length, phone.rungAgain]).toEqual([2, 2]);
  await settled(1);
});

test("what a hidden page would show was not displayed until the page is in front", async () => {
  visibility = "hidden";
  const phoneLane = lane();
  phoneLane.displayed([walnutOrder]);
  phoneLane.arrived([truckOrder]);
  await settled(1);
  expect(told[0]).toMatchObject({ subject_id: truckOrder, stage: "device_received", channel: "poll" });
  visibility = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  await settled(2);
  expect(told[1]).toMatchObject({ subject_id: walnutOrder, stage: "displayed" });
});

test("opening an order says displayed and opened", async () => {
  lane().opened(walnutOrder);
  await settled(2);
  expect(told.map((receipt) => receipt.stage).sort()).toEqual(["displayed", "opened"]);
});

test("without a network it is told at the next contact", async () => {
  network = false;
  const phoneLane = lane();
  await phoneLane.rang(ring(1), "poll");
  await vi.waitFor(() => expect(api.post).toHaveBeenCalled());
  network = true;
  await vi.waitFor(() => {
    phoneLane.backInContact();
    expect(stages()).toEqual(["walnuts device_received poll"]);
  });
});

test("a phone that is not enrolled says nothing: it has no name to say it under", async () => {
  phone.enrolled = false;
  const phoneLane = lane();
  await phoneLane.rang(ring(1), "socket");
  phoneLane.opened(walnutOrder);
  phoneLane.backInContact();
  expect(phone.push).toBe("none");
  expect(api.post).not.toHaveBeenCalled();
});
