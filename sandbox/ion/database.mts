import { BusinessTables } from './business.mts';
import { FinanceLedger } from './ledger.mts';
import { ymd8 } from './time.mts';
import { generateCustomers, type ContactRow, type CustomerRow } from '../data/customers.mts';

/** One change by an MI program, for tests that ask what was written. */
export interface M3Write {
  program: string;
  transaction: string;
  /** Keys and values; the company and the change number are none of them. */
  record: Record<string, string>;
  /** The CHNO that the change was held against. */
  chno?: string;
  at: number;
}

/** The service account's user, and a colleague at the screens: CHID tells who changed a row last. */
export const SERVICE_USER = 'MAILSYNC';
export const PERSON = 'JDOE';

const CUSTOM_KEYS = ['FILE', 'PK01', 'PK02', 'PK03', 'PK04', 'PK05', 'PK06', 'PK07', 'PK08'];

/** Joined by a character below all others, so that keys sort as their parts do. */
export const customKeyOf = (record: Record<string, string>): string =>
  CUSTOM_KEYS.map((key) => record[key] ?? '').join('\0');

const missing = (what: string): Error => new Error(`There is no ${what}`);

/** What a customer template must not lend to a new customer. */
const NOBODY = {
  ...{ MAIL: '', PHNO: '', VRNO: '', YREF: '' },
  ...{ TOIN: '0.00', TBLG: '0.00', TDIN: '0.00', ODUE: '0' },
};

/** The tables behind the MI programs. Each change moves LMDT, LMTS (ms since 1970) and CHNO (1 to 999, then again 1). */
export class M3Database {
  readonly customers = new Map<string, CustomerRow>();
  /** CRS111: `type|key` → address. */
  readonly repository = new Map<string, string>();
  readonly contacts = new Map<string, ContactRow & Record<string, string>>();
  /** CUSEXT: FILE and PK01 to PK08 joined → row. */
  readonly customFields = new Map<string, Record<string, string>>();
  readonly writes: M3Write[] = [];
  /** Suppliers, items, orders, invoices, accounts: a tenth as many as customers. */
  readonly business: BusinessTables;
  /** Vouchers and payments of other systems. */
  readonly ledger: FinanceLedger;

  constructor(
    readonly now: () => number,
    seed: number,
    count: number,
    businessCount?: number,
  ) {
    const data = generateCustomers(seed, count);
    const created = now() - 30 * 86_400_000;
    const numbers = data.customers.map(({ CUNO = '' }) => CUNO);
    this.business = new BusinessTables(now, seed, businessCount ?? Math.ceil(count / 10), numbers);
    const { invoices, accounts } = this.business;
    this.ledger = new FinanceLedger(now, invoices, accounts, (number) => this.customers.has(number));
    for (const row of data.customers)
      this.customers.set(row.CUNO!, { ...row, ...this.stamp({}, PERSON, created) });
    for (const [number, address] of data.repository) this.repository.set(`04|${number}`, address);
    for (const contact of data.contacts)
      this.contacts.set(contact.CNPE, { ...contact, ...this.stamp({}, PERSON, created) });
  }

  stamp(before: Record<string, string>, user = SERVICE_USER, at = this.now()): Record<string, string> {
    const CHNO = String((Number(before.CHNO ?? 0) % 999) + 1);
    return { LMDT: ymd8(at), LMTS: String(Math.floor(at)), CHNO, CHID: user };
  }

  addCustomer(fields: CustomerRow, template = generateCustomers(1, 1).customers[0]): CustomerRow {
    const row = {
      ...template,
      ...NOBODY,
      RGDT: ymd8(this.now()),
      PYNO: fields.CUNO ?? '',
      INRC: fields.CUNO ?? '',
      CUST: fields.CUNO ?? '',
      ...fields,
      ...this.stamp({}),
    } as CustomerRow;
    this.customers.set(row.CUNO!, row);
    return row;
  }

  /** What a person does in CRS610. */
  changeCustomer(number: string, fields: CustomerRow, user = PERSON): void {
    const row = this.customers.get(number);
    if (!row) throw missing(`customer ${number}`);
    Object.assign(row, fields, this.stamp(row, user));
  }

  /** What a person does in CRS618. */
  changeContact(name: string, fields: Record<string, string>): void {
    const row = this.contacts.get(name);
    if (!row) throw missing(`contact ${name}`);
    Object.assign(row, fields, this.stamp(row, PERSON));
  }

  /** What a person does in CRS111: sets the address of a key, new or not, or with undefined takes it away. */
  changeRepository(key: string, address: string | undefined, type = '04'): void {
    if (address === undefined) this.repository.delete(`${type}|${key}`);
    else this.repository.set(`${type}|${key}`, address);
  }

  /** What a person does to a customer's own fields; the row is made where there is none. */
  changeCustomFields(number: string, fields: Record<string, string>): void {
    const keys = { FILE: 'OCUSMA', PK01: number };
    const row = this.customFields.get(customKeyOf(keys)) ?? {};
    this.customFields.set(customKeyOf(keys), { ...row, ...keys, ...fields, ...this.stamp(row, PERSON) });
  }

  /** A customer's own field (FILE OCUSMA, PK01 the number, no other key); undefined where there is no row or no value. */
  customField(number: string, field: string): string | undefined {
    return this.customFields.get(customKeyOf({ FILE: 'OCUSMA', PK01: number }))?.[field];
  }

  removeCustomer(number: string): void {
    this.customers.delete(number);
  }

  /** In M3's order: by number as text. */
  sortedCustomers(): CustomerRow[] {
    return [...this.customers.values()].sort((a, b) => (a.CUNO! < b.CUNO! ? -1 : 1));
  }
}
