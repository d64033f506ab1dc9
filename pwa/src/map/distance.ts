/** Distance on the ground between two WGS-84 points, and its honest reading. */

export interface Point {
  longitude: number;
  latitude: number;
}

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine, mean Earth radius); a straight line, not a road. */
export function distanceM(from: Point, to: Point): number {
  const latitude = radians(to.latitude - from.latitude);
  const longitude = radians(to.longitude - from.longitude);
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Metres as people say them: to 10 m below a kilometre, to 0.1 km below 100 km, else to the kilometre. */
export function readableDistance(metres: number): { unit: "metre" | "kilometre"; text: string } {
  if (metres < 995) return { unit: "metre", text: String(Math.round(metres / 10) * 10) };
  const kilometres = metres / 1000;
  return { unit: "kilometre", text: kilometres < 99.95 ? kilometres.toFixed(1) : kilometres.toFixed(0) };
}
