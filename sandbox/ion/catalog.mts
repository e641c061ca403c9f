import { BUSINESS_PROGRAMS } from './businessPrograms.mts';
import { CUSTOMER_PROGRAMS } from './customerPrograms.mts';
import { FINANCE_PROGRAMS } from './financePrograms.mts';
import { GENERAL_PROGRAMS } from './generalPrograms.mts';

export interface TransactionTable {
  summary: string;
  in: string;
  out: string;
}

export interface ProgramTable {
  title: string;
  transactions: Record<string, TransactionTable>;
}

export interface Field {
  name: string;
  length: number;
  mandatory: boolean;
}

/** Every MI program that this M3 serves; test/contract/ionCatalog.test.mts holds it against the official field lists. */
export const PROGRAMS: Record<string, ProgramTable> = {
  ...CUSTOMER_PROGRAMS,
  ...BUSINESS_PROGRAMS,
  ...FINANCE_PROGRAMS,
  ...GENERAL_PROGRAMS,
};

/** An entry of a table; `constructor` and the like are names of nothing. */
export const ownOf = <T,>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const parsed = new Map<string, Field[]>();

/** `CUNO*:10 CONO:3` as fields. */
export function fieldsOf(table: string): Field[] {
  const known = parsed.get(table);
  if (known) return known;
  const fields = table
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', length] = part.split(':');
      return { name: name.replace('*', ''), length: Number(length), mandatory: name.endsWith('*') };
    });
  parsed.set(table, fields);
  return fields;
}
