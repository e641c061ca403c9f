import { fingerprint } from './fingerprint';

/** What a poll needs of a record. */
export interface Polled {
  number: string;
}

/** What a polling trigger keeps. Numbers and hashes only. */
export interface PollState {
  /** Where the last poll began, by the system's own clock. */
  cursor: string;
  /** Records that the next poll's overlap may bring again: number → hash of what was given out. */
  seen: Record<string, string>;
}

export const stateHash = (record: Polled): string => fingerprint(record);

const hashes = (records: Polled[]): Record<string, string> =>
  Object.fromEntries(records.map((record) => [record.number, stateHash(record)]));

/** Records that were not given out as they are now. */
export const newOnes = <T extends Polled>(records: T[], seen: Record<string, string>): T[] =>
  records.filter(
    (record) => !Object.hasOwn(seen, record.number) || seen[record.number] !== stateHash(record),
  );

/** After a poll. What it read is all that the next overlap can bring again. */
export const nextState = (cursor: string, read: Polled[]): PollState => ({ cursor, seen: hashes(read) });

/**
 * After everything was given out once. `recent` was read afterwards: a record that changed in between is kept with the
 * hash of what was given out, so that the next poll gives its new state.
 */
export function firstState(cursor: string, all: Polled[], recent: Polled[]): PollState {
  const given = new Map(all.map((record) => [record.number, record]));
  const known = recent.flatMap(({ number }) => given.get(number) ?? []);
  return { cursor, seen: hashes(known) };
}

/** From an earlier version or a hand: undefined when it is no state. */
export function readState(stored: unknown): PollState | undefined {
  const { cursor, seen } = (stored ?? {}) as Record<string, unknown>;
  if (typeof cursor !== 'string' || !/^\d+$/.test(cursor)) return undefined;
  const kept = typeof seen === 'object' && seen !== null ? (seen as Record<string, string>) : {};
  return { cursor, seen: kept };
}
