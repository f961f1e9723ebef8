// Spans of time, and days as they are printed.

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export function formatDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

// The day of a claimed time, in its own zone.
export function dayOf(at: string): string {
  return at.slice(0, 10);
}
