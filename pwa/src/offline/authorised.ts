/** Requests that carry the session's token: fetched when missing, renewed once when the server says it is out of date. */
import { api, ProblemError } from "@/api/client";
import { fetchMe } from "@/api/session";

/**
 * Run a request of one user with a valid token. When this browser's session turns out to be somebody else's, nothing is
 * sent under that name: it fails like a session that ended (401).
 */
export async function authorised<T>(userId: string, ask: () => Promise<T>): Promise<T> {
  if (api.csrfToken === null) await requireMine(userId);
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem?.code !== "403.2") throw error;
    await requireMine(userId);
    return ask();
  }
}

async function requireMine(userId: string): Promise<void> {
  const me = await fetchMe();
  if (me?.user.id === userId) return;
  api.csrfToken = null;
  throw new ProblemError(401, null, null);
}
