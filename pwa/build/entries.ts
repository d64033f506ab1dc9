/** The pages of the application: which HTML file answers which address. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const root = join(import.meta.dirname, "..");
const pages: Record<string, string> = { "/": "index.html", "/command": "command.html", "/duty": "duty.html" };

/** Entry name → absolute path of every page that exists in the tree. */
export function pageEntries(): Record<string, string> {
  const found = Object.values(pages).filter((file) => existsSync(join(root, file)));
  return Object.fromEntries(found.map((file) => [file.replace(".html", ""), join(root, file)]));
}

/** `/command` and `/duty` without `.html`, in the development server and in preview, as the front serves them. */
export function cleanAddresses(): Plugin {
  const rewrite = (request: { url?: string }, _answer: unknown, next: () => void): void => {
    const [path = "", query] = (request.url ?? "").split("?");
    const page = pages[path.replace(/\/$/, "") || "/"];
    if (page && path !== "/") request.url = `/${page}${query ? `?${query}` : ""}`;
    next();
  };
  return {
    name: "lingda-clean-addresses",
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}
