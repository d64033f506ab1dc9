/** Orders on their way to people, and phones, for tests: 赵敏 has one phone, silent since 02:10 Beijing time. */
import type { CallEntry, Delivery, DeliveryAttempt, DeviceDelivery, LinkTest, PhoneReadiness } from "@/api/types";
import { walnutOrder, zhaoMin } from "./orders";

export function device(changes: Partial<DeviceDelivery> = {}): DeviceDelivery {
  return {
    id: "phone-zhao", label: "Android 14 Pixel", emitted_at: null, pushed_at: null, device_received_at: null, displayed_at: null, opened_at: null, accepted_at: null,
    channel: null, trouble: null, ...changes,
  };
}

export function delivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: "0193b0a6-0000-7000-8000-000000000001", revision: 1, subject_kind: "directive", subject_id: walnutOrder, court_id: "binchuan", user: zhaoMin,
    title: "金牛镇 王某某仓库，核桃正在装车", urgency: "urgent", covert: false, state: "waiting", started_at: "2026-11-20T18:10:00.000Z", received_at: null,
    rung: "socket", next_rung: "push", next_at: "2026-11-20T18:10:15.000Z", settled_at: null, settled_by: null, devices: [device()], attempts: [], calls: [], ...changes,
  };
}

export function attempt(changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt {
  return { id: "a1", rung: "message", channel: "sms", device_id: null, state: "waiting", code: null, tries: 0, at: "2026-11-20T18:11:00.000Z", finished_at: null, ...changes };
}

export function callEntry(changes: Partial<Delivery> = {}, mobile: string | null = "100 0000 0001"): CallEntry {
  return { delivery: delivery({ rung: "message", ...changes }), mobile, leader: null, leader_mobile: null };
}

export function phone(changes: Partial<PhoneReadiness> = {}): PhoneReadiness {
  return { device_id: "phone-zhao", label: "Android 14 Pixel", user: zhaoMin, can_be_woken: true, obstacles: [], heard_at: null, checked_at: null, report: null, ...changes };
}

export function linkTest(changes: Partial<LinkTest> = {}): LinkTest {
  return {
    id: "t1", court_id: "binchuan", started_by: zhaoMin, started_at: "2026-11-02T01:00:00.000Z", closes_at: "2026-11-02T01:10:00.000Z", closed: true, phones: 1, received: 0,
    people_without_phone: [], deliveries: [], ...changes,
  };
}
