import type { RecordKind } from '../../../sync/record';
import type { Row, WriteAnswer } from '../homes';
import type { PageQuery, RecordSource } from '../recordSource';
import { refusedWrite } from '../refusal';
import type { Sx } from './sx';

export const PAGE_SIZE = 1000;
const KEYS_PER_CALL = 100;
const SETS_PER_CALL = 100;

export interface SourceSettings {
  companyNumber: number;
  tableOf(kind: RecordKind): { table: string; numeric: boolean };
  /** Canonical field → the table's. */
  names(kind: RecordKind): Row;
}

/** Progress's text literal: a quote is doubled, a tilde escapes. */
const quoted = (text: string): string => `'${text.replaceAll('~', '~~').replaceAll("'", "''")}'`;

const pad = (n: number): string => String(n).padStart(2, '0');

/** transdt and transtm are minutes of the system's own clock, counted as UTC. */
function changedFrom(dateField: string, timeField: string, since: number): string {
  const at = new Date(since);
  const day = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  const minute = pad(at.getUTCHours()) + pad(at.getUTCMinutes());
  return `(${dateField} > ${day} or (${dateField} = ${day} and ${timeField} >= '${minute}'))`;
}

/** `Set#: 2 Update Successful, …` or `Set#: 2 Error …`, in any order, a line or a sentence each. */
function outcomeOf(text: string, set: number): string | undefined {
  const match = new RegExp(`Set#:\\s*${set}\\b([^]*?)(?=Set#:|$)`).exec(text);
  return match?.[1]!.trim();
}

/** SX.e's records: read by table, customers changed by sxapiarcustomermnt. */
export function distributionSource(sx: Sx, { companyNumber, tableOf, names }: SourceSettings): RecordSource {
  const keyOf = (kind: RecordKind): string => names(kind).number!;
  const literal = (kind: RecordKind, number: string): string | undefined => {
    if (!tableOf(kind).numeric) return quoted(number);
    return /^\d{1,15}$/.test(number) ? number : undefined;
  };

  async function* pages({ kind, fields, since, after, filter }: PageQuery): AsyncGenerator<Row[]> {
    const [key, { table }, { changeDate = '', changeTime = '' }] = [keyOf(kind), tableOf(kind), names(kind)];
    const fixed = [`cono = ${companyNumber}`];
    for (const [field, value] of Object.entries(filter)) fixed.push(`${field} = ${quoted(value)}`);
    if (since !== undefined) fixed.push(changedFrom(changeDate, changeTime, since));
    const asked = [...new Set([...fields, key])];
    for (let last = after; ; ) {
      const from = last === undefined ? [] : [`${key} > ${literal(kind, last) ?? quoted(last)}`];
      const where = [...fixed, ...from].join(' and ');
      const rows = await sx.fetchWhere({ table, where, fields: asked, batchSize: PAGE_SIZE });
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE_SIZE) return;
      last = rows.at(-1)![key]!;
    }
  }

  async function find(kind: RecordKind, numbers: string[]): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    const literals = numbers.flatMap((number) => literal(kind, number) ?? []);
    for (let start = 0; start < literals.length; start += KEYS_PER_CALL) {
      const anyOf = literals.slice(start, start + KEYS_PER_CALL).map((key) => `${keyOf(kind)} = ${key}`);
      const where = `cono = ${companyNumber} and (${anyOf.join(' or ')})`;
      const rows = await sx.fetchWhere({ table: tableOf(kind).table, where, fields: ['*'], batchSize: 0 });
      for (const row of rows) found.set((row[keyOf(kind)] ?? '').trim(), row);
    }
    return found;
  }

  /** One set a customer; SX.e offers no lock, so records are read directly before they are written. */
  async function writeBlock(rows: Array<[string, Row]>): Promise<WriteAnswer[]> {
    const lines = rows.flatMap(([number, fields], index) =>
      Object.entries(fields).map(([fieldName, fieldValue], at) => ({
        ...{
          setNo: index + 1,
          seqNo: at + 1,
          key1: number,
          key2: '',
          updateMode: 'chg',
          fieldName,
          fieldValue,
        },
      })),
    );
    const response = await sx.call('sxapiarcustomermnt', { tMntTt: { 't-mnt-tt': lines } });
    const text = String(response.returnData ?? '');
    return rows.map(([, fields], index): WriteAnswer => {
      const outcome = outcomeOf(text, index + 1);
      if (outcome === undefined) return { done: false, because: 'unknown' };
      return /^Update Successful/i.test(outcome)
        ? { done: true }
        : refusedWrite(outcome, Object.keys(fields));
    });
  }

  return {
    pages,
    find,
    write: async (_kind, rows) => {
      const all = [...rows];
      const answers: WriteAnswer[] = [];
      for (let start = 0; start < all.length; start += SETS_PER_CALL)
        answers.push(...(await writeBlock(all.slice(start, start + SETS_PER_CALL))));
      return answers;
    },
    serverCursor: async () => String(await sx.time()),
  };
}
