/** Gate: no built page carries an inline script, an inline style or an event attribute, so the strict policy holds. */
import { readdirSync, readFileSync } from "node:fs";

const dist = new URL("../dist/", import.meta.url);
const refused = [
  [/<script(?![^>]*\bsrc=)[^>]*>/i, "inline script"],
  [/<style[\s>]/i, "inline style element"],
  [/<[^>]+\sstyle\s*=/i, "style attribute"],
  [/<[^>]+\son[a-z]+\s*=/i, "event attribute"],
  [/(?:src|href)\s*=\s*["']https?:/i, "address of another origin"],
];
let failed = false;
for (const page of readdirSync(dist).filter((name) => name.endsWith(".html"))) {
  const text = readFileSync(new URL(page, dist), "utf8");
  for (const [pattern, name] of refused) {
    if (!pattern.test(text)) continue;
    failed = true;
    console.log(`${page}: ${name}`);
  }
}
if (!failed) console.log("ok: no built page needs more than script-src 'self'; style-src 'self'");
process.exit(failed ? 1 : 0);
