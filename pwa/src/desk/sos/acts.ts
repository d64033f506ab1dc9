/** What a desk does about a call for help; each answers it as it is then. */
import { api } from "@/api/client";
import type { Emergency, EmergencyResult } from "@/api/types";

const act = (row: Emergency, name: string, body: Record<string, unknown> = {}): Promise<Emergency> => api.post<Emergency>(`/api/emergencies/${row.id}/${name}`, body);

export const answerEmergency = (row: Emergency): Promise<Emergency> => act(row, "answer");
export const noteEmergency = (row: Emergency, text: string): Promise<Emergency> => act(row, "notes", { text });
export const closeEmergency = (row: Emergency, result: EmergencyResult, words: string): Promise<Emergency> => act(row, "close", { result, words });
