import { generateBusiness, type Row } from '../data/business.mts';
import { ymd8 } from './time.mts';

/** One table: rows by key, in the order of the key. */
export class Table {
  readonly rows = new Map<string, Row>();

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

  /** A new row, or a change of one. */
  put(row: Row, at?: number): void {
    const before = this.rows.get(this.keyOf(row)) ?? {};
    this.rows.set(this.keyOf(row), { ...before, ...row, ...this.stamp(before, at) });
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
