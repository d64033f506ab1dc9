/** Which leads may be about the same event as one in hand (A16): open ones of the same court, the nearest in time first. */
import type { Lead } from "@/api/types";

export function mayBeOneEvent(lead: Lead, leads: Lead[]): Lead[] {
  const apart = (other: Lead): number => Math.abs(Date.parse(other.received_at) - Date.parse(lead.received_at));
  return leads
    .filter((other) => other.id !== lead.id && other.court_id === lead.court_id && other.state !== "closed")
    .sort((one, other) => apart(one) - apart(other));
}
