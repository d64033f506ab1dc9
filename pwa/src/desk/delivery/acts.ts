/** What a desk may do about a delivery, one function each: send again, write down a call, set a number, test every phone. */
import { api } from "@/api/client";
import type { CallList, CallOutcome, Delivery, LinkTest, LinkTestList, ReadinessList } from "@/api/types";

/** In the order of the keys 1 to 5. */
export const outcomes: CallOutcome[] = ["told", "no_answer", "busy", "off", "wrong_number"];

/** Everything about one order, what is settled too: one a person. */
export async function readDeliveries(directiveId: string): Promise<Delivery[]> {
  return (await api.get<{ items: Delivery[] }>("/api/deliveries", { query: { subject_kind: "directive", subject_id: directiveId, limit: 200 } })).items;
}

export const resend = (id: string): Promise<Delivery> => api.post<Delivery>(`/api/deliveries/${id}/resend`, {});

export const logCall = (id: string, outcome: CallOutcome, note: string | null = null): Promise<Delivery> => api.post<Delivery>(`/api/deliveries/${id}/calls`, { outcome, note });

export const readCallList = (): Promise<CallList> => api.get<CallList>("/api/deliveries/call-list");

export interface Addresses { mobile: string | null; message_account: string | null }

export const readAddresses = (userId: string): Promise<Addresses> => api.get<Addresses>(`/api/people/${userId}/addresses`);

export const setAddresses = (userId: string, addresses: Addresses): Promise<Addresses> => api.request<Addresses>(`/api/people/${userId}/addresses`, { method: "PUT", body: addresses });

export const readPhones = (): Promise<ReadinessList> => api.get<ReadinessList>("/api/phones");

export const readLinkTests = (): Promise<LinkTestList> => api.get<LinkTestList>("/api/link-tests");

export const startLinkTest = (courtId: string): Promise<LinkTest> => api.post<LinkTest>("/api/link-tests", { court_id: courtId }, { timeout: 15_000 });
