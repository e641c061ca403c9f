import type { Party } from '../party';
import type { Invoice } from '../record';
import { exactOf } from './decimal';
import { daysBetween } from './facts';
import type { Rule } from './rules';

/**
 * Days that are read beyond the longest that a rule asks for: the clocks of an invoice's date and of its change differ,
 * and an invoice may be dated a little ahead.
 */
export const MARGIN_DAYS = 31;

/**
 * How many days back invoices have to be known: the longest number that a rule asks for. Infinity where a rule asks
 * whether there is one at all; undefined where none asks for invoices.
 */
export function invoiceWindow(rules: Rule[]): number | undefined {
  const asked = rules
    .flatMap(({ conditions }) => conditions)
    .filter(({ fact, operator }) => fact === 'invoiceDays' && operator !== 'notTold');
  if (asked.length === 0) return undefined;
  const longest = asked.map(({ operator, value }) =>
    operator === 'isSet' || operator === 'isEmpty' ? Infinity : Math.ceil(Number(value)),
  );
  return Math.max(0, ...longest);
}

/** Days whose window begins before 1970 are all there are. */
export const windowStart = (now: number, days: number): number =>
  days === Infinity ? 0 : Math.max(0, now - (days + MARGIN_DAYS) * 86_400_000);

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Remembers of many invoices no more than each customer's last one. */
export class Activity {
  private readonly last = new Map<string, string>();
  private readonly withoutDate = new Set<string>();
  private newest: number;

  /** @param now the system's own clock, ms since 1970 */
  constructor(now: number) {
    this.newest = now;
  }

  /** Credit notes are no business; they have an amount below 0. */
  add({ customerNumber, invoiceDate, amount, modifiedAt }: Invoice): void {
    const changed = Date.parse(modifiedAt);
    if (changed > this.newest) this.newest = changed;
    const number = customerNumber.trim();
    const value = exactOf(amount);
    if (number === '' || (value && value.units < 0n)) return;
    if (daysBetween(invoiceDate, invoiceDate) === undefined) this.withoutDate.add(number);
    else if (invoiceDate > (this.last.get(number) ?? '')) this.last.set(number, invoiceDate);
  }

  /**
   * The system's day, YYYY-MM-DD. A system without a clock of its own tells the time of its newest customer instead, and
   * an invoice may be newer.
   */
  get today(): string {
    return dayOf(this.newest);
  }

  /**
   * The customer's last invoice, '' where there is none in the window. An older one that changed since is no answer:
   * there may be others between the two.
   * @param start of what was read, ms since 1970
   */
  lastInvoice({ number }: Pick<Party, 'number'>, start: number): string {
    const day = this.last.get(number.trim()) ?? '';
    return day > dayOf(start) || start === 0 ? day : '';
  }

  /** Customers with an invoice whose date is not told, and none that is known to be in the window. */
  undated(start: number): Set<string> {
    return new Set([...this.withoutDate].filter((number) => this.lastInvoice({ number }, start) === ''));
  }
}
