import { fieldsOf, ownOf, PROGRAMS, type Field } from '../catalog.mts';
import type { M3Database } from '../database.mts';
import type { IonSettings } from '../settings.mts';
import { MiFailure } from './failure.mts';

export { MiFailure };

export type MiRecord = Record<string, string>;

export interface MiOptions {
  /** 0 for all. */
  maxRecords: number;
  columns: string[];
  excludeEmpty: boolean;
  rightTrim: boolean;
  dateFormat: string;
}

export interface MiWorld {
  db: M3Database;
  settings: IonSettings;
}

export interface Asked {
  program: string;
  transaction: string;
  /** The context's company, where the call names one. */
  company?: string;
  record: MiRecord;
}

/** Rows that a transaction answers with; an empty list for a change. */
export type Handler = (world: MiWorld, record: MiRecord) => MiRecord[];

const DATES = new Set(['LMDT', 'RGDT', 'DATE', 'LADT', 'FADT']);
/** CUSEXT's numbers: 19 digits, 6 of them decimals. */
const CUSTOM_NUMBER = /^N\d96$/;
const WHOLE = new Set(['CONO', 'LMTS', 'CHNO', 'ODUD']);
/** Credit limits, amounts, and the numeric fields of CUSEXT. */
const DECIMAL = /^(CRLM|CRL2|CRL3|TDIN|INLI|N\d96)$/;
const COMPANY = '100';

/** As MRS001MI tells it: alphanumeric, numeric or date. */
export const typeOf = (name: string): 'A' | 'N' | 'D' => {
  if (DATES.has(name)) return 'D';
  return WHOLE.has(name) || DECIMAL.test(name) ? 'N' : 'A';
};

function isNumericEnough(name: string, value: string): boolean {
  if (WHOLE.has(name)) return /^\d*$/.test(value);
  if (CUSTOM_NUMBER.test(name)) return /^(-?\d{1,13}(\.\d{1,6})?)?$/.test(value);
  return !DECIMAL.test(name) || /^(-?\d+(\.\d+)?)?$/.test(value);
}

function checkInput(asked: Asked, world: MiWorld): Field[] {
  const { program, transaction, record } = asked;
  const table = ownOf(PROGRAMS, program);
  if (!table) throw new MiFailure('XMI0001', '', `Program ${program} does not exist`, true);
  if (world.settings.deniedPrograms.has(program)) {
    throw new MiFailure('XAU0001', '', `User MAILSYNC is not authorized to program ${program}`, true);
  }
  const spec = ownOf(table.transactions, transaction);
  if (!spec) throw new MiFailure('XMI0002', '', `Transaction ${transaction} does not exist`);
  // Assumed: a right that is missing for one transaction does not end a bulk call.
  if (world.settings.deniedPrograms.has(`${program}/${transaction}`)) {
    throw new MiFailure('XAU0001', '', `User MAILSYNC is not authorized to transaction ${transaction}`);
  }
  const fields = fieldsOf(spec.in);
  for (const [name, value] of Object.entries(record)) {
    const field = fields.find((one) => one.name === name);
    if (!field) throw new MiFailure('XMI0003', name, `Field ${name} is not an input field of ${transaction}`);
    if (value.length > field.length) {
      throw new MiFailure('XMI0004', name, `Value of ${name} is longer than ${field.length} characters`);
    }
    if (!isNumericEnough(name, value.trim()))
      throw new MiFailure('XNU0000', name, `Value of ${name} is not numeric`);
  }
  const company = record.CONO?.trim() || asked.company || COMPANY;
  if (company !== COMPANY) throw new MiFailure('WCO0103', 'CONO', `Company ${company} does not exist`);
  const missing = fields.find((field) => field.mandatory && !(record[field.name] ?? '').trim());
  if (missing) throw new MiFailure('WXX0102', missing.name, `Field ${missing.name} must be entered`);
  return fieldsOf(spec.out);
}

/** Year (2), ISO week (2), day of the week (1). */
function weekDate(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  const weekday = date.getUTCDay() || 7;
  date.setUTCDate(date.getUTCDate() + 4 - weekday);
  const week = Math.ceil(((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
  return `${String(date.getUTCFullYear()).slice(2)}${String(week).padStart(2, '0')}${weekday}`;
}

function formatDate(value: string, format: string): string {
  if (!/^\d{8}$/.test(value)) return value;
  const [y = '', m = '', d = ''] = [value.slice(0, 4), value.slice(4, 6), value.slice(6)];
  const forms: Record<string, string> = {
    YMD8: value,
    'YMD8-': `${y}-${m}-${d}`,
    YMD6: y.slice(2) + m + d,
    DMY6: d + m + y.slice(2),
    MDY6: m + d + y.slice(2),
    YWD5: weekDate(Number(y), Number(m), Number(d)),
  };
  return forms[format] ?? value;
}

function project(row: MiRecord, out: Field[], options: MiOptions): MiRecord {
  const wanted = out.filter(({ name }) => options.columns.length === 0 || options.columns.includes(name));
  const pairs = wanted.map(({ name, length }): [string, string] => {
    const raw = String(row[name] ?? '').slice(0, length);
    const value = DATES.has(name) ? formatDate(raw, options.dateFormat) : raw;
    return [name, options.rightTrim ? value.trimEnd() : value.padEnd(length)];
  });
  return Object.fromEntries(pairs.filter(([, value]) => !options.excludeEmpty || value.trim() !== ''));
}

const CHANGES = /^(Chg|Change|Upd)/;
const WRITES = /^(Add|Chg|Change|Upd|Del|Dlt|Ctrl|Control)/;

/** What the caller means by its input, right-hand blanks aside. */
function given({ transaction, record }: Asked, { blankInput }: IonSettings): MiRecord {
  const fields = Object.entries(record).map(([name, value]): [string, string] => [name, value.trimEnd()]);
  if (blankInput === 'clears' || !CHANGES.test(transaction)) return Object.fromEntries(fields);
  const filled = fields.filter(([, value]) => value !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, value === '?' ? '' : value]));
}

/** What a new record must have, a change cannot take away (assumed). */
function checkKept({ program, transaction }: Asked, record: MiRecord): void {
  if (!CHANGES.test(transaction)) return;
  const demanded = fieldsOf(PROGRAMS[program]!.transactions.Add?.in ?? '').filter(
    ({ mandatory }) => mandatory,
  );
  const lost = demanded.find(({ name }) => record[name] === '');
  if (lost) throw new MiFailure('WXX0102', lost.name, `Field ${lost.name} must be entered`);
}

/** Reads as they are; of each write that M3 does, also one that changes nothing, one row in `writes`. */
function run(asked: Asked, world: MiWorld, handler: Handler): MiRecord[] {
  const { program, transaction } = asked;
  const record = given(asked, world.settings);
  if (!WRITES.test(transaction)) return handler(world, record);
  checkKept(asked, record);
  world.settings.beforeWrite?.(program, transaction, { ...record });
  const rows = handler(world, record);
  const { CONO: _company, CHNO: chno, ...written } = record;
  const held = chno ? { chno } : {};
  world.db.writes.push({ program, transaction, record: written, ...held, at: world.db.now() });
  return rows;
}

/** One transaction from input check to projected rows. @throws MiFailure */
export function runTransaction(
  asked: Asked,
  options: MiOptions,
  world: MiWorld,
  handlers: Record<string, Record<string, Handler>>,
): MiRecord[] {
  const out = checkInput(asked, world);
  const unknown = options.columns.find((column) => !out.some(({ name }) => name === column));
  if (unknown) throw new MiFailure('XMI0005', unknown, `Field ${unknown} is not an output field`);
  const rows = run(asked, world, handlers[asked.program]![asked.transaction]!);
  const limit = Math.min(options.maxRecords || Infinity, world.settings.maxRecordsCap || Infinity);
  const limited = rows.slice(0, limit);
  return limited.map((row) => project(row, out, options));
}
