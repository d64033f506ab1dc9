/** Gate: the scripts the phone's first screen needs stay within 110 KB compressed (brotli), its styles within 15 KB. */
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const limits = { js: 110 * 1024, css: 15 * 1024 };
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** Files of an entry and of all it imports at once (not of what it loads on demand). */
function firstScreen(name, found = { js: new Set(), css: new Set() }) {
  const chunk = manifest[name];
  if (found.js.has(chunk.file)) return found;
  found.js.add(chunk.file);
  for (const file of chunk.css ?? []) found.css.add(file);
  for (const imported of chunk.imports ?? []) firstScreen(imported, found);
  return found;
}

const compressed = (files) =>
  [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, dist))).length, 0);

const files = firstScreen("index.html");
let failed = false;
for (const kind of ["js", "css"]) {
  const size = compressed(files[kind]);
  const over = size > limits[kind];
  failed ||= over;
  console.log(`${over ? "TOO LARGE" : "ok"}: ${kind} of the first screen ${(size / 1024).toFixed(1)} KB of ${limits[kind] / 1024} KB`);
}
process.exit(failed ? 1 : 0);
