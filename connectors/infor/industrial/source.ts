import type { RecordKind } from '../../../sync/record';
import { localTime, momentMs } from '../formats';
import type { Row, WriteAnswer } from '../homes';
import type { PageQuery, RecordSource } from '../recordSource';
import { refusedWrite } from '../refusal';
import type { Ido } from './ido';

/** Rows of one load; CSI itself has no limit that is known, the gateway has 60 s. */
export const PAGE_SIZE = 1000;
/** Keys in one filter: both forms of each stay below the length of a URL that gateways take. */
const KEYS_PER_LOAD = 40;

export interface SourceSettings {
  idoOf(kind: RecordKind): string;
  always(kind: RecordKind): Row;
  keyOf(kind: RecordKind): string;
  changeTimeOf(kind: RecordKind): string;
  /** Width to which keys of digits are padded. */
  keyLength: number;
}

export const quoted = (text: string): string => `N'${text.replaceAll("'", "''")}'`;

/** A key as CSI stores it (infor §4.4). */
export const padded = (number: string, width: number): string =>
  /^\d+$/.test(number) ? number.padStart(width) : number;

const equal = (fields: Row): string[] =>
  Object.entries(fields).map(([field, value]) => `${field} = ${quoted(value)}`);

/** CSI's records by the IDO REST interface. */
export function industrialSource(ido: () => Promise<Ido>, settings: SourceSettings): RecordSource {
  const { idoOf, always, keyOf, changeTimeOf, keyLength } = settings;

  /** The bookmark holds the key of the last row, so that rows that come or go do not shift the pages. */
  async function* load(
    kind: RecordKind,
    conditions: string[],
    orderBy: string,
    fields: string[],
    limit = Infinity,
  ) {
    const query = {
      properties: fields,
      filter: [...equal(always(kind)), ...conditions].join(' AND '),
      orderBy,
      recordCap: Math.min(limit, PAGE_SIZE),
    };
    for (let bookmark = ''; ; ) {
      const page = await (await ido()).load(idoOf(kind), { ...query, bookmark });
      if (page.rows.length > 0) yield page.rows;
      if (!page.moreRows || page.bookmark === '' || page.bookmark === bookmark) return;
      bookmark = page.bookmark;
    }
  }

  async function* pages({ kind, fields, since, after, filter, limit }: PageQuery): AsyncGenerator<Row[]> {
    const key = keyOf(kind);
    const conditions = equal(filter);
    if (after !== undefined) conditions.push(`${key} > ${quoted(padded(after, keyLength))}`);
    if (since !== undefined) conditions.push(`${changeTimeOf(kind)} >= '${localTime(since)}'`);
    const orderBy = since === undefined ? key : `${changeTimeOf(kind)},RowPointer`;
    const asked = [...new Set([...fields, key, changeTimeOf(kind)])];
    yield* load(kind, conditions, orderBy, asked, limit);
  }

  async function find(kind: RecordKind, numbers: string[]): Promise<Map<string, Row>> {
    const key = keyOf(kind);
    const found = new Map<string, Row>();
    for (let start = 0; start < numbers.length; start += KEYS_PER_LOAD) {
      const block = numbers.slice(start, start + KEYS_PER_LOAD);
      const keys = [...new Set(block.flatMap((number) => [number, padded(number, keyLength)]))];
      const condition = `${key} IN (${keys.map(quoted).join(',')})`;
      for await (const rows of load(kind, [condition], key, ['*']))
        for (const row of rows) found.set((row[key] ?? '').trim(), row);
    }
    return found;
  }

  async function findBy(kind: RecordKind, field: string, values: string[]): Promise<Row[]> {
    const found: Row[] = [];
    for (let start = 0; start < values.length; start += KEYS_PER_LOAD) {
      const block = values.slice(start, start + KEYS_PER_LOAD);
      const condition = `${field} IN (${block.map(quoted).join(',')})`;
      for await (const rows of load(kind, [condition], keyOf(kind), [keyOf(kind), field]))
        found.push(...rows);
    }
    return found;
  }

  /** The item id holds the time of the row, which makes the change optimistic. */
  async function write(
    kind: 'customer' | 'supplier',
    rows: ReadonlyMap<string, Row>,
    current: ReadonlyMap<string, Row>,
  ): Promise<WriteAnswer[]> {
    const answers: WriteAnswer[] = [];
    for (const [number, fields] of rows) {
      const itemId = current.get(number)?._ItemId ?? '';
      // One lost answer must not hide what became of the others.
      const refusal = await (await ido()).update(idoOf(kind), itemId, fields).catch(unknownOutcome);
      answers.push(
        refusal === undefined
          ? { done: false, because: 'unknown' }
          : refusal === ''
            ? { done: true }
            : refusedWrite(refusal, Object.keys(fields)),
      );
    }
    return answers;
  }

  return {
    pages,
    find,
    findBy,
    write,
    /** CSI has no call for its clock: the newest change of a customer is the time that rows themselves have. */
    serverCursor: async () => {
      const time = changeTimeOf('customer');
      const query = { properties: [time], orderBy: `${time} DESC`, recordCap: 1 };
      const { rows } = await (await ido()).load(idoOf('customer'), query);
      return String(momentMs(rows[0]?.[time] ?? '') ?? 0);
    },
  };
}

/** A write whose answer is lost is looked up again; any other trouble is one of the whole call. */
export function unknownOutcome(error: unknown): Promise<undefined> {
  const { errorCode } = error as { errorCode?: string };
  const isLost = ['ION_UNAVAILABLE', 'ION_TIMEOUT', 'ION_ANSWER', 'ION_THROTTLED'].includes(errorCode ?? '');
  return isLost ? Promise.resolve(undefined) : Promise.reject(error as Error);
}
