/** Clauses as people name them: `BSS-7(1)` is 第七条（一） or Article 7(1). */

/** A clause id taken apart: "BSS-7(1)" → text BSS, article 7, item 1; null when it is not of this form. */
export function clauseParts(clause: string): { text: string; article: number; item: string | null } | null {
  const match = /^([A-Z]+)-(\d+)(?:\((\d+)\))?([a-z])?$/.exec(clause);
  if (!match) return null;
  return { text: match[1] ?? "", article: Number(match[2]), item: match[3] ?? null };
}

const digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** A number below 100 as an article writes it: 8 → 八, 12 → 十二, 27 → 二十七. */
export function chineseNumber(value: number): string {
  if (value < 10) return digits[value] ?? "";
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? digits[tens] : ""}十${value % 10 ? digits[value % 10] : ""}`;
}

/** How a screen names a clause: 第八条, 第七条（一）, Article 7(1). */
export function clauseName(clause: string, language: string): string {
  const parts = clauseParts(clause);
  if (!parts) return clause;
  if (language === "en") return `Article ${parts.article}${parts.item ? `(${parts.item})` : ""}`;
  return `第${chineseNumber(parts.article)}条${parts.item ? `（${chineseNumber(Number(parts.item))}）` : ""}`;
}
