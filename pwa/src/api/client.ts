/** One door to the server: JSON in and out, problems as errors, a limit on waiting, and a clock sample from every answer. */
import type { Problem } from "./types";

/** The server answered with an error; `retryAfter` in seconds when it named a time. */
export class ProblemError extends Error {
  constructor(readonly status: number, readonly problem: Problem | null, readonly retryAfter: number | null) {
    super(problem?.detail ?? problem?.en ?? `HTTP ${status}`);
    this.name = "ProblemError";
  }
}

/** No usable answer: the network failed, time ran out, or something that is not our server answered (a captive portal). */
export class UnreachableError extends Error {
  constructor(readonly reason: "network" | "timeout" | "not_our_server", options?: ErrorOptions) {
    super(reason, options);
    this.name = "UnreachableError";
  }
}

/** Server time seen in an answer: all in epoch milliseconds, `serverTime` read between `sentAt` and `answeredAt`. */
export interface TimeSample { serverTime: number; sentAt: number; answeredAt: number }

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  body?: unknown;
  query?: Record<string, string | number | undefined | null>;
  /** Milliseconds to wait for the whole answer. */
  timeout?: number;
  signal?: AbortSignal;
}

const defaultTimeout = 10_000;

/** Seconds from a Retry-After header, given as seconds or as a date; null when absent or unreadable. */
export function retryAfterSeconds(header: string | null, now: number): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}

export class ApiClient {
  /** Token for acts by cookie session; set after sign-in or GET /api/me. */
  csrfToken: string | null = null;
  private readonly timeListeners = new Set<(sample: TimeSample) => void>();

  constructor(private readonly fetchImplementation: typeof fetch = (...arguments_) => fetch(...arguments_)) {}

  /** Be told the server time carried by every answer; returns the way to stop. */
  onServerTime(listener: (sample: TimeSample) => void): () => void {
    this.timeListeners.add(listener);
    return () => this.timeListeners.delete(listener);
  }

  get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return this.request<T>(path, options);
  }

  post<T>(path: string, body: unknown = {}, options: RequestOptions = {}): Promise<T> {
    return this.request<T>(path, { ...options, method: "POST", body });
  }

  /**
   * Ask and wait. Throws `ProblemError` for an error answer of ours, `UnreachableError` for anything else;
   * a success that is not JSON is no success (captive portals answer 200 with a sign-in page).
   */
  async request<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.send(path, options);
    const isJson = /^application\/([\w.+-]*\+)?json\b/.test(answer.headers.get("content-type") ?? "");
    if (answer.status === 204) return undefined as T;
    const content: unknown = isJson ? await answer.json().catch(() => undefined) : undefined;
    if (!answer.ok) {
      const problem = isProblem(content) ? content : null;
      throw new ProblemError(answer.status, problem, retryAfterSeconds(answer.headers.get("retry-after"), Date.now()));
    }
    if (content === undefined) throw new UnreachableError("not_our_server");
    return content as T;
  }

  private async send(path: string, options: RequestOptions): Promise<Response> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), options.timeout ?? defaultTimeout);
    const stop = (): void => controller.abort();
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener("abort", stop);
    const sentAt = Date.now();
    try {
      const answer = await this.fetchImplementation(address(path, options.query), this.describe(options, controller.signal));
      this.tellTime(answer, sentAt);
      // The body is read inside the limit too: a stalled body is a stalled answer.
      const body = [101, 204, 205, 304].includes(answer.status) ? null : await answer.arrayBuffer();
      return new Response(body, { status: answer.status, headers: answer.headers });
    } catch (error) {
      throw new UnreachableError(controller.signal.aborted ? "timeout" : "network", { cause: error });
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", stop);
    }
  }

  private describe(options: RequestOptions, signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = { Accept: "application/json" };
    const method = options.method ?? "GET";
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET" && this.csrfToken) headers["X-CSRF-Token"] = this.csrfToken;
    return {
      method, headers, signal, credentials: "same-origin", cache: "no-store", redirect: "follow",
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    };
  }

  private tellTime(answer: Response, sentAt: number): void {
    const serverTime = Number(answer.headers.get("x-server-time"));
    if (!serverTime) return;
    for (const listener of this.timeListeners) listener({ serverTime, sentAt, answeredAt: Date.now() });
  }
}

function isProblem(content: unknown): content is Problem {
  return typeof content === "object" && content !== null && "code" in content && "zh" in content;
}

function address(path: string, query: RequestOptions["query"]): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

/** The client of this page. */
export const api = new ApiClient();
