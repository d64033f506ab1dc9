/** Case numbers as they are typed: brackets and digits put right, the grammar of 2016 recognised, older styles kept as written (domain 1.13). */

const brackets: Record<string, string> = { "(": "（", ")": "）", "〔": "（", "〕": "）", "[": "（", "]": "）", "【": "（", "】": "）", "［": "（", "］": "）" };
const provinces = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军";
const grammar = new RegExp(
  `^（(?<year>(?:19|20)\\d{2})）(?<court>最高法|[${provinces}](?:\\d{4}|\\d{2})?)知?(?<type>[一-鿿]{1,3}?)(?<serial>\\d{1,8})号$`, "u");
const firstYear = 2016;

/** Types of enforcement cases; another type is no mistake, but worth a second look. */
const enforcementTypes = new Set(["执", "执恢", "执异", "执复", "执监", "执协", "执保", "执他"]);

export type CaseNumberReading =
  | "empty"
  /** Of today's grammar, an enforcement case. */
  | "current"
  /** Of today's grammar, but not an enforcement type. */
  | "other_type"
  /** Before 2016 or of a style of its own: kept word for word. */
  | "legacy"
  /** Begun like a number of today's grammar and not finished. */
  | "unfinished";

/** Without spaces, with full-width brackets and half-width digits; nothing else is touched. Safe while typing. */
export function normaliseCaseNumber(text: string): string {
  return [...text.replace(/\s/g, "")].map((character) => {
    const code = character.codePointAt(0) as number;
    if (code >= 0xff10 && code <= 0xff19) return String.fromCodePoint(code - 0xfee0);
    return brackets[character] ?? character;
  }).join("");
}

/** When the field is left: a bare year gets its brackets and a missing 号 is added, if that makes a number. */
export function completeCaseNumber(text: string): string {
  const normal = normaliseCaseNumber(text);
  const bracketed = normal.replace(/^((?:19|20)\d{2})(?=[^\d）])/, "（$1）");
  const closed = /\d$/.test(bracketed) ? `${bracketed}号` : bracketed;
  return readCaseNumber(closed) === "current" || readCaseNumber(closed) === "other_type" ? closed : normal;
}

/** How the number reads. Nothing is ever refused: what is not understood is kept as legacy. */
export function readCaseNumber(text: string): CaseNumberReading {
  const normal = normaliseCaseNumber(text);
  if (normal === "") return "empty";
  const found = grammar.exec(normal)?.groups;
  if (found && Number(found["year"]) >= firstYear) return enforcementTypes.has(found["type"] ?? "") ? "current" : "other_type";
  const year = /^（?(\d{0,4})/.exec(normal)?.[1] ?? "";
  const begun = /^[（\d]/.test(normal) && !/[号字第]/.test(normal) && (year.length < 4 ? "20".startsWith(year.slice(0, 2)) : Number(year) >= firstYear);
  return begun ? "unfinished" : "legacy";
}
