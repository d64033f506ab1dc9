/** Who sits at this desk: asked of the server, remembered for an outage, and asked again when the session ended elsewhere. */
import { computed, readonly, ref } from "vue";
import { fetchMe, signOut as endSession } from "@/api/session";
import { api } from "@/api/client";
import type { Me } from "@/api/types";
import { forget } from "./kept";

/** loading: nothing known yet; unreachable: no answer and nobody remembered. */
export type DeskState = "loading" | "signed_out" | "signed_in" | "unreachable";

const rememberedFor = 12 * 3_600_000;
const storageKey = "lingda-desk-me";
const me = ref<Me | null>(null);
const state = ref<DeskState>("loading");
/** True when the session ended while somebody was working: sign in again over the page, nothing typed is lost. */
const ended = ref(false);
/** True while the server has not confirmed the remembered user. */
const unconfirmed = ref(false);

export const desk = {
  me: readonly(me), state: readonly(state), ended: readonly(ended), unconfirmed: readonly(unconfirmed),
  userId: computed(() => me.value?.user.id ?? null),
};

/** True when the signed-in user holds the permission (the server enforces it; this only hides what cannot work). */
export function may(permission: string): boolean {
  return me.value?.permissions.includes(permission) ?? false;
}

/** True when the user holds one of the roles. */
export function hasRole(...roles: string[]): boolean {
  return me.value?.roles.some((role) => roles.includes(role)) ?? false;
}

function remember(user: Me | null): void {
  try {
    if (user) localStorage.setItem(storageKey, JSON.stringify({ at: Date.now(), me: { ...user, csrf_token: "" } }));
    else localStorage.removeItem(storageKey);
  } catch {
    // Without storage an outage at load shows "unreachable" instead.
  }
}

function remembered(): Me | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? "null") as { at: number; me: Me } | null;
    return stored && Date.now() - stored.at < rememberedFor ? stored.me : null;
  } catch {
    return null;
  }
}

/** Ask the server who is signed in; in an outage go on as the remembered user, who can still register. */
export async function openDesk(): Promise<void> {
  const patience = setTimeout(goOnAsRemembered, 1_500);
  try {
    const answer = await fetchMe();
    if (answer) return become(answer);
    if (state.value === "signed_in") ended.value = true;
    else state.value = "signed_out";
    if (!me.value) remember(null);
  } catch {
    goOnAsRemembered();
    if (!me.value) state.value = "unreachable";
  } finally {
    clearTimeout(patience);
  }
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
  if (state.value === "signed_in") ended.value = true;
}

export async function leaveDesk(): Promise<void> {
  const user = me.value?.user.id;
  await endSession();
  remember(null);
  if (user) await forget(user, "board").catch(() => undefined);
  api.csrfToken = null;
  location.reload();
}
