/** The records that concern this officer (待说明): read from the server, kept on the phone, shown without a network too. */
import { api } from "@/api/client";
import type { RecordShape } from "@/api/types";
import type { UserStore } from "@/offline/user_store";
import { phone } from "./state";

const key = "records";

/** Show what the phone kept from before. */
export async function showKeptRecords(store: UserStore): Promise<void> {
  const kept = await store.read(["meta"], (transaction) => transaction.objectStore("meta").get(key));
  if (Array.isArray(kept) && phone.records.length === 0) phone.records = kept as RecordShape[];
}

/** Read them anew; without an answer what is shown stays. */
export async function refreshRecords(store: UserStore): Promise<void> {
  const { records } = await api.get<{ records: RecordShape[] }>("/api/records/mine");
  phone.records = records;
  await store.write(["meta"], (transaction) => transaction.objectStore("meta").put(records, key));
}
