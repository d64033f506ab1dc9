/** A person was told by telephone: the order's page opens its form "acknowledge for the team" with their name in it. */
import { shallowRef } from "vue";

export interface BehalfAsked { directiveId: string; toldBy: string; channel: "phone" }

/** Set by whoever asks; taken once by the order's page that can do it. */
export const behalfAsked = shallowRef<BehalfAsked | null>(null);

export function askBehalf(directiveId: string, toldBy: string): void {
  behalfAsked.value = { directiveId, toldBy, channel: "phone" };
}
