/*
 * Keeps the pages usable with no network. The phone's shell is cached whole at the install, version by version; a desk's
 * shell only when that desk's page asks for it, so that no phone downloads a desk. The phone's page comes from the cache; a
 * desk's page comes from the network, and from the cache when the network gives none. A new version waits until a page
 * says so (never of its own accord: a page that lost its assets under its feet fails at the next tap), and the version
 * before it stays cached for pages still open. Everything that is data goes straight to the network. Push and the outbox
 * have parts of their own (service-worker-push.js, service-worker-outbox.js), which the build joins to this one.
 */
/* global self, caches, fetch, Headers, Request, Response, URL, setTimeout */

/** Written by the build: for each shell its page and [address, revision] of every file; a hashed name needs no revision. */
const shells = self.__SHELLS__;
const version = self.__SHELL_VERSION__;
const prefixOf = (shell) => `lingda-${shell}-`;
const cacheOf = (shell) => prefixOf(shell) + version;

/** Never answered from here: data, live traffic, uploads and the plain page. */
const untouched = ["/api", "/socket.io", "/files", "/live", "/media", "/track", "/plain", "/healthz", "/readyz", "/metrics"];
/** What a deployment may change without a build, and a desk needs in an outage. */
const mapFiles = "/map/";
/** A network that says nothing for so long counts as none, where something is kept. */
const patience = 4_000;

const isUntouched = (path) => untouched.some((start) => path === start || path.startsWith(start + "/"));
/** The desk whose page an address names; undefined for any other address. */
const deskAt = (path) => Object.keys(shells).find((shell) => shell !== "phone" && shells[shell].page === path.replace(/\/$/, ""));

self.addEventListener("install", (event) => {
  event.waitUntil(fill("phone"));
});

/**
 * Fetch a shell; what another shell or version already has under the same hashed name is copied, not downloaded again.
 * The page goes in last: whoever finds it in the cache finds everything it needs.
 */
async function fill(shell) {
  const { page, files } = shells[shell];
  const cache = await caches.open(cacheOf(shell));
  const put = async ([address, revision]) => {
    const kept = revision === null ? await caches.match(address) : undefined;
    const answer = kept ?? (await fetch(new Request(address, { cache: revision === null ? "default" : "reload", credentials: "same-origin" })));
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    await cache.put(address, answer);
  };
  await Promise.all(files.filter(([address]) => address !== page).map(put));
  await Promise.all(files.filter(([address]) => address === page).map(put));
}

self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
  const desk = typeof event.data?.keep === "string" ? deskAt(event.data.keep) : undefined;
  // What cannot be fetched now is asked for again at the next opening of the desk.
  if (desk) event.waitUntil(keepDesk(desk).catch(() => undefined));
});

async function keepDesk(desk) {
  if (!(await caches.match(shells[desk].page, { cacheName: cacheOf(desk) }))) await fill(desk);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()));
});

/** Of each shell this version and the one before it stay; `caches.keys()` tells them in the order they were made. */
async function forgetOldVersions() {
  const names = await caches.keys();
  const old = Object.keys(shells).flatMap((shell) =>
    names.filter((name) => name.startsWith(prefixOf(shell)) && name !== cacheOf(shell)).slice(0, -1));
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || isUntouched(pathname)) return;
  if (pathname.startsWith(mapFiles)) {
    event.respondWith(networkOr(request, () => keptMapFile(request, pathname)));
    return;
  }
  if (request.headers.has("range")) return;
  if (request.mode === "navigate") {
    const desk = deskAt(pathname);
    if (pathname === "/" || pathname === "/index.html") event.respondWith(phonePage(request));
    else if (desk) event.respondWith(networkOr(request, () => keptPage(desk)));
    return;
  }
  event.respondWith(file(request));
});

async function phonePage(request) {
  return (await caches.match("/", { cacheName: cacheOf("phone") })) ?? fetch(request);
}

/** This version of a desk's page, or the version before it: each lies beside its own files. */
async function keptPage(desk) {
  const { page } = shells[desk];
  return (await caches.match(page, { cacheName: cacheOf(desk) })) ?? caches.match(page);
}

/** This version first, then the version before it (for a page still open), then the network. */
async function file(request) {
  for (const shell of Object.keys(shells)) {
    const kept = await caches.match(request, { cacheName: cacheOf(shell) });
    if (kept) return kept;
  }
  return (await caches.match(request)) ?? fetch(request);
}

/** The network's answer, or what is kept when there is none: no connection, a front without its server, or silence. */
async function networkOr(request, kept) {
  const asked = fetch(request);
  const answer = await Promise.race([asked.catch(() => null), new Promise((resolve) => setTimeout(() => resolve(null), patience))]);
  if (answer && answer.status < 500) return answer;
  return (await kept()) ?? asked;
}

/** A file of the base map from the cache, or the range of it that was asked for. */
async function keptMapFile(request, address) {
  const whole = await caches.match(address);
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
  if (!whole || !range) return whole;
  const bytes = await whole.arrayBuffer();
  const [begin, end] = [Number(range[1]), Math.min(Number(range[2]), bytes.byteLength - 1)];
  const headers = new Headers(whole.headers);
  headers.set("Content-Range", `bytes ${begin}-${end}/${bytes.byteLength}`);
  headers.set("Content-Length", String(end - begin + 1));
  return new Response(bytes.slice(begin, end + 1), { status: 206, headers });
}
