/** The keys of the command page; none works while somebody is typing. */

export interface Keys { next(step: 1 | -1): void; close(): void; fit(): void }

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** J/K or the arrows with Alt: next and previous thing that breaks; Escape: close; F: all in view. Answers how to stop. */
export function listenForKeys(keys: Keys): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") return keys.close();
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === "j" || (event.altKey && event.key === "ArrowDown")) keys.next(1);
    else if (event.key === "k" || (event.altKey && event.key === "ArrowUp")) keys.next(-1);
    else if (event.key === "f") keys.fit();
  };
  window.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", pressed);
}
