// How far apart two places are, and whether anything can have moved that fast. RULES.md, rule 22.
// For doubt and display: nothing that is hashed rests on it.

export interface Place {
  lat: number; // 1e-7 degrees
  lon: number;
  errorMm: number; // of the position
}

const TRAVEL_FLOOR_MM = 5_000_000; // 5 km
const TRAVEL_LIMIT_KMH = 90n;
const WORLD_MM = 40_100_000_000; // an error beyond the way round the world says no more

// Great circle on a sphere of 6,371 km.
export function distanceMm(a: Place, b: Place): number {
  const radians = Math.PI / 180 / 1e7;
  const halfLat = Math.sin(((b.lat - a.lat) * radians) / 2);
  const halfLon = Math.sin(((b.lon - a.lon) * radians) / 2);
  const h = halfLat * halfLat + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * halfLon * halfLon;
  return Math.round(2 * 6_371_000_000 * Math.asin(Math.min(1, Math.sqrt(h))));
}

export interface TooFast {
  distanceMm: number; // before anything comes off
  minutes: number;
}

// Undefined when it is possible: within the error of the positions, or no faster than the limit.
export function tooFast(a: Place, b: Place, ms: number): TooFast | undefined {
  const distance = distanceMm(a, b);
  const error = Math.min(a.errorMm, WORLD_MM) + Math.min(b.errorMm, WORLD_MM);
  const travelled = distance - Math.max(TRAVEL_FLOOR_MM, error);
  // Millimetres a millisecond are metres a second, and 3.6 km/h each.
  if (travelled <= 0 || BigInt(travelled) * 36n <= BigInt(ms) * TRAVEL_LIMIT_KMH * 10n) return undefined;
  return { distanceMm: distance, minutes: Math.floor(ms / 60_000) };
}
