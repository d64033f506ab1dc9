/** Build of the phone, command and duty pages; one origin, no network needed at run time. */
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { cleanAddresses, pageEntries } from "./build/entries.ts";
import { serviceWorker } from "./build/shell.ts";
import packageDescription from "./package.json" with { type: "json" };

const backend = `http://${process.env["LINGDA_HTTP"] ?? "127.0.0.1:8000"}`;
const proxied = ["/api", "/track", "/files", "/live", "/media", "/plain"];

export default defineConfig({
  plugins: [vue(), cleanAddresses(), serviceWorker()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: {
    __APP_VERSION__: JSON.stringify(packageDescription.version),
    __VUE_OPTIONS_API__: "true",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    __VUE_I18N_LEGACY_API__: "false",
    __VUE_I18N_FULL_INSTALL__: "false",
    __INTLIFY_PROD_DEVTOOLS__: "false",
  },
  build: {
    // The oldest browsers the phone supports (docs: pwa/README.md); older ones get /plain.
    target: ["chrome89", "safari15.4", "firefox96"],
    manifest: true,
    // Hashed files of earlier builds stay for pages still open; build/shell.ts removes them after 30 days.
    emptyOutDir: false,
    // A data: address inside a style sheet would need a wider content policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: pageEntries() },
  },
  server: {
    proxy: {
      ...Object.fromEntries(proxied.map((path) => [path, backend])),
      "/socket.io": { target: backend, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "build/**/*.test.ts"],
    restoreMocks: true,
  },
});
