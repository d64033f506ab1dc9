/** Requests that carry the session's token: fetched when missing, renewed once when the server says it is out of date. */
import { api, ProblemError } from "@/api/client";
import { fetchMe } from "@/api/session";

/** Run a request with a valid token; 401 passes through to whoever asked. */
export async function authorised<T>(ask: () => Promise<T>): Promise<T> {
  if (api.csrfToken === null) await fetchMe();
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem?.code !== "403.2") throw error;
    await fetchMe();
    return ask();
  }
}
