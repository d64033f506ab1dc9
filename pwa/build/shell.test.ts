/** The service worker keeps for each page what that page needs, for a phone nothing of the desks, and changes with any of it. */
import { join } from "node:path";
import type { Manifest } from "vite";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { shellFiles, workerSource, workerText, type Shell } from "./shell.ts";

const manifest: Manifest = {
  "index.html": { file: "assets/index-1.js", src: "index.html", isEntry: true, css: ["assets/index-1.css"], imports: ["_vue.js"], dynamicImports: ["src/field/screens/SelfCheck.vue", "src/map/MapView.vue"] },
  "_vue.js": { file: "assets/vue-1.js" },
  "src/field/screens/SelfCheck.vue": { file: "assets/SelfCheck-1.js", src: "src/field/screens/SelfCheck.vue", css: ["assets/SelfCheck-1.css"], imports: ["_vue.js"] },
  "src/map/MapView.vue": { file: "assets/MapView-1.js", src: "src/map/MapView.vue", imports: ["node_modules/maplibre-gl/dist/maplibre-gl.mjs"], assets: ["assets/maplibre-worker-1.js"] },
  "node_modules/maplibre-gl/dist/maplibre-gl.mjs": { file: "assets/maplibre-1.js" },
  "command.html": { file: "assets/command-1.js", src: "command.html", isEntry: true, imports: ["_vue.js", "_naive.js"], dynamicImports: ["src/map/MapView.vue"] },
  "duty.html": { file: "assets/duty-1.js", src: "duty.html", isEntry: true, imports: ["_vue.js", "_naive.js"], dynamicImports: ["src/map/MapView.vue"] },
  "_naive.js": { file: "assets/naive-1.js" },
};

test("the phone's shell is what its page can reach, without the map and without the desks", () => {
  expect(shellFiles(manifest)).toEqual(["assets/SelfCheck-1.css", "assets/SelfCheck-1.js", "assets/index-1.css", "assets/index-1.js", "assets/vue-1.js"]);
});

test("a desk's shell has its map and nothing of the phone or of the other desk", () => {
  const map = ["assets/MapView-1.js", "assets/maplibre-1.js", "assets/maplibre-worker-1.js"];
  expect(shellFiles(manifest, "duty.html")).toEqual([map[0], "assets/duty-1.js", ...map.slice(1), "assets/naive-1.js", "assets/vue-1.js"]);
  expect(shellFiles(manifest, "command.html")).toEqual([map[0], "assets/command-1.js", ...map.slice(1), "assets/naive-1.js", "assets/vue-1.js"]);
});

const shell = (page: string, ...files: string[]): Shell => ({ page, files: [[page, "r1"], ...files.map((file): [string, null] => [file, null])] });

test("a changed page or a changed worker is another version; the same is the same", () => {
  const version = (source: string, revision: string): string =>
    /VERSION__ = "(\w+)"/.exec(workerText(source, { phone: { page: "/", files: [["/", revision]] } }))![1]!;
  expect(version("worker", "r1")).toBe(version("worker", "r1"));
  expect(new Set([version("worker", "r1"), version("worker", "r2"), version("worker 2", "r1")]).size).toBe(3);
});

describe("the worker", () => {
  const shells = { phone: shell("/", "/assets/vue-1.js"), duty: shell("/duty", "/assets/vue-1.js", "/assets/duty-1.js"), command: shell("/command", "/assets/command-1.js") };
  let stored: Map<string, Map<string, Response>>;
  let fetched: string[];
  let network: "there" | "gone" | "away" | "silent";
  let heard: Record<string, (event: unknown) => void>;

  const addressOf = (request: Request | string): string => (typeof request === "string" ? request : new URL(request.url).pathname);
  const cache = (name: string) => ({
    match: async (request: Request | string) => stored.get(name)?.get(addressOf(request))?.clone(),
    put: async (request: Request | string, answer: Response) => void stored.get(name)!.set(addressOf(request), answer),
  });

  beforeEach(() => {
    stored = new Map();
    fetched = [];
    network = "there";
    heard = {};
    const worker = {
      location: { origin: "https://lingda.test" }, skipWaiting: vi.fn(), clients: { claim: vi.fn() },
      addEventListener: (kind: string, listener: (event: unknown) => void) => (heard[kind] = listener),
    };
    const caches = {
      open: async (name: string) => {
        if (!stored.has(name)) stored.set(name, new Map());
        return cache(name);
      },
      match: async (request: Request | string, options?: { cacheName?: string }) => {
        for (const name of options?.cacheName ? [options.cacheName] : [...stored.keys()]) {
          const answer = await cache(name).match(request);
          if (answer) return answer;
        }
        return undefined;
      },
      keys: async () => [...stored.keys()],
      delete: async (name: string) => stored.delete(name),
    };
    const ask = async (request: Request): Promise<Response> => {
      fetched.push(addressOf(request));
      if (network === "gone") throw new TypeError("Failed to fetch");
      if (network === "silent") return new Promise(() => undefined);
      return new Response(`${addressOf(request)} of the network`, { status: network === "away" ? 502 : 200 });
    };
    class SameOrigin extends Request {
      constructor(address: string, options?: RequestInit) {
        super(new URL(address, "https://lingda.test"), options);
      }
    }
    const source = workerSource(join(import.meta.dirname, ".."));
    new Function("self", "caches", "fetch", "Request", workerText(source, shells))(worker, caches, ask, SameOrigin);
  });

  /** Let an event of the worker's life run to its end. */
  async function happen(kind: string, data?: unknown): Promise<void> {
    let done: Promise<unknown> = Promise.resolve();
    heard[kind]!({ data, waitUntil: (work: Promise<unknown>) => (done = work) });
    await done;
  }

  /** What the worker answers a page, or undefined when it leaves the request alone. */
  async function answer(path: string, parts: { mode?: string; range?: string } = {}): Promise<Response | undefined> {
    let given: Promise<Response> | undefined;
    const headers = new Headers(parts.range ? { range: parts.range } : {});
    const request = { method: "GET", mode: parts.mode ?? "cors", url: `https://lingda.test${path}`, headers };
    heard["fetch"]!({ request, respondWith: (work: Promise<Response>) => (given = work) });
    return given;
  }
  const said = async (path: string, parts: { mode?: string; range?: string } = {}): Promise<string | undefined> => (await answer(path, parts))?.text();

  test("a phone installs its own shell and downloads nothing of a desk", async () => {
    await happen("install");
    expect(fetched.sort()).toEqual(["/", "/assets/vue-1.js"]);
  });

  test("a desk that asks is kept, and what the phone's shell has already is not downloaded again", async () => {
    await happen("install");
    fetched = [];
    await happen("message", { keep: "/duty" });
    await happen("message", { keep: "/duty" });
    expect(fetched).toEqual(["/assets/duty-1.js", "/duty"]);
  });

  test.each(["gone", "away"] as const)("with the network %s a desk opened before starts from what is kept", async (trouble) => {
    await happen("message", { keep: "/duty" });
    network = trouble;
    expect(await said("/duty", { mode: "navigate" })).toBe("/duty of the network");
    expect(await said("/assets/duty-1.js")).toBe("/assets/duty-1.js of the network");
  });

  test("a network that says nothing is waited for four seconds", async () => {
    await happen("message", { keep: "/duty" });
    vi.useFakeTimers();
    network = "silent";
    const page = said("/duty/", { mode: "navigate" });
    await vi.advanceTimersByTimeAsync(4_000);
    vi.useRealTimers();
    expect(await page).toBe("/duty of the network");
  });

  test("with a network a desk is always the newest, and a desk that never asked is not kept", async () => {
    await happen("message", { keep: "/duty" });
    fetched = [];
    await said("/duty", { mode: "navigate" });
    expect(fetched).toEqual(["/duty"]);
    network = "gone";
    await expect(said("/command", { mode: "navigate" })).rejects.toThrow("Failed to fetch");
  });

  test("a desk whose download broke off is not taken for kept", async () => {
    network = "gone";
    await happen("message", { keep: "/duty" });
    expect(await said("/duty", { mode: "navigate" }).catch((error: Error) => error.message)).toBe("Failed to fetch");
  });

  test("data and live traffic are left alone, whatever the network does", async () => {
    expect([await answer("/api/board"), await answer("/socket.io/"), await answer("/records", { mode: "navigate" })]).toEqual([undefined, undefined, undefined]);
  });

  test("a range of the base map comes from what is kept when the network is gone", async () => {
    stored.set("lingda-duty-x", new Map([["/map/basemap.pmtiles", new Response("0123456789")]]));
    network = "gone";
    const part = (await answer("/map/basemap.pmtiles", { range: "bytes=2-5" }))!;
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-5/10", "2345"]);
  });

  test("the version before stays for pages still open; older ones of each page go", async () => {
    for (const name of ["lingda-phone-a", "lingda-phone-b", "lingda-duty-a", "lingda-duty-b", "lingda-duty-c", "somebody-else"]) stored.set(name, new Map());
    await happen("activate");
    expect([...stored.keys()]).toEqual(["lingda-phone-b", "lingda-duty-c", "somebody-else"]);
  });
});
