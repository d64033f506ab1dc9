/** Writes dist/service-worker.js: the source with the files each page needs, and keeps old hashed assets for a while. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest, Plugin } from "vite";

export type ShellEntry = [address: string, revision: string | null];
/** What one page needs to start with no network: its own address and every file. */
export interface Shell { page: string; files: ShellEntry[] }
export type ShellName = "phone" | "duty" | "command";

/** Loaded on demand and too heavy to fetch for every phone at the first visit; a desk is nothing without its map. */
const notOnPhones = ["src/map/", "node_modules/maplibre-gl/", "node_modules/pmtiles/"];
const keptFor = 30 * 24 * 3_600_000;

/** Every built file a page can reach, by the manifest; for the phone's without what is loaded only with a map. */
export function shellFiles(manifest: Manifest, page = "index.html"): string[] {
  const left = page === "index.html" ? notOnPhones : [];
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name) || left.some((start) => name.startsWith(start) || chunk.src?.startsWith(start))) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  visit(page);
  return [...files].sort();
}

const digest = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** The service worker's text with the shells and their version put in. */
export function workerText(source: string, shells: Partial<Record<ShellName, Shell>>): string {
  const lists = JSON.stringify(shells);
  const lines = `self.__SHELLS__ = ${lists};\nself.__SHELL_VERSION__ = ${JSON.stringify(digest(source + lists))};\n`;
  return lines + source;
}

/** The parts of the service worker, joined into the one file that browsers compare for a new version. */
const workerParts = ["service-worker.js", "service-worker-outbox.js", "service-worker-push.js"];

export function workerSource(root: string): string {
  return workerParts.map((part) => readFileSync(join(root, part), "utf8")).join("\n");
}

/** Files beside the built ones that a page needs, by address; their revision is their content. */
const besidesDesk = ["old-browser.js", "icons/lingda.svg", "map/basemap.json", "map/basemap.pmtiles"];
const pages: Record<ShellName, { address: string; file: string; besides: string[] }> = {
  phone: { address: "/", file: "index.html", besides: ["manifest.webmanifest", "old-browser.js", "icons/lingda.svg", "icons/lingda-192.png"] },
  duty: { address: "/duty", file: "duty.html", besides: besidesDesk },
  command: { address: "/command", file: "command.html", besides: besidesDesk },
};

function shellOf(name: ShellName, manifest: Manifest, dist: string): Shell {
  const { address, file, besides } = pages[name];
  const revised = (path: string): string => digest(readFileSync(join(dist, path)));
  return {
    page: address,
    files: [
      [address, revised(file)],
      ...shellFiles(manifest, file).map((built): ShellEntry => [`/${built}`, null]),
      ...besides.filter((path) => existsSync(join(dist, path))).map((path): ShellEntry => [`/${path}`, revised(path)]),
    ],
  };
}

export function serviceWorker(): Plugin {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const dist = join(root, "dist");
  return {
    name: "lingda-service-worker",
    apply: "build",
    closeBundle() {
      const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Manifest;
      const names = Object.keys(pages) as ShellName[];
      const shells = Object.fromEntries(names.map((name) => [name, shellOf(name, manifest, dist)]));
      writeFileSync(join(dist, "service-worker.js"), workerText(workerSource(root), shells));
      forgetOldAssets(join(dist, "assets"), Object.values(manifest).flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]));
    },
  };
}

/** Pages opened weeks ago still load their own version's files; older ones go. */
function forgetOldAssets(folder: string, present: string[]): void {
  if (!existsSync(folder)) return;
  const needed = new Set(present.map((file) => file.replace("assets/", "")));
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!needed.has(name) && Date.now() - statSync(file).mtimeMs > keptFor) rmSync(file);
  }
}
