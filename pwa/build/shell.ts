/** Writes dist/service-worker.js: the source with the list of files the phone needs, and keeps old hashed assets for a while. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest, Plugin } from "vite";

export type ShellEntry = [address: string, revision: string | null];

const page = "index.html";
/** Loaded on demand and too heavy to fetch for everybody at the first visit. */
const notInShell = ["src/map/", "node_modules/maplibre-gl/", "node_modules/pmtiles/"];
const keptFor = 30 * 24 * 3_600_000;

/** Every built file the phone's page can reach, by the manifest, except what is loaded only with a map. */
export function shellFiles(manifest: Manifest): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name) || notInShell.some((start) => name.startsWith(start) || chunk.src?.startsWith(start))) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  visit(page);
  return [...files].sort();
}

const digest = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** The service worker's text with the shell and its version put in. */
export function workerText(source: string, shell: ShellEntry[]): string {
  const list = JSON.stringify(shell);
  const lines = `self.__SHELL__ = ${list};\nself.__SHELL_VERSION__ = ${JSON.stringify(digest(source + list))};\n`;
  return lines + source;
}

/** Files beside the built ones that the page needs, by address; their revision is their content. */
const besides = ["manifest.webmanifest", "old-browser.js", "icons/lingda.svg", "icons/lingda-192.png"];

export function serviceWorker(): Plugin {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const dist = join(root, "dist");
  return {
    name: "lingda-service-worker",
    apply: "build",
    closeBundle() {
      const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Manifest;
      const built = shellFiles(manifest);
      const shell: ShellEntry[] = [
        ["/", digest(readFileSync(join(dist, page)))],
        ...built.map((file): ShellEntry => [`/${file}`, null]),
        ...besides.map((file): ShellEntry => [`/${file}`, digest(readFileSync(join(dist, file)))]),
      ];
      writeFileSync(join(dist, "service-worker.js"), workerText(readFileSync(join(root, "service-worker.js"), "utf8"), shell));
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
