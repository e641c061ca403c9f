import type { Stage } from './stage.mts';

/** What both systems show for it afterwards, in plain words; one cell of the table each. */
export interface Seen {
  cloudSuite: string;
  mailchimp: string;
}

/** One thing that happens in the month. */
export interface Act {
  /** Stable name, for tests and the page. */
  id: string;
  /** Day of the month, and time of day as HH:MM. */
  day: number;
  at: string;
  /** One or two words, for a timeline. */
  label: string;
  title: string;
  /** Two or three sentences for somebody who has never seen the product. */
  tells: string;
  /** Numbers of the customers whom it is about; the page puts them on top. */
  about: string[];
  /** Does it, lets n8n run, and checks both systems. @throws Error when a check fails */
  play(stage: Stage): Promise<Seen>;
}

/** “1 contact”, “3 contacts”. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
