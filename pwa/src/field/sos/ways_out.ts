/** What a phone without network can still do: a text message with coordinates, and a call; pure (ADR 0039). */
import type { Platform } from "../navigation";

export interface Whereabouts { longitude: number; latitude: number; accuracy_m: number; at: number }

/** The link that opens a message that only has to be sent. iOS joins the text by `&`, everybody else by `?`. */
export function smsLink(number: string | null, text: string, platform: Platform): string {
  return `sms:${(number ?? "").replace(/[^+\d]/g, "")}${platform === "ios" ? "&" : "?"}body=${encodeURIComponent(text)}`;
}

export function callLink(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, "")}`;
}

/** Degrees as anybody can type them into a map: latitude first, five places, which is a metre. */
export function coordinates({ longitude, latitude }: { longitude: number; latitude: number }): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}
