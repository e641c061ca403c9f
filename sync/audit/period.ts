import { DAY, WEEK } from './report';

export interface Period {
  /** ms since 1970, inclusive. */
  from: number;
  /** ms since 1970, exclusive. */
  to: number;
}

/** A chart of more days shows nothing. */
export const MOST_DAYS = 366;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]/;

/** ISO 8601; what names no zone is UTC. */
function moment(text: string): number {
  if (!DATE.test(text) && !DATE_TIME.test(text)) return NaN;
  return Date.parse(LOCAL_TIME.test(text) ? `${text.replace(' ', 'T')}Z` : text);
}

/**
 * The period that somebody asks for.
 * @param from a date or a date-time; '' for seven days before the end
 * @param to a date, which belongs to the period as a whole, or a date-time; '' for now
 * @param now ms since 1970
 * @returns a sentence that says what is wrong, where it is no period
 */
export function periodOf(from: string, to: string, now: number): Period | string {
  const asked = to.trim();
  const end = asked === '' ? now : moment(asked) + (DATE.test(asked) ? DAY : 0);
  if (!Number.isFinite(end)) return '“To” is neither a date nor a date and time.';
  const begin = from.trim() === '' ? end - WEEK : moment(from.trim());
  if (!Number.isFinite(begin)) return '“From” is neither a date nor a date and time.';
  if (begin >= end) return '“From” is not before “To”.';
  if (end - begin > MOST_DAYS * DAY) return `The period is longer than ${MOST_DAYS} days.`;
  return { from: begin, to: end };
}
