/** Light or dark, chosen on this page and remembered on this device; the wall starts dark, the duty desk light. */
import { ref, watch, type Ref } from "vue";
import type { MapTheme } from "@/map/palette";

/** The theme of one page; writing it repaints and remembers. */
export function useTheme(page: string, initial: MapTheme): Ref<MapTheme> {
  const key = `lingda-theme-${page}`;
  const theme = ref<MapTheme>(stored(key) ?? initial);
  watch(theme, (value) => {
    document.documentElement.dataset["theme"] = value;
    document.documentElement.style.colorScheme = value;
    try {
      localStorage.setItem(key, value);
    } catch {
      // Remembering is a courtesy.
    }
  }, { immediate: true });
  return theme;
}

function stored(key: string): MapTheme | null {
  try {
    const value = localStorage.getItem(key);
    return value === "dark" || value === "light" ? value : null;
  } catch {
    return null;
  }
}
