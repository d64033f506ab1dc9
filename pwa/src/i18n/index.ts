/** Languages of every page: Chinese first, English complete; each area keeps its own `messages/`. */
import { createI18n } from "vue-i18n";
import commonEnglish from "./messages/en";
import commonChinese from "./messages/zh-CN";

export type Language = "zh-CN" | "en";
/** A tree of texts. */
export interface Messages { [key: string]: string | Messages }

const storageKey = "lingda-language";

function storedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

/** The translations of one page: the common texts and those of its areas; areas use top-level keys of their own. */
export function createTranslations(...areas: { "zh-CN": Messages; en: Messages }[]) {
  const language = storedLanguage();
  document.documentElement.lang = language;
  const merged = (which: Language, common: Messages): Messages => Object.assign({}, common, ...areas.map((area) => area[which]));
  return createI18n<false>({
    legacy: false,
    locale: language,
    fallbackLocale: "zh-CN",
    messages: { "zh-CN": merged("zh-CN", commonChinese), en: merged("en", commonEnglish) } as never,
  });
}

/** Change the language of this page and remember it on this device. */
export function rememberLanguage(language: Language): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Remembering is a courtesy.
  }
}

/** The text of a problem or a clause in the language of the screen. */
export function inLanguage(text: { zh: string; en: string }, language: string): string {
  return language === "en" ? text.en : text.zh;
}
