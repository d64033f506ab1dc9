/*
 * Hands in, inside a push event, what the officer of this phone saved while there was no network. It only reads: the server
 * applies each signed command exactly once and gives the page the same stored answer when it asks for itself, so nothing is
 * written back here and no act can be lost by it. Joined to service-worker.js by the build.
 */
/* global self, indexedDB, TextEncoder, navigator, postAs */

const batchCount = 50;
const batchBytes = 64 * 1024;

/** Send what waits unless a page is sending; answers how many commands the server took. */
self.flushOutbox = async () => {
  const user = await stored("lingda-device", "state", (store) => store.get("current"));
  // Without locks the pages hold each other off by a lease that this worker cannot keep: they send at the next opening.
  if (typeof user !== "string" || !navigator.locks) return 0;
  return navigator.locks.request(`lingda-outbox-${user}`, { ifAvailable: true }, (lock) => (lock ? sendAll(user) : 0));
};

async function sendAll(user) {
  const rows = await stored(`lingda-user-${user}`, "commands", (store) => store.index("by_sequence").getAll());
  const batches = inBatches(sendable(rows ?? []));
  if (batches.length === 0) return 0;
  const asked = await postAs(null, "GET", "/api/me");
  const me = asked.ok ? await asked.json() : null;
  // Nobody signed in, or somebody else: nothing goes out under another name.
  if (me?.user?.id !== user) return 0;
  let sent = 0;
  for (const commands of batches) {
    const answer = await postAs(me.csrf_token, "POST", "/api/commands", { commands });
    if (!answer.ok) break;
    sent += commands.length;
  }
  return sent;
}

/** What waits, first in first out; of an order with trouble nothing, so that its order is kept: the page knows what to do. */
function sendable(rows) {
  const troubled = new Set(rows.filter((row) => row.state === "queued" && (row.strikes > 0 || row.faults > 0 || !row.signature)).map((row) => row.subject_id));
  return rows.filter((row) => row.state === "queued" && !troubled.has(row.subject_id)).sort((a, b) => a.sequence - b.sequence)
    .map(({ payload, signature }) => ({ payload, signature }));
}

function inBatches(commands) {
  const batches = [];
  let [batch, bytes] = [[], Infinity];
  for (const command of commands) {
    const size = new TextEncoder().encode(JSON.stringify(command)).length + 1;
    if (bytes + size > batchBytes || batch.length >= batchCount) {
      [batch, bytes] = [[], 2];
      batches.push(batch);
    }
    batch.push(command);
    bytes += size;
  }
  return batches;
}

/** Read from a database of the page; undefined where it does not exist. Never makes one: the page would find it without stores. */
function stored(name, storeName, ask) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => (opening.error?.name === "AbortError" ? resolve(undefined) : reject(opening.error));
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => database.close();
      if (!database.objectStoreNames.contains(storeName)) return void (database.close(), resolve(undefined));
      const asked = ask(database.transaction(storeName, "readonly").objectStore(storeName));
      asked.onsuccess = () => (database.close(), resolve(asked.result));
      asked.onerror = () => (database.close(), reject(asked.error));
    };
  });
}
