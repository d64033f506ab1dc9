/** Light in the sun, dark at night: as the phone is set, unless the officer chose. */
import { ref, watch } from "vue";

export type ThemeChoice = "system" | "light" | "dark";
const storageKey = "lingda-theme-phone";
const choices: ThemeChoice[] = ["system", "light", "dark"];

function stored(): ThemeChoice {
  try {
    return choices.find((choice) => choice === localStorage.getItem(storageKey)) ?? "system";
  } catch {
    return "system";
  }
}

export const themeChoice = ref<ThemeChoice>(stored());

/** Who lies in wait must not be lit up, whatever they chose. */
export const mustBeDark = ref(false);

/** Follow the choice and the phone's own setting; call once per page. */
export function startTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = (): void => {
    const dark = mustBeDark.value || themeChoice.value === "dark" || (themeChoice.value === "system" && system.matches);
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  };
  system.addEventListener?.("change", paint);
  watch(mustBeDark, paint);
  watch(themeChoice, (choice) => {
    paint();
    try {
      localStorage.setItem(storageKey, choice);
    } catch {
      // Remembering is a courtesy.
    }
  }, { immediate: true });
}
