/*
 * Push on the phone. Whatever arrives, a notification is shown (a browser that sees three silent pushes takes the right
 * away), the server is told by the token that stood in the encrypted message, what the officer saved offline is handed in,
 * and open pages hear of it. A covert order makes no sound: `silent` forbids a vibration pattern here, so a closed phone
 * only lights up; the page in front vibrates. Joined to service-worker.js by the build.
 */
/* global self, fetch, navigator, setTimeout, AbortController, URL */

const receiptTries = [0, 2_000, 8_000];
const answerLimit = 10_000;
const text = (value, otherwise) => (typeof value === "string" && value.trim() !== "" ? value : otherwise);
const object = (value) => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * What a push says, whatever it is: {lingda, title, body, tag, badge}; missing parts are filled, wrong ones left out. Safari
 * hands a declarative message over as a proposed notification instead of data.
 */
function readPush(event) {
  let message = {};
  try {
    message = object(event.data?.json());
  } catch {
    // Not JSON: still something arrived.
  }
  const proposed = { ...object(message.notification), ...(event.notification ? pick(event.notification, ["title", "body", "tag", "data"]) : {}) };
  const lingda = object(message.lingda ?? object(proposed.data).lingda);
  const kind = text(lingda.kind, "directive");
  const subject = text(lingda.subject_id, null);
  return {
    lingda: { ...lingda, kind, subject_id: subject, covert: lingda.covert === true, token: text(lingda.token, null) },
    title: text(proposed.title, "令达"), body: text(proposed.body, "有新消息，请打开令达查看"),
    tag: text(proposed.tag, subject ? `directive-${subject}` : `lingda-${kind}`),
    badge: Number.isInteger(message.app_badge) && message.app_badge >= 0 ? message.app_badge : null,
  };
}

const pick = (from, names) => Object.fromEntries(names.filter((name) => from[name]).map((name) => [name, from[name]]));

/** Title and options of the notification of a message. A new one under the tag of another replaces it. */
function notificationOf({ lingda, title, body, tag }) {
  const urgent = lingda.urgency === "urgent";
  const recalled = lingda.kind === "recall";
  // Only what is urgent makes a sound.
  const silent = lingda.covert || recalled || !urgent;
  const options = {
    body, tag, lang: "zh-CN", icon: "/icons/lingda-192.png", badge: "/icons/lingda-192.png",
    data: { lingda }, requireInteraction: urgent && !recalled, renotify: !recalled, silent,
  };
  if (lingda.covert) return ["令达", { ...options, body: recalled ? "消息已撤回" : "有新消息" }];
  if (recalled) return ["令达", { ...options, body: "指令已撤回" }];
  return [title, silent ? options : { ...options, vibrate: [600, 200, 600, 200, 600] }];
}

/** Show it; an option that a browser refuses must not cost the notification. */
async function show(message) {
  const [title, options] = notificationOf(message);
  await self.registration.showNotification(title, options).catch(() =>
    self.registration.showNotification(title, { body: options.body, tag: options.tag, data: options.data, silent: options.silent }));
}

/** Tell the server by the token; a network that is just coming back gets three tries. False when it did not hear. */
async function receipt(lingda, stage, at) {
  if (!lingda.token) return false;
  for (const wait of receiptTries) {
    await pause(wait);
    const answer = await postAs(null, "POST", "/api/push/receipts", { token: lingda.token, stage, at: new Date(at).toISOString() }).catch(() => null);
    if (answer && answer.status < 500 && answer.status !== 429) return answer.ok;
  }
  return false;
}

/** Ask the server; `csrf` null for what needs no session. Rejects without an answer within ten seconds. */
async function postAs(csrf, method, address, body) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerLimit);
  const headers = { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}), ...(csrf ? { "X-CSRF-Token": csrf } : {}) };
  try {
    return await fetch(address, { method, headers, body: body && JSON.stringify(body), signal: limit.signal, credentials: "same-origin", cache: "no-store" });
  } finally {
    clearTimeout(timer);
  }
}

/** The phone's open pages, in front first; a desk's page in the same browser is none of them. */
async function phonePages() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => ["/", "/index.html"].includes(new URL(page.url).pathname))
    .sort((a, b) => Number(b.visibilityState === "visible") - Number(a.visibilityState === "visible"));
}

async function tellPages(said) {
  for (const page of await phonePages()) page.postMessage(said);
}

self.addEventListener("push", (event) => event.waitUntil(pushed(event)));

async function pushed(event) {
  const receivedAt = Date.now();
  const message = readPush(event);
  const shown = show(message).then(() => Date.now(), () => null);
  const told = tellPages({ type: "push", lingda: message.lingda }).catch(() => undefined);
  const received = receipt(message.lingda, "device_received", receivedAt);
  const displayedAt = await shown;
  if (message.badge !== null) await navigator.setAppBadge?.(message.badge).catch(() => undefined);
  await Promise.all([
    told,
    received.then(() => displayedAt !== null && receipt(message.lingda, "displayed", displayedAt)),
    self.flushOutbox().then((sent) => sent > 0 && tellPages({ type: "flushed" })).catch(() => undefined),
  ]);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(object(object(event.notification.data).lingda), Date.now()));
});

/** Bring the order in front: in a page that is open, or in a new one. */
async function opened(lingda, at) {
  const known = /^[\w-]{1,64}$/.test(lingda.subject_id ?? "") && ["directive", "recall"].includes(lingda.kind);
  const path = known ? `/order/${lingda.subject_id}` : ["self_check", "link_test"].includes(lingda.kind) ? "/me" : "/";
  const [page] = await phonePages();
  if (page) {
    page.postMessage({ type: "open", path });
    await page.focus().catch(() => undefined);
  } else {
    await self.clients.openWindow(`/#${path}`).catch(() => undefined);
  }
  await receipt(lingda, "opened", at);
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event).catch(() => undefined)));

/** The push service gave the address up: take a new one with the same key; the page makes up for what fails here. */
async function subscribeAgain(event) {
  const me = await (await postAs(null, "GET", "/api/me")).json();
  const key = event.oldSubscription?.options?.applicationServerKey ?? (await (await postAs(null, "GET", "/api/push/key")).json()).public_key;
  const taken = event.newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys, expirationTime } = taken.toJSON();
  const expires_at = expirationTime ? new Date(expirationTime).toISOString() : null;
  await postAs(me.csrf_token, "PUT", "/api/push/subscription", { endpoint, p256dh: keys.p256dh, auth: keys.auth, expires_at });
}
