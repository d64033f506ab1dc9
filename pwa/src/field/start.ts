/** Beginning and ending on this phone: who is here, by what right, and what must not be lost when leaving. */
import { chooseFirstPassword, signIn, signOut, fetchMe } from "@/api/session";
import type { Me, Role, SignInAnswer } from "@/api/types";
import { DeviceIdentities, type Identity } from "@/offline/device_identity";
import { enrol, signInWithDevice } from "@/offline/device_sign_in";
import { askToPersist } from "@/offline/storage_health";
import { userStore } from "@/offline/user_store";
import { PhoneSession } from "./session";
import { phone, unsentCount } from "./state";

const identities = new DeviceIdentities(() => (phone.storageDead = true));
let session: PhoneSession | null = null;

/** The session in force; screens are shown only with one. */
export function current(): PhoneSession {
  if (!session) throw new Error("nobody is signed in on this phone");
  return session;
}

export type Desk = "/command" | "/duty";
const fieldRoles: Role[] = ["officer", "team_leader"];

/** Where somebody without a field role works; null for officers. */
export function deskOf(roles: Role[]): Desk | null {
  if (roles.some((role) => fieldRoles.includes(role))) return null;
  return roles.includes("commander") ? "/command" : "/duty";
}

/** Open the phone: at once with what it has, or with the cookie's session, or at the sign-in page. */
export async function startPhone(): Promise<void> {
  void askToPersist().then((health) => (phone.storage = health));
  try {
    const userId = await identities.current();
    const kept = userId ? await keptMe(userId) : null;
    if (kept) return await open(kept);
    const me = await fetchMe().catch(() => null);
    if (me && deskOf(me.roles) === null) return await open(me);
  } catch {
    phone.storageDead = true;
    return;
  }
  phone.stage = "signed_out";
}

/** What follows a password: the desk page to go to instead, a password of one's own to choose, or null: the phone is open. */
export type Entry = Desk | "choose_password" | null;

/** Sign in by password. */
export async function signInByPassword(account: string, password: string): Promise<Entry> {
  return enter((await signIn(account, password)).state);
}

/** Choose a password of one's own in place of an initial one. */
export async function choosePassword(password: string): Promise<Entry> {
  return enter((await chooseFirstPassword(password)).state);
}

async function enter(state: SignInAnswer["state"]): Promise<Entry> {
  if (state === "password_change_required") return "choose_password";
  if (state !== "signed_in") return "/duty";
  const me = await fetchMe();
  if (!me) throw new Error("the new session was not accepted");
  const desk = deskOf(me.roles);
  if (!desk) await open(me);
  return desk;
}

/** The officers this phone is enrolled for, to come back with one tap. */
export function enrolledOfficers(): Promise<Identity[]> {
  return identities.all();
}

/** Sign in with the key of this phone; false when the server refuses it. */
export async function signInByDevice(identity: Identity): Promise<boolean> {
  if (!(await signInWithDevice(identity))) return false;
  const me = await fetchMe();
  if (!me) return false;
  await open(me);
  return true;
}

/** Use an enrolment code: this phone now acts for its officer. */
export async function enrolWithCode(code: string): Promise<void> {
  const identity = await enrol(identities, code.trim(), deviceLabel());
  const me = await fetchMe();
  if (!me) throw new Error("the new session was not accepted");
  if (session?.me.user.id === identity.user_id) await session.resumed(identity);
  else await open(me);
}

/** Acts that have no receipt stand in the way of signing out: they would wait for somebody who is gone. */
export class UnsentError extends Error {
  override name = "UnsentError";
}

/** Sign out. Throws `UnsentError` when something has not arrived. The phone stays enrolled. */
export async function leave(): Promise<void> {
  if (unsentCount.value > 0) throw new UnsentError("acts without receipt");
  if (session) await import("@/push/browser").then(({ stopPush }) => stopPush(session?.me.user.id ?? "", phone.push)).catch(() => undefined);
  await signOut().catch(() => undefined);
  await identities.setCurrent(null);
  await session?.stop();
  session = null;
  Object.assign(phone, { stage: "signed_out", me: null, orders: [], commands: [], notices: [], duty: null, loaded: false, signInNeeded: false, revoked: null, push: null, lastReceipt: null });
}

async function open(me: Me): Promise<void> {
  if (session?.me.user.id === me.user.id) return session.resumed(undefined);
  await session?.stop();
  await identities.setCurrent(me.user.id);
  session = new PhoneSession(me, identities, await identities.of(me.user.id));
  await session.start();
}

async function keptMe(userId: string): Promise<Me | null> {
  const store = userStore(userId);
  const kept = await store.read(["meta"], (transaction) => transaction.objectStore("meta").get("me"));
  await store.close();
  return (kept as Me | undefined) ?? null;
}

function deviceLabel(): string {
  const model = /\(([^)]+)\)/.exec(navigator.userAgent)?.[1]?.split(";").slice(0, 3).join(" ") ?? "phone";
  return model.trim().slice(0, 60);
}

