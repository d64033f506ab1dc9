/** Both languages have every text, of every area, with the same placeholders and none empty. */
import { describe, expect, test } from "vitest";
import type { Messages } from ".";

const files = import.meta.glob<{ default: Messages }>("/src/**/messages/*.ts", { eager: true });
const sources = import.meta.glob<string>(["/src/**/*.vue", "/src/**/*.ts", "!/src/**/*.test.ts"], {
  eager: true, query: "?raw", import: "default",
});

function flat(tree: Messages, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const areas = Object.keys(files).filter((path) => path.endsWith("/zh-CN.ts")).map((path) => path.replace("/zh-CN.ts", ""));
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

describe.each(areas)("%s", (area) => {
  const chinese = flat(files[`${area}/zh-CN.ts`]!.default);
  const english = flat(files[`${area}/en.ts`]!.default);

  test("has the same texts in Chinese and in English", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test("leaves no text empty and keeps the same placeholders", () => {
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe("");
      expect(english.get(key)?.trim(), key).not.toBe("");
      expect(placeholders(english.get(key) ?? ""), key).toEqual(placeholders(text));
    }
  });
});

test("every text asked for by a screen exists", () => {
  const known = new Set(areas.flatMap((area) => [...flat(files[`${area}/zh-CN.ts`]!.default).keys()]));
  const branches = [...known];
  const missing: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    for (const match of source.matchAll(/\bt\(\s*(["'`])([\w.]+?)(\$\{|\1)/g)) {
      const [, , key = "", end] = match;
      const exists = end === "${" ? branches.some((candidate) => candidate.startsWith(key)) : known.has(key);
      if (!exists) missing.push(`${path}: ${key}`);
    }
  }
  expect(missing).toEqual([]);
});
