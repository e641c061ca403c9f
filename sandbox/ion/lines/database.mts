import type { Row } from '../../data/business.mts';
import { canonicalData, CREATED_BEFORE_MS, type Kind } from './canonical.mts';

/** How one system names and limits what it keeps of one kind. */
export interface Layout {
  /** Canonical field → the system's own. */
  names: Row;
  /** Source field → most characters; what may be written. */
  lengths: Record<string, number>;
  /** Fields that every row has besides, such as those that the tenant has added. */
  more: Row;
  /** A canonical value as the system writes it. */
  write(canonical: string, value: string): string;
  /** A number as the system has it, without padding; default as it is. */
  numberOf?(number: string): string;
}

/** One stored row. */
export interface Stored {
  /** In source fields. */
  row: Row;
  /** Change time, ms since 1970. */
  changed: number;
  /** Made once, never changes. */
  id: string;
}

export interface LineWrite {
  kind: Kind;
  number: string;
  fields: Row;
}

const KINDS: Kind[] = ['customer', 'supplier', 'item', 'purchaseOrder', 'invoice', 'glAccount'];

/** The data behind a product line that keeps records whole; numbers are without the system's padding. */
export class LineDatabase {
  /** Every change by the API. */
  readonly writes: LineWrite[] = [];
  readonly denied = new Set<Kind>();
  /** A person can act here, between a client's read and its write. */
  beforeWrite: ((kind: Kind, number: string) => void) | undefined;
  private last = 0;
  private ids = 0;
  private built: Map<Kind, Map<string, Stored>> | undefined;

  constructor(
    readonly layouts: Record<Kind, Layout>,
    private readonly clock: () => number,
    private readonly size: { seed?: number; customers?: number; others?: number } = {},
  ) {}

  /** Made when somebody looks: most simulations concern one product line. */
  private get tables(): Map<Kind, Map<string, Stored>> {
    if (this.built) return this.built;
    this.built = new Map(KINDS.map((kind) => [kind, new Map<string, Stored>()]));
    const { seed = 1, customers = 60, others = Math.ceil(customers / 10) } = this.size;
    const data = canonicalData(seed, customers, others, this.clock());
    const created = this.clock() - CREATED_BEFORE_MS;
    for (const kind of KINDS) for (const canonical of data[kind]) this.insert(kind, canonical, created);
    return this.built;
  }

  /** ms since 1970. */
  get time(): number {
    return this.clock();
  }

  /** No two changes share a moment unless a test wants it. */
  now(): number {
    this.last = Math.max(this.clock(), this.last + 1);
    return this.last;
  }

  private insert(kind: Kind, canonical: Row, changed: number): void {
    const { names, more, write, numberOf } = this.layouts[kind];
    const pairs = Object.entries(names).map(([name, field]): [string, string] => [
      field,
      write(name, canonical[name] ?? ''),
    ]);
    const row = { ...more, ...Object.fromEntries(pairs.filter(([field]) => field !== '')) };
    const number = numberOf?.(canonical.number!) ?? canonical.number!;
    this.tables.get(kind)!.set(number, { row, changed, id: `id-${++this.ids}` });
  }

  table(kind: Kind): Map<string, Stored> {
    return this.tables.get(kind)!;
  }

  /** By number as text. */
  sorted(kind: Kind): Array<[string, Stored]> {
    return [...this.table(kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  add(kind: Kind, canonical: Row): void {
    this.insert(kind, canonical, this.now());
  }

  /** What a person does at the screens. */
  change(kind: Kind, number: string, fields: Row, at = this.now()): void {
    const stored = this.table(kind).get(number)!;
    Object.assign(stored.row, fields);
    stored.changed = at;
  }

  /** What the API does. */
  write(kind: Kind, number: string, fields: Row): void {
    this.change(kind, number, fields);
    this.writes.push({ kind, number, fields });
  }

  /** The first field that is unknown or too long; undefined when all of them fit. */
  misfit(kind: Kind, fields: Row): { field: string; unknown: boolean } | undefined {
    const { lengths } = this.layouts[kind];
    for (const [field, value] of Object.entries(fields)) {
      if (!Object.hasOwn(lengths, field)) return { field, unknown: true };
      if (value.length > lengths[field]!) return { field, unknown: false };
    }
    return undefined;
  }
}
