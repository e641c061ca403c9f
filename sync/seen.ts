/** Mailchimp repeats a delivery over 75 minutes; a day more, because no zone stands with the time of an event. */
const KEPT_MS = 26 * 60 * 60 * 1000;
/** In memory, about 10 MB; beside the workflow in n8n's database, about 160 KB. */
const MAX_REMEMBERED = 50_000;
const MAX_STORED = 2000;

/** Event key → ms since 1970 at which it started a run. */
export type Seen = Record<string, number>;

/** The events that were taken; the oldest give way. */
export class Memory {
  private readonly at = new Map<string, number>();

  /** What was stored before a restart, or by another process. */
  learn(stored: Seen): void {
    for (const [key, at] of Object.entries(stored)) if (!this.at.has(key)) this.at.set(key, at);
  }

  has(key: string, now: number): boolean {
    const at = this.at.get(key);
    return at !== undefined && now - at <= KEPT_MS;
  }

  take(key: string, now: number): void {
    this.at.delete(key);
    this.at.set(key, now);
    for (const [oldest, at] of this.at) {
      if (this.at.size <= MAX_REMEMBERED && now - at <= KEPT_MS) break;
      this.at.delete(oldest);
    }
  }

  giveBack(key: string): void {
    this.at.delete(key);
  }

  /** The newest ones, to be stored. */
  newest(): Seen {
    return Object.fromEntries([...this.at].slice(-MAX_STORED));
  }
}

/** An event too old to be remembered: a replay of it could not be told from the first one. @param firedAt ISO 8601 */
export const isTooOld = (firedAt: string, now: number): boolean => now - Date.parse(firedAt) > KEPT_MS;
