/** The live socket: WebSocket only, reconnecting with jitter; it only speeds up what the cursor feed guarantees. */
import type { LastKnown, LingdaEvent } from "@/api/types";
import { fullJitter } from "./backoff";

export interface SocketParts {
  opened: () => void;
  closed: () => void;
  event: (event: LingdaEvent) => void;
  fixes?: (fixes: LastKnown[]) => void;
}
export interface LiveSocket {
  close: () => void;
  /** Milliseconds of one round trip to the server, or null when no answer came within 5 s. */
  heartbeat: () => Promise<{ serverTime: string; roundTrip: number } | null>;
  /** Try now instead of at the next attempt. */
  hurry: () => void;
}

/** Open the socket; its library is loaded on demand so that the first screen does not wait for it. */
export async function openSocket(parts: SocketParts): Promise<LiveSocket> {
  const { io } = await import("socket.io-client");
  const socket = io({
    path: "/socket.io", transports: ["websocket"], upgrade: false, reconnection: true, reconnectionDelay: 1_000,
    reconnectionDelayMax: 30_000, randomizationFactor: 0.5, timeout: 10_000, withCredentials: true,
  });
  socket.on("connect", parts.opened);
  // The library comes back by itself after a lost network, but not after the server closed or refused the socket.
  let again: ReturnType<typeof setTimeout> | null = null;
  const comeBack = (): void => {
    if (again) clearTimeout(again);
    again = setTimeout(() => socket.connect(), 5_000 + fullJitter(1, Math.random(), { first: 25_000, most: 25_000 }));
  };
  socket.on("disconnect", (reason) => {
    parts.closed();
    if (reason === "io server disconnect") comeBack();
  });
  socket.on("connect_error", () => {
    if (!socket.active) comeBack();
  });
  socket.on("event", parts.event);
  if (parts.fixes) socket.on("fixes", parts.fixes);
  return {
    close: () => {
      if (again) clearTimeout(again);
      socket.close();
    },
    hurry: () => {
      if (!socket.connected) socket.connect();
    },
    heartbeat: async () => {
      if (!socket.connected) return null;
      const sentAt = Date.now();
      try {
        const answer = (await socket.timeout(5_000).emitWithAck("heartbeat", { sent_at: new Date(sentAt).toISOString() })) as {
          server_time: string;
        };
        return { serverTime: answer.server_time, roundTrip: Date.now() - sentAt };
      } catch {
        // Open in name only: closing the transport makes the library connect anew.
        socket.io.engine?.close();
        return null;
      }
    },
  };
}
