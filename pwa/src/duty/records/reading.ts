/** What the forms of records offer to choose from. */
import { api } from "@/api/client";
import type { Lead } from "@/api/types";
import { readLeads, type CourtRow } from "@/desk/acts";
import { courtsBelow } from "@/desk/courts";
import { desk } from "@/desk/session";

/** My court and those below it, where a record may be opened. */
export async function readCourts(): Promise<CourtRow[]> {
  const { items } = await api.get<{ items: CourtRow[] }>("/api/courts");
  const own = desk.me.value?.court.id ?? "";
  return [...items.filter((court) => court.id === own), ...courtsBelow(items, own)];
}

/** The newest leads of my own court. */
export async function readOwnLeads(): Promise<Lead[]> {
  return (await readLeads()).filter((lead) => lead.court_id === desk.me.value?.court.id);
}
