import { generateBusiness, type Row } from '../data/business.mts';
import { ymd8 } from './time.mts';

/** Characters by which a range of numbers is found. */
export const NEAR = 10;

/** One table: rows by key, in the order of the key. */
export class Table {
  readonly rows = new Map<string, Row>();

  /** Keys by the first characters of an invoice's number. */
  private readonly numbers = new Map<string, Set<string>>();

  constructor(
    private readonly keyOf: (row: Row) => string,
    private readonly now: () => number,
    rows: Row[],
    created: number,
  ) {
    for (const row of rows) this.rows.set(keyOf(row), { ...row, ...this.stamp({}, created) });
  }

  /** Each change moves LMDT, LMTS (ms since 1970) and CHNO. */
  private stamp(before: Row, at = this.now()): Row {
    const CHNO = String((Number(before.CHNO ?? 0) % 999) + 1);
    return { LMDT: ymd8(at), LMTS: String(Math.floor(at)), CHNO };
  }

  sorted(): Row[] {
    return [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  /** Invoices whose number begins so. */
  near(start: string): Row[] {
    return [...(this.numbers.get(start) ?? [])]
      .map((key) => this.rows.get(key))
      .filter((row) => row !== undefined);
  }

  /** A new row, or a change of one. */
  put(row: Row, at?: number): void {
    const key = this.keyOf(row);
    const before = this.rows.get(key) ?? {};
    this.rows.set(key, { ...before, ...row, ...this.stamp(before, at) });
    const start = (row.CINO ?? '').slice(0, NEAR);
    this.numbers.set(start, (this.numbers.get(start) ?? new Set()).add(key));
  }
}

const joined = (...parts: Array<string | undefined>): string => parts.map((part) => part ?? '').join('\0');

/** The tables beside the customers. */
export class BusinessTables {
  readonly suppliers: Table;
  readonly supplierReferences: Table;
  readonly items: Table;
  readonly purchaseOrders: Table;
  readonly invoices: Table;
  readonly accounts: Table;

  constructor(now: () => number, seed: number, count: number, customers: string[]) {
    const data = generateBusiness(seed, count, customers, now());
    const created = now() - 30 * 86_400_000;
    const table = (keyOf: (row: Row) => string, rows: Row[]): Table => new Table(keyOf, now, rows, created);
    this.suppliers = table(({ SUNO }) => SUNO!, data.suppliers);
    this.supplierReferences = table(referenceKeyOf, data.supplierReferences);
    this.items = table(({ ITNO }) => ITNO!, data.items);
    this.purchaseOrders = table(({ PUNO }) => PUNO!, data.purchaseOrders);
    this.invoices = table(({ PYNO, INYR, CINO }) => joined(PYNO, INYR, CINO), data.invoices);
    this.accounts = table(({ AITP, AITM }) => joined(AITP, AITM), data.accounts);
  }
}

export const referenceKeyOf = ({ SUNO, RFTY, RFID }: Row): string => joined(SUNO, RFTY, RFID);
export const accountKeyOf = ({ AITP, AITM }: Row): string => joined(AITP, AITM);
