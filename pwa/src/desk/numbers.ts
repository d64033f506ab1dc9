/** Numbers as people call them at a desk: the year and the court's code go without saying. */

/** "（2026）云2924执指7号" → "执指7号"; anything else as it is. */
export function shortNumber(number: string): string {
  return /^（\d{4}）\D*?\d*(\D+\d+号)$/.exec(number)?.[1] ?? number;
}

/** The serial alone, for texts that name the thing themselves: "（2026）云2924线索5号" → "5". */
export function serialOf(number: string): string {
  return /(\d+)号$/.exec(number)?.[1] ?? number;
}
