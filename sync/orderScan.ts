import { createHash } from 'crypto';
import { orderPrint } from './order';

/** Bytes of an order's name and of its state. */
const PART = 6;
const ENTRY = 2 * PART;

const short = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, PART).toString('hex');

/**
 * What was given out of a store's orders: 12 bytes an order, 16 characters in base 64. Of a million orders two share
 * a name once in 560 shops; they would start needless runs and lose nothing.
 */
export class OrderScan {
  private constructor(private states: Map<string, string>) {}

  /** @param stored what `text` gave; anything else counts as nothing */
  static from(stored: unknown): OrderScan {
    const bytes = Buffer.from(typeof stored === 'string' ? stored : '', 'base64');
    const states = new Map<string, string>();
    for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
      states.set(bytes.toString('hex', at, at + PART), bytes.toString('hex', at + PART, at + ENTRY));
    }
    return new OrderScan(states);
  }

  get size(): number {
    return this.states.size;
  }

  /** How the order compares with what was given out of it last. */
  compare(order: Record<string, unknown>): 'new' | 'changed' | 'same' {
    const state = this.states.get(short(String(order.id)));
    if (state === undefined) return 'new';
    return state === short(orderPrint(order)) ? 'same' : 'changed';
  }

  /** Of what was given out of the order; undefined when nothing was. */
  stateOf(order: Record<string, unknown>): string | undefined {
    return this.states.get(short(String(order.id)));
  }

  /** The order is given out as it is. */
  take(order: Record<string, unknown>): void {
    this.states.set(short(String(order.id)), short(orderPrint(order)));
  }

  /**
   * Forgets orders that the store has no longer. Only after a read that surely saw all of them.
   * @param before what was known when the read began: what came later was not to be seen in it
   */
  keepOnly(orders: Array<Record<string, unknown>>, before: OrderScan): void {
    const names = new Set(orders.map(({ id }) => short(String(id))));
    const isKept = (name: string): boolean => names.has(name) || !before.states.has(name);
    this.states = new Map([...this.states].filter(([name]) => isKept(name)));
  }

  /** In one order, so that equal states give equal texts. */
  text(): string {
    const entries = [...this.states].sort(([a], [b]) => (a < b ? -1 : 1));
    return Buffer.concat(entries.map(([name, state]) => Buffer.from(name + state, 'hex'))).toString('base64');
  }
}
