import type { Row } from '../../data/business.mts';
import type { Kind } from '../lines/canonical.mts';
import { LineDatabase, type Layout, type Stored } from '../lines/database.mts';
import { LAYOUTS } from './layouts.mts';
import { defaultSettings } from './settings.mts';

/** A prime: multiples of it take every record once, in no order. */
const STRIDE = 7919;

/** A copy, which a test may change. */
const ownLayouts = (): Record<Kind, Layout> =>
  Object.fromEntries(
    Object.entries(LAYOUTS).map(([kind, layout]) => [kind, { ...layout, names: { ...layout.names } }]),
  ) as Record<Kind, Layout>;

/** CloudSuite Financials & Supply Management (Landmark). */
export class FinancialsDatabase extends LineDatabase {
  readonly settings = defaultSettings();

  constructor(clock: () => number, options: { seed?: number; customers?: number; others?: number }) {
    super(ownLayouts(), clock, options);
  }

  keyOf(kind: Kind): string {
    return this.layouts[kind].names.number!;
  }

  /** Second part of the key of customers and vendors; undefined for the others. */
  groupOf(kind: Kind): string | undefined {
    return Object.keys(this.layouts[kind].more).find((field) => field.endsWith('Group'));
  }

  fieldsOf(kind: Kind): string[] {
    const { names, more } = this.layouts[kind];
    return [...Object.values(names).filter((name) => name !== ''), ...Object.keys(more)];
  }

  /** A record of another group under a number that the first group has too, as a person makes it. */
  addTwin(kind: Kind, number: string, group: string): void {
    const { row } = this.table(kind).get(number)!;
    const field = this.groupOf(kind);
    const twin = { ...row, ...(field ? { [field]: group } : {}) };
    this.table(kind).set(`${number}\0${group}`, { row: twin, changed: this.now(), id: `${group}-${number}` });
  }

  /** The record that these keys name. */
  find(kind: Kind, keys: Row): [string, Stored] | undefined {
    const [key, group] = [this.keyOf(kind), this.groupOf(kind)];
    const number = (keys[key] ?? '').trim();
    return [...this.table(kind)].find(
      ([, { row }]) => row[key] === number && (!group || row[group] === keys[group]),
    );
  }

  /** @param setName what the client asks for */
  ordered(kind: Kind, setName: string | undefined): Stored[] {
    const { order } = this.settings;
    const made = [...this.table(kind).values()];
    if (order === 'mixed') return made.map((_, i) => made[(i * STRIDE) % made.length]!);
    return order === 'asked' && setName ? this.sorted(kind).map(([, stored]) => stored) : made;
  }
}
