/** Who sits at this desk: asked of the server, remembered for an outage, and asked again when the session ended elsewhere. */
import { computed, readonly, ref } from "vue";
import { fetchMe, signOut as endSession } from "@/api/session";
import { api, ProblemError } from "@/api/client";
import type { Me } from "@/api/types";
import { forget } from "./kept";

/** loading: nothing known yet; unreachable: no answer and nobody remembered (or whoever was has signed out). */
export type DeskState = "loading" | "signed_out" | "signed_in" | "unreachable";

const rememberedFor = 12 * 3_600_000;
const storageKey = "lingda-desk-me";
/** Somebody signed out while the server could not be told: the session there is ended before anything is shown. */
const leavingKey = "lingda-desk-leaving";
const me = ref<Me | null>(null);
const state = ref<DeskState>("loading");
/** True when the session ended while somebody was working: sign in again over the page, nothing typed is lost. */
const ended = ref(false);
/** True while the server has not confirmed the remembered user: then the last picture can be read, and calls registered. */
const unconfirmed = ref(false);
/** True from the press on "sign out" until the page is loaded anew: a 401 in between is our own doing. */
let leaving = false;

export const desk = {
  me: readonly(me), state: readonly(state), ended: readonly(ended), unconfirmed: readonly(unconfirmed),
  userId: computed(() => me.value?.user.id ?? null),
};

/** What needs no answer of the server: looking at the last picture, and registering into this desk's own outbox. */
const withoutServer = new Set(["lead.register", "board.read", "directive.receive", "duty.read", "duty.keep"]);
/** What this desk keeps of the pages; gone at sign-out. */
const pictures = ["board", "duty-now", "duty-roster", "duty-handover", "duty-log", "call-list", "phones", "link-tests"];

/** True when the signed-in user holds the permission (the server enforces it; this only hides what cannot work). */
export function may(permission: string): boolean {
  if (unconfirmed.value && !withoutServer.has(permission)) return false;
  return me.value?.permissions.includes(permission) ?? false;
}

/** True when the user holds one of the roles. */
export function hasRole(...roles: string[]): boolean {
  return me.value?.roles.some((role) => roles.includes(role)) ?? false;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage an outage at load shows "unreachable" instead.
  }
}

function forgetStored(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored either.
  }
}

function remember(user: Me): void {
  store(storageKey, JSON.stringify({ at: Date.now(), me: { ...user, csrf_token: "" } }));
}

function remembered(): Me | null {
  try {
    const known = JSON.parse(stored(storageKey) ?? "null") as { at: number; me: Me } | null;
    return known && Date.now() - known.at < rememberedFor ? known.me : null;
  } catch {
    return null;
  }
}

/** Ask the server who is signed in; in an outage go on as the remembered user, who can still register. */
export async function openDesk(): Promise<void> {
  const patience = setTimeout(goOnAsRemembered, 1_500);
  try {
    const answer = await finishLeaving(await fetchMe());
    if (answer) return become(answer);
    if (state.value === "signed_in") sessionEnded();
    else state.value = "signed_out";
    if (!me.value) forgetStored(storageKey);
  } catch {
    goOnAsRemembered();
    if (!me.value) state.value = "unreachable";
  } finally {
    clearTimeout(patience);
  }
}

/** Whoever signed out in an outage is signed out at the server now; answers who is still signed in. */
async function finishLeaving(user: Me | null): Promise<Me | null> {
  const whoLeft = stored(leavingKey);
  if (whoLeft === null) return user;
  if (user?.user.id === whoLeft) await endSession();
  forgetStored(leavingKey);
  return user?.user.id === whoLeft ? null : user;
}

/** No answer (yet): whoever worked here last goes on with the last picture; the server confirms or ends it later. */
function goOnAsRemembered(): void {
  if (me.value) return;
  me.value = remembered();
  unconfirmed.value = me.value !== null;
  if (me.value) state.value = "signed_in";
}

/** Called after a completed sign-in and whenever the server confirms the user. */
export function become(user: Me): void {
  const other = me.value !== null && me.value.user.id !== user.user.id;
  remember(user);
  // Another person sits down: nothing of the first one's page may stay on the screen.
  if (other) return location.reload();
  me.value = user;
  state.value = "signed_in";
  ended.value = false;
  unconfirmed.value = false;
}

/** The server said 401: whoever was working signs in again over the page. */
export function sessionEnded(): void {
  if (state.value === "signed_in" && !leaving) ended.value = true;
}

/** Sign out; in an outage at once on this PC, and at the server as soon as it can be told. Calls in hand and the outbox stay. */
export async function leaveDesk(): Promise<void> {
  const user = me.value?.user.id;
  leaving = true;
  try {
    await endSession();
  } catch (error) {
    if (isRefusal(error)) {
      leaving = false;
      throw error;
    }
    if (user) store(leavingKey, user);
  }
  forgetStored(storageKey);
  if (user) await Promise.all(pictures.map((name) => forget(user, name))).catch(() => undefined);
  api.csrfToken = null;
  location.reload();
}

/** True for an answer of the server that says no; not for a server that cannot be reached or is in trouble. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.status < 500;
}
