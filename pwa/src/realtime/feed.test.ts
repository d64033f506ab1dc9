/** The cursor feed: by socket or by polling, through lost networks and restored servers, no event is missed. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError, UnreachableError } from "@/api/client";
import type { EventPage, LingdaEvent } from "@/api/types";
import { EventFeed, type Contact, type FeedPosition } from "./feed";

type Ask = (position: FeedPosition, wait: number, signal: AbortSignal) => Promise<EventPage> | EventPage;
const event = (cursor: number): LingdaEvent =>
  ({ cursor, kind: "directive.changed", subject_id: "walnuts", revision: cursor, court_id: "binchuan", team_id: null, at: "2026-11-20T18:12:00.000Z", data: {} });
const page = (cursor: number, ...cursors: number[]): EventPage => ({ epoch: "e1", cursor, events: cursors.map(event) });

let asks: { since: FeedPosition["cursor"]; wait: number }[];
let applied: number[];
let contacts: Contact[];
let snapshots: number;
let signedOut: number;
let feed: EventFeed;

/** A feed whose server answers as `answers` say; after the last it leaves the request hanging, as a long poll does. */
function begin(answers: Ask[], snapshot: FeedPosition[] = [{ epoch: "e1", cursor: 10 }]): void {
  feed = new EventFeed({
    snapshot: async () => snapshot[Math.min(snapshots++, snapshot.length - 1)]!,
    apply: (one) => void applied.push(Number(one.cursor)), contact: (state) => contacts.push(state), signedOut: () => (signedOut += 1), random: () => 0.5,
    events: async (position, wait, signal) => {
      asks.push({ since: position.cursor, wait });
      const answer = answers[asks.length - 1];
      if (answer) return answer(position, wait, signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new UnreachableError("network"))));
    },
  });
  feed.start();
}
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const fails = (error: Error): Ask => () => Promise.reject(error);

beforeEach(() => {
  vi.useFakeTimers();
  [asks, applied, contacts, snapshots, signedOut] = [[], [], [], 0, 0];
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

describe("by polling", () => {
  test("starts with a snapshot, catches up without waiting, then waits on the server", async () => {
    begin([() => page(12, 11, 12), () => page(12)]);
    await settle();
    expect([snapshots, applied, asks]).toEqual([1, [11, 12], [{ since: 10, wait: 0 }, { since: 12, wait: 0 }, { since: 12, wait: 25 }]]);
    expect(contacts.at(-1)).toBe("online");
  });

  test("a page without events for this reader that moves the cursor is followed at once", async () => {
    begin([() => page(500), () => page(510, 505), () => page(510)]);
    await settle();
    expect(asks.map((ask) => ask.since)).toEqual([10, 500, 510, 510]);
  });

  test("without a network it says so, waits with jitter and asks again from the same place", async () => {
    begin([fails(new UnreachableError("network")), fails(new UnreachableError("timeout")), () => page(11, 11), () => page(11)]);
    await settle();
    expect(contacts.at(-1)).toBe("offline");
    await vi.advanceTimersByTimeAsync(500);
    expect(asks).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([applied, contacts.at(-1), asks.map((ask) => ask.since)]).toEqual([[11], "online", [10, 10, 10, 11, 11]]);
  });

  test("honours the pause a busy server asks for", async () => {
    begin([fails(new ProblemError(503, null, 20)), () => page(10)]);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(asks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asks.length).toBeGreaterThan(1);
  });

  test("410: the position is gone, so everything is read afresh", async () => {
    begin([fails(new ProblemError(410, null, null)), () => page(40)], [{ epoch: "e1", cursor: 10 }, { epoch: "e1", cursor: 40 }]);
    await settle();
    expect([snapshots, asks[1]]).toEqual([2, { since: 40, wait: 0 }]);
  });

  test("another epoch: the server was restored, so everything is read afresh", async () => {
    begin([() => ({ epoch: "e2", cursor: 3, events: [event(3)] }), () => ({ epoch: "e2", cursor: 3, events: [] })], [{ epoch: "e1", cursor: 10 }, { epoch: "e2", cursor: 3 }]);
    await settle();
    expect([snapshots, applied]).toEqual([2, []]);
  });

  test("401: stops and tells, and starts again when asked", async () => {
    begin([fails(new ProblemError(401, null, null)), () => page(10)]);
    await settle();
    expect([signedOut, asks.length]).toEqual([1, 1]);
    feed.start();
    await settle();
    expect(asks.length).toBeGreaterThan(1);
  });
});

describe("by socket", () => {
  test("once caught up nothing is polled; each event moves the cursor", async () => {
    begin([() => page(10), () => page(10), () => page(13)]);
    feed.socketOpened();
    await settle();
    const before = asks.length;
    feed.socketEvent(event(12));
    await vi.advanceTimersByTimeAsync(120_000);
    expect([asks.length, applied]).toEqual([before, [12]]);
    feed.socketClosed();
    await settle();
    expect(asks[before]!.since).toBe(12);
  });

  test("an event that comes before catching up is shown but does not move the cursor past missed ones", async () => {
    let fail: (error: Error) => void = () => undefined;
    begin([() => new Promise((_resolve, reject) => (fail = reject)), () => page(15, 11, 14, 15), () => page(15)]);
    feed.socketOpened();
    await settle();
    feed.hurry();
    feed.socketEvent(event(15));
    await settle();
    fail(new UnreachableError("network"));
    await vi.advanceTimersByTimeAsync(500);
    expect(applied).toEqual([15, 11, 14, 15]);
    expect(asks[1]!.since).toBe(10);
  });
});
