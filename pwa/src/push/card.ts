/** The card that asks to be called is shown once on each phone; the self-check goes on offering it. */

const storageKey = "lingda-push-card";

export function isCardDismissed(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return false;
  }
}

export function dismissCard(): void {
  try {
    localStorage.setItem(storageKey, "dismissed");
  } catch {
    // Without a memory it asks again at the next opening.
  }
}
