/** Feed and socket joined: what every page uses to stay current. */
import { api } from "@/api/client";
import type { EventPage } from "@/api/types";
import { EventFeed, type FeedParts, type FeedPosition } from "./feed";
import { openSocket, type LiveSocket, type SocketParts } from "./socket";

export interface LiveConnection {
  feed: EventFeed;
  stop: () => void;
  heartbeat: LiveSocket["heartbeat"];
}

/** GET /api/events since a position, waiting up to `wait` seconds on the server. */
export function askEvents(position: FeedPosition, wait: number, signal: AbortSignal): Promise<EventPage> {
  const query = { since: position.cursor, epoch: position.epoch, wait };
  return api.get<EventPage>("/api/events", { query, signal, timeout: wait * 1000 + 10_000 });
}

/** A heartbeat this often tells a living socket from a dead one. */
const heartbeatEvery = 25_000;

/**
 * Stay current: start the feed at once and the socket beside it. `fixes` receives live positions where wanted.
 * A socket that stays silent on a heartbeat is taken as dead: browsers keep dead sockets "open" when offline.
 */
export function connect(
  parts: Omit<FeedParts, "events">, position: FeedPosition | null = null, fixes?: SocketParts["fixes"],
): LiveConnection {
  const feed = new EventFeed({ ...parts, events: askEvents }, position);
  let socket: LiveSocket | null = null;
  let stopped = false;
  feed.start();
  void openSocket({
    opened: () => feed.socketOpened(), closed: () => feed.socketClosed(), event: (event) => feed.socketEvent(event), fixes,
  }).then((opened) => {
    if (stopped) opened.close();
    else socket = opened;
  }, () => undefined);

  const beat = async (): Promise<void> => {
    if (!socket || document.visibilityState !== "visible") return;
    if ((await socket.heartbeat()) === null) feed.socketClosed();
  };
  const resume = (): void => {
    if (document.visibilityState !== "visible") return;
    socket?.hurry();
    feed.hurry();
  };
  const timer = setInterval(() => void beat(), heartbeatEvery);
  document.addEventListener("visibilitychange", resume);
  window.addEventListener("online", resume);
  window.addEventListener("pageshow", resume);
  return {
    feed,
    heartbeat: async () => (socket ? socket.heartbeat() : null),
    stop: () => {
      stopped = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", resume);
      window.removeEventListener("online", resume);
      window.removeEventListener("pageshow", resume);
      feed.stop();
      socket?.close();
    },
  };
}
