/** Mailchimp repeats a delivery over 75 minutes; a day more, because no zone stands with the time of an event. */
const KEPT_MS = 26 * 60 * 60 * 1000;
const MAX_KEPT = 2000;

/** Event key → ms since 1970 at which it started a run. */
export type Seen = Record<string, number>;

export const isSeen = (seen: Seen, key: string, now: number): boolean =>
  Object.hasOwn(seen, key) && now - seen[key]! <= KEPT_MS;

/** What is still needed of both, the oldest going first. */
export function mergeSeen(a: Seen, b: Seen, now: number): Seen {
  const kept = Object.entries({ ...a, ...b }).filter(([, at]) => now - at <= KEPT_MS);
  return Object.fromEntries(kept.sort(([, x], [, y]) => x - y).slice(-MAX_KEPT));
}

/** An event too old to be remembered: a replay of it could not be told from the first one. @param firedAt ISO 8601 */
export const isTooOld = (firedAt: string, now: number): boolean => now - Date.parse(firedAt) > KEPT_MS;
