import type { Financials, Party } from '../party';
import { exactOf, times, writtenNumber, type Decimal } from './decimal';

/** What a rule can ask about → how users call it. */
export const FACTS = {
  createdDays: 'Days Since Created',
  creditUsed: 'Credit Limit Used (%)',
  fieldNumber: 'Source Field (Number)',
  fieldText: 'Source Field (Text)',
  invoiceDays: 'Days Since Last Invoice',
  openAmount: 'Open Amount',
  orderDays: 'Days Since Last Order',
  overdueAmount: 'Overdue Amount',
  overdueDays: 'Overdue Days',
  recordStatus: 'Status of Record',
  stop: 'Customer Stop',
} as const;
export type FactName = keyof typeof FACTS;

/** Facts that are texts; the others are numbers. */
export const TEXT_FACTS: readonly FactName[] = ['fieldText', 'recordStatus', 'stop'];

/** What stands behind a fact, for one customer. */
export type Fact =
  | { text: string }
  /** `over` / `under` (default 1), so that a share is exact. */
  | { over: Decimal; under?: Decimal }
  /** Days: more than so many, because nothing was found within them. */
  | { moreThan: number }
  /** The product line never tells it. */
  | 'untold'
  /** The product line tells it, but this customer has none. */
  | 'missing'
  /** It was not found out, so that not even its absence is certain. */
  | 'unclear';

export interface FactContext {
  /** Fields of `Financials` that the product line tells. */
  told: ReadonlySet<keyof Financials>;
  /** The system's day, YYYY-MM-DD. */
  today: string;
  /** Invoices of so many days were read; Infinity for all, undefined where none were. */
  invoiceWindow?: number;
  /** Trimmed numbers of customers that have an invoice whose date is not told. */
  undated: ReadonlySet<string>;
  /** Source fields that rules name and at least one record has → as the source writes their names. */
  sourceFields: ReadonlyMap<string, string>;
}

/** @param asked names as people write them, in small letters or in capitals */
export function sourceFieldsOf(asked: string[], parties: Party[]): Map<string, string> {
  if (asked.length === 0) return new Map();
  const names = new Set(parties.flatMap(({ raw }) => Object.keys(raw)));
  const known = new Map([...names].sort().map((name) => [name.toLowerCase(), name]));
  return new Map(
    asked.flatMap((field): Array<[string, string]> => {
      const own = names.has(field) ? field : known.get(field.toLowerCase());
      return own === undefined ? [] : [[field, own]];
    }),
  );
}

const DAY_MS = 86_400_000;

/** ms since 1970; NaN for a day that no calendar has, such as 2026-02-30. */
function dayMs(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : NaN;
  return Number.isNaN(ms) || new Date(ms).toISOString().startsWith(day) ? ms : NaN;
}

/** Whole days from one day to another, both YYYY-MM-DD; undefined where one is no day. */
export function daysBetween(from: string, to: string): number | undefined {
  const days = (dayMs(to) - dayMs(from)) / DAY_MS;
  return Number.isInteger(days) ? days : undefined;
}

const HUNDRED = exactOf(100)!;
const exact = (value: number | string): Fact => {
  const over = exactOf(value);
  return over ? { over } : 'missing';
};

/** Without a limit above 0 there is no share: what a limit of 0 means differs between systems. */
function shareOf({ openAmount, creditLimit }: Financials): Fact {
  if (openAmount === null || creditLimit === null || creditLimit <= 0) return 'missing';
  const [open, limit] = [exactOf(openAmount), exactOf(creditLimit)];
  return open && limit ? { over: times(open, HUNDRED), under: limit } : 'missing';
}

const since = (day: string, today: string): Fact => {
  if (day === '') return 'missing';
  const days = daysBetween(day, today);
  return days === undefined ? 'unclear' : exact(days);
};

function invoiceDays({ number, financials }: Party, context: FactContext): Fact {
  const { told, today, invoiceWindow, undated } = context;
  if (!told.has('lastInvoiceDate')) return 'untold';
  if (financials?.lastInvoiceDate) return since(financials.lastInvoiceDate, today);
  if (undated.has(number.trim()) || financials?.unread?.includes('lastInvoiceDate')) return 'unclear';
  if (invoiceWindow === undefined) return 'missing';
  return { moreThan: invoiceWindow };
}

function financialFact(name: FactName, financials: Financials | undefined, context: FactContext): Fact {
  const { told, today } = context;
  const from = (fields: Array<keyof Financials>, read: (known: Financials) => Fact): Fact => {
    if (!fields.every((field) => told.has(field))) return 'untold';
    if (!financials || fields.some((field) => financials.unread?.includes(field))) return 'unclear';
    return read(financials);
  };
  const amount = (field: 'openAmount' | 'overdueAmount' | 'overdueDays'): Fact =>
    from([field], (known) => (known[field] === null ? 'missing' : exact(known[field])));
  switch (name) {
    case 'stop':
      return from(['stopped'], ({ stopped, stopCode }) =>
        stopped === null ? 'unclear' : { text: stopped ? stopCode || 'yes' : '' },
      );
    case 'creditUsed':
      return from(['openAmount', 'creditLimit'], shareOf);
    case 'orderDays':
      return from(['lastOrderDate'], ({ lastOrderDate }) => since(lastOrderDate, today));
    case 'createdDays':
      return from(['createdDate'], ({ createdDate }) => since(createdDate, today));
    default:
      return amount(name as 'openAmount' | 'overdueAmount' | 'overdueDays');
  }
}

const writtenFact = (value: string): Fact => {
  if (value === '') return 'missing';
  const over = writtenNumber(value);
  return over ? { over } : 'unclear';
};

/** @param field of the source, for `fieldText` and `fieldNumber` */
export function factOf(name: FactName, field: string, party: Party, context: FactContext): Fact {
  if (name === 'recordStatus') return { text: party.status };
  if (name === 'invoiceDays') return invoiceDays(party, context);
  if (name !== 'fieldText' && name !== 'fieldNumber') return financialFact(name, party.financials, context);
  const own = context.sourceFields.get(field);
  if (own === undefined) return 'untold';
  if (!Object.hasOwn(party.raw, own)) return 'missing';
  const value = party.raw[own]!.trim();
  return name === 'fieldText' ? { text: value } : writtenFact(value);
}

/** The facts of one customer, each found out once, however many rules ask for it. */
export function factsOf(party: Party, context: FactContext): (name: FactName, field: string) => Fact {
  const found = new Map<string, Fact>();
  return (name, field) => {
    const key = `${name} ${field}`;
    const fact = found.get(key) ?? factOf(name, field, party, context);
    found.set(key, fact);
    return fact;
  };
}
