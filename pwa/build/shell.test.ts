/** The service worker caches what the phone needs and nothing of the desks, and changes whenever the shell does. */
import type { Manifest } from "vite";
import { expect, test } from "vitest";
import { shellFiles, workerText } from "./shell.ts";

const manifest: Manifest = {
  "index.html": { file: "assets/index-1.js", src: "index.html", isEntry: true, css: ["assets/index-1.css"], imports: ["_vue.js"], dynamicImports: ["src/field/screens/SelfCheck.vue", "src/map/MapView.vue"] },
  "_vue.js": { file: "assets/vue-1.js" },
  "src/field/screens/SelfCheck.vue": { file: "assets/SelfCheck-1.js", src: "src/field/screens/SelfCheck.vue", css: ["assets/SelfCheck-1.css"], imports: ["_vue.js"] },
  "src/map/MapView.vue": { file: "assets/MapView-1.js", src: "src/map/MapView.vue", imports: ["node_modules/maplibre-gl/dist/maplibre-gl.mjs"] },
  "node_modules/maplibre-gl/dist/maplibre-gl.mjs": { file: "assets/maplibre-1.js" },
  "command.html": { file: "assets/command-1.js", src: "command.html", isEntry: true, imports: ["_vue.js", "_naive.js"] },
  "_naive.js": { file: "assets/naive-1.js" },
};

test("the shell is what the phone's page can reach, without the map and without the desks", () => {
  expect(shellFiles(manifest)).toEqual(["assets/SelfCheck-1.css", "assets/SelfCheck-1.js", "assets/index-1.css", "assets/index-1.js", "assets/vue-1.js"]);
});

test("a changed page or a changed worker is another version; the same is the same", () => {
  const version = (source: string, revision: string): string => /VERSION__ = "(\w+)"/.exec(workerText(source, [["/", revision]]))![1]!;
  expect(version("worker", "r1")).toBe(version("worker", "r1"));
  expect(new Set([version("worker", "r1"), version("worker", "r2"), version("worker 2", "r1")]).size).toBe(3);
});
