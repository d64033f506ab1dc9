/** Where a map begins when no work is known yet: around the seats of one's own court and those below it. */

export type Bounds = [west: number, south: number, east: number, north: number];
interface Seat { id: string; parent_id: string | null; longitude: number | null; latitude: number | null }

/** Half the width of a county, in degrees: room around a single seat. */
const room = 0.35;
/** The middle of China, for a court without a seat on record. */
export const everywhere: Bounds = [97, 21, 129, 46];

/** The box around the court's seat and those of the courts directly below it, with room; null when no seat is known. */
export function boundsAround(courts: Seat[], courtId: string): Bounds | null {
  const seats = courts.filter((court) => court.id === courtId || court.parent_id === courtId)
    .flatMap((court) => (court.longitude !== null && court.latitude !== null ? [{ x: court.longitude, y: court.latitude }] : []));
  if (seats.length === 0) return null;
  const xs = seats.map((seat) => seat.x);
  const ys = seats.map((seat) => seat.y);
  return [Math.min(...xs) - room, Math.min(...ys) - room, Math.max(...xs) + room, Math.max(...ys) + room];
}
