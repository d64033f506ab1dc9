/** The lines of the self-check: each a name, a sentence, and whether it is good. */
import { clock } from "@/time";
import { phone, unsentCount } from "./state";

export interface Check { name: string; value: string; tone: "good" | "soon" | "bad" | "" ; action?: "allow" | "ring" | "enrol" }
type Translate = (key: string, values?: Record<string, unknown>) => string;

const largeOffset = 120;

/** Build the lines from the phone's present state. */
export function checks(t: Translate, soundOn: boolean): Check[] {
  const name = (key: string): string => t(`self_check.${key}`);
  const online = phone.contact === "online";
  return [
    { name: name("connection"), value: name(online ? "connection_online" : "connection_offline"), tone: online ? "good" : "soon" },
    phone.enrolled
      ? { name: name("device"), value: t("self_check.device_enrolled", { name: phone.me?.user.name ?? "" }), tone: "good" }
      : { name: name("device"), value: name("device_not"), tone: "bad", action: "enrol" },
    { name: name("unsent"), value: `${t("self_check.unsent_count", { count: unsentCount.value })} · ${t("self_check.fixes_count", { count: phone.fixesWaiting })}`,
      tone: unsentCount.value > 0 ? "soon" : "good" },
    positionCheck(t),
    { name: name("storage"), value: name(phone.storage.persisted === null ? "storage_unknown" : phone.storage.persisted ? "storage_persisted" : "storage_not_persisted"),
      tone: phone.storage.persisted ? "good" : "soon" },
    clockCheck(t),
    { name: name("battery"), value: phone.batteryPercent === null ? name("battery_unknown") : `${phone.batteryPercent}%`,
      tone: phone.batteryPercent !== null && phone.batteryPercent < 15 ? "bad" : "" },
    { name: name("sound"), value: name(soundOn ? "sound_on" : "sound_off"), tone: soundOn ? "good" : "soon", action: "ring" },
    { name: name("version"), value: __APP_VERSION__, tone: "" },
  ];
}

function positionCheck(t: Translate): Check {
  const name = t("self_check.position");
  if (phone.permission === "granted") {
    return phone.position
      ? { name, value: t("self_check.position_granted", { metres: Math.round(phone.position.accuracy_m) }), tone: "good" }
      : { name, value: t("self_check.position_waiting"), tone: "soon" };
  }
  const action = phone.permission === "unknown" ? "allow" : undefined;
  return { name, value: t(`self_check.position_${phone.permission}`), tone: "bad", action };
}

function clockCheck(t: Translate): Check {
  const { offset, uncertainty } = clock.correction();
  const seconds = Math.abs(offset / 1000).toFixed(1);
  const name = t("self_check.clock");
  if (uncertainty === null) return { name, value: t("self_check.clock_unknown", { seconds }), tone: "soon" };
  const value = t("self_check.clock_offset", { seconds, uncertainty: (uncertainty / 1000).toFixed(1) });
  return { name, value, tone: Math.abs(offset) > largeOffset * 1000 ? "soon" : "good" };
}
