/*
 * Keeps the phone's page usable with no network: the shell is cached whole, version by version. A new version waits until
 * the page says so (never of its own accord: a page that lost its assets under its feet fails at the next tap), and the
 * version before it stays cached for pages still open. Everything that is data goes straight to the network.
 */
/* global self, caches, fetch, Request, URL */

/** Written by the build: [address, revision] of every file of the shell; a hashed name needs no revision. */
const shell = self.__SHELL__;
const version = self.__SHELL_VERSION__;
const prefix = "lingda-shell-";
const current = prefix + version;

/** Never answered from here: data, live traffic, uploads, range requests and the desks' pages. */
const untouched = ["/api", "/socket.io", "/files", "/live", "/media", "/track", "/command", "/duty", "/plain", "/healthz", "/readyz", "/metrics"];

const isUntouched = (path) => untouched.some((start) => path === start || path.startsWith(start + "/"));

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

/** Fetch the shell; what an older version already has under the same hashed name is copied, not downloaded again. */
async function fill() {
  const cache = await caches.open(current);
  await Promise.all(shell.map(async ([address, revision]) => {
    const kept = revision === null ? await caches.match(address) : undefined;
    const answer = kept ?? (await fetch(new Request(address, { cache: revision === null ? "default" : "reload", credentials: "same-origin" })));
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    await cache.put(address, answer);
  }));
}

self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()));
});

/** This version and the one before it stay; `caches.keys()` tells them in the order they were made. */
async function forgetOldVersions() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || isUntouched(pathname) || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    if (pathname === "/" || pathname === "/index.html") event.respondWith(page(request));
    return;
  }
  event.respondWith(file(request));
});

async function page(request) {
  const cache = await caches.open(current);
  return (await cache.match("/")) ?? fetch(request);
}

/** This version first, then the version before it (for a page still open), then the network. */
async function file(request) {
  const cache = await caches.open(current);
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}
