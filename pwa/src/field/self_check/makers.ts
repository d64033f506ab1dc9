/** Whose phone this is: every maker stops apps in its own way, and only the officer's hand can forbid it. */

export type Maker = "huawei" | "xiaomi" | "oppo" | "vivo" | "samsung" | "iphone" | "other";
export const makers: Maker[] = ["huawei", "xiaomi", "oppo", "vivo", "samsung", "iphone", "other"];

/** How many steps the words have for each maker. */
export const stepsOf: Record<Maker, number> = { huawei: 4, xiaomi: 4, oppo: 4, vivo: 4, samsung: 3, iphone: 4, other: 3 };

/** By name, then by the form of the model: browsers that hide the name still tell the model. */
const signs: [Maker, RegExp][] = [
  ["iphone", /iPhone|iPad|iPod/],
  ["huawei", /HUAWEI|HONOR|HarmonyOS|OpenHarmony|ArkWeb|HMSCore/i],
  ["xiaomi", /Xiaomi|Redmi|MIUI|HyperOS|POCO/i],
  ["oppo", /OPPO|realme|OnePlus|HeyTap|ColorOS/i],
  ["vivo", /vivo|iQOO|OriginOS/i],
  ["samsung", /Samsung|\bSM-[A-Z]\d{3}/i],
  ["huawei", /\b[A-Z]{3}-[A-Z]{2}\d{2}[A-Z]?\b/],
  ["xiaomi", /\b(?:M2\d{3}[0-9A-Z]{2,6}|2\d{3,4}[0-9A-Z]{2,6}C)\b/],
  ["oppo", /\b(?:RMX|CPH)\d{4}\b|\bP[A-Z]{2,3}\d{2,3}0\b/],
  ["vivo", /\bV\d{4}[A-Z]{1,2}\b/],
];

/** From the user agent, and the model where the browser tells it (client hints). */
export function makerOf(userAgent: string, model = ""): Maker {
  return signs.find(([, sign]) => sign.test(model) || sign.test(userAgent))?.[0] ?? "other";
}

interface Hints { getHighEntropyValues?: (names: string[]) => Promise<{ model?: string }> }

/** The maker of this phone, as far as the browser says. */
export async function thisMaker(): Promise<Maker> {
  const hints = (navigator as Navigator & { userAgentData?: Hints }).userAgentData;
  const told = await hints?.getHighEntropyValues?.(["model"]).catch(() => null);
  return makerOf(navigator.userAgent, told?.model);
}
