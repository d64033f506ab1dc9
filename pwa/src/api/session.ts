/** Who is signed in on this page, and the acts of signing in and out. */
import { api, ProblemError } from "./client";
import type { Me, SignInAnswer } from "./types";

/** The signed-in user, or null when nobody is; also refreshes the token that acts need. Throws when unreachable. */
export async function fetchMe(): Promise<Me | null> {
  try {
    const me = await api.get<Me>("/api/me");
    api.csrfToken = me.csrf_token;
    return me;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

/** What the server takes at least; it has the last word. */
export const shortestPassword = 10;

/** Choose a password of one's own in place of an initial one: the last step of a first sign-in. */
export async function chooseFirstPassword(password: string): Promise<SignInAnswer> {
  const answer = await api.post<SignInAnswer>("/api/sign-in/password", { new_password: password });
  api.csrfToken = answer.csrf_token;
  return answer;
}

/** Sign in by account and password; may leave a second factor to give, or a password to choose. */
export async function signIn(account: string, password: string): Promise<SignInAnswer> {
  const answer = await api.post<SignInAnswer>("/api/sign-in", { account, password });
  api.csrfToken = answer.csrf_token;
  return answer;
}

export async function signOut(): Promise<void> {
  await api.post<unknown>("/api/sign-out");
  api.csrfToken = null;
}
