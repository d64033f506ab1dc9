/** Titles people write in two halves with a dot between them: the dot ends the first line, it does not begin the second. */

export function titleInLines(title: string): string {
  return title.replaceAll(" · ", "\u00a0· ");
}
