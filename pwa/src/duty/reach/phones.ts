/** Phones as the desk reads them: which stay dark, why, what to do, and the short line of the last self-check; pure. */
import type { LinkTest, PhoneReadiness } from "@/api/types";

export function dark(phones: PhoneReadiness[]): PhoneReadiness[] {
  return phones.filter((phone) => !phone.can_be_woken);
}

const openThePage = new Set(["no_push", "push_gone", "never_checked", "check_is_old"]);
const permissions = new Set(["notifications_denied", "position_denied"]);

/** What is to be done about an obstacle: the key of its words under `reach.remedy`. */
export function remedyOf(obstacle: string): string {
  if (openThePage.has(obstacle)) return "self_check";
  if (permissions.has(obstacle)) return "permission";
  return { push_forbidden: "administrator", no_certificate: "certificate", clock_off: "clock", battery_saver: "battery", storage_not_kept: "install" }[obstacle] ?? "self_check";
}

/** What to do about a phone, each once, the gravest obstacle first. */
export function remedies(phone: PhoneReadiness): string[] {
  return [...new Set(phone.obstacles.map(remedyOf))];
}

export interface DarkGroup { obstacles: string[]; remedies: string[]; phones: PhoneReadiness[] }

/** The dark phones by what stands in their way: what is said and done about them is one. */
export function darkGroups(phones: PhoneReadiness[]): DarkGroup[] {
  const groups = new Map<string, DarkGroup>();
  for (const phone of dark(phones)) {
    const known = groups.get(phone.obstacles.join());
    if (known) known.phones.push(phone);
    else groups.set(phone.obstacles.join(), { obstacles: phone.obstacles, remedies: remedies(phone), phones: [phone] });
  }
  return [...groups.values()];
}

const day = 86_400_000;
/** Courts test their terminals once a month. */
export const testEveryDays = 31;

export interface LastTest { days: number; overdue: boolean }

/** How long ago the newest of these tests was, in whole days; null where there was none. */
export function lastTest(tests: LinkTest[], now: number): LastTest | null {
  const [newest] = [...tests].sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
  if (!newest) return null;
  const days = Math.max(0, Math.floor((now - Date.parse(newest.started_at)) / day));
  return { days, overdue: days > testEveryDays };
}

/** The test that still runs at `now` (epoch ms): another may not begin before its end. */
export function running(tests: LinkTest[], now: number): LinkTest | null {
  return tests.find((test) => Date.parse(test.closes_at) > now) ?? null;
}

export interface PhoneLine { id: string; person: string; label: string; channel: string | null; milliseconds: number | null; trouble: string | null }

/** Each phone of a test, those without an answer first, then the slowest. */
export function linesOf(test: LinkTest): PhoneLine[] {
  const lines = test.deliveries.flatMap((delivery) => delivery.devices.map((device) => ({
    id: device.id, person: delivery.user.name, label: device.label, channel: device.channel, trouble: device.trouble,
    milliseconds: device.device_received_at ? Math.max(0, Date.parse(device.device_received_at) - Date.parse(delivery.started_at)) : null,
  })));
  const slowness = (line: PhoneLine): number => line.milliseconds ?? Number.MAX_SAFE_INTEGER;
  return lines.sort((one, other) => slowness(other) - slowness(one) || one.person.localeCompare(other.person, "zh"));
}
