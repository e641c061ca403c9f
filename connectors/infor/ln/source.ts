import type { RecordKind } from '../../../sync/record';
import { ConnectorError } from '../../errors';
import type { Row, WriteAnswer } from '../homes';
import type { PageQuery, RecordSource } from '../recordSource';
import { refusedWrite } from '../refusal';
import type { OData } from './odata';
import type { Property } from './schema';

export const PAGE_SIZE = 1000;
/** Keys in one filter, each in two forms: below the length of a URL that gateways take. */
const KEYS_PER_CALL = 30;
const ETAG = '@odata.etag';
/** A navigation that is read with its entity. */
const ADDRESS = 'AddressRef';

type Properties = ReadonlyMap<string, Property> | undefined;

export interface SourceSettings {
  setOf(kind: RecordKind): string;
  keyOf(kind: RecordKind): string;
  changeTimeOf(kind: RecordKind): string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** LN's records by OData. */
export function lnSource(odata: OData, { setOf, keyOf, changeTimeOf }: SourceSettings): RecordSource {
  const known = new Map<string, Promise<Properties>>();

  /** What the service says of the set; undefined where it does not tell. */
  function propertiesOf(kind: RecordKind): Promise<Properties> {
    const [service = '', set = ''] = setOf(kind).split('/');
    const found = known.get(setOf(kind)) ?? odata.schema(service).then((schema) => schema?.get(set));
    known.set(setOf(kind), found);
    found.catch(() => known.delete(setOf(kind)));
    return found;
  }

  function check(kind: RecordKind, fields: string[], properties: Properties): void {
    const missing = properties && fields.find((field) => !properties.has(field.split('.')[0]!));
    if (missing === undefined) return;
    throw new ConnectorError(
      'INFOR_FIELD',
      `${setOf(kind)} has no property ${missing}.`,
      'Choose one that it has; names can be set under “Field Names”.',
    );
  }

  /** Enumerations have literals of their own (infor §6.4). */
  const literal = (value: string, property?: Property): string =>
    property?.isEnum ? `${property.type}${quoted(value)}` : quoted(value);

  /** Keys are stored with blanks on their left, in some sets or releases (infor §6.4). */
  const padded = (number: string, property?: Property): string => number.padStart(property?.maxLength ?? 0);

  function selection(fields: string[]): { $select: string; $expand?: string } {
    const own = fields.filter((field) => !field.includes('.'));
    const hasAddress = fields.some((field) => field.startsWith(`${ADDRESS}.`));
    return { $select: own.join(','), ...(hasAddress ? { $expand: ADDRESS } : {}) };
  }

  async function* pages({
    kind,
    fields,
    since,
    after,
    filter,
    limit = PAGE_SIZE,
  }: PageQuery): AsyncGenerator<Row[]> {
    const properties = await propertiesOf(kind);
    const key = keyOf(kind);
    const asked = [...new Set([...fields, key])];
    check(kind, [...asked, ...Object.keys(filter)], properties);
    const fixed = Object.entries(filter).map(
      ([field, value]) => `${field} eq ${literal(value, properties?.get(field))}`,
    );
    if (since !== undefined) fixed.push(`${changeTimeOf(kind)} ge ${new Date(since).toISOString()}`);
    let last = after === undefined ? undefined : padded(after, properties?.get(key));
    for (;;) {
      const conditions = last === undefined ? fixed : [...fixed, `${key} gt ${quoted(last)}`];
      const page = await odata.query(setOf(kind), {
        ...selection(asked),
        $filter: conditions.join(' and ') || undefined,
        $orderby: key,
        $top: Math.min(limit, PAGE_SIZE),
      });
      if (page.rows.length > 0) yield page.rows;
      // The next page begins behind the last key: rows that come or go do not shift it, as they do with $skip.
      if (page.rows.length === 0 || (!page.more && page.rows.length < Math.min(limit, PAGE_SIZE))) return;
      last = page.rows.at(-1)![key]!;
    }
  }

  async function find(kind: RecordKind, numbers: string[]): Promise<Map<string, Row>> {
    const key = keyOf(kind);
    const property = (await propertiesOf(kind))?.get(key);
    const found = new Map<string, Row>();
    for (let start = 0; start < numbers.length; start += KEYS_PER_CALL) {
      const block = numbers.slice(start, start + KEYS_PER_CALL);
      const keys = [...new Set(block.flatMap((number) => [number, padded(number, property)]))];
      const $filter = keys.map((one) => `${key} eq ${quoted(one)}`).join(' or ');
      let page = await odata.query(setOf(kind), { $filter, $expand: expandOf(kind) });
      for (;;) {
        for (const row of page.rows) found.set((row[key] ?? '').trim(), row);
        if (page.next === '') break;
        page = await odata.follow(page.next, setOf(kind));
      }
    }
    return found;
  }

  const expandOf = (kind: RecordKind): string | undefined =>
    kind === 'customer' || kind === 'supplier' ? ADDRESS : undefined;

  /** One PATCH a record: LN documents no batch. The ETag makes it optimistic. */
  async function patch(kind: RecordKind, current: Row | undefined, fields: Row): Promise<WriteAnswer> {
    const key = current?.[keyOf(kind)];
    if (key === undefined) return { done: false, because: 'gone' };
    const outcome = await odata.patch(setOf(kind), key, current?.[ETAG] ?? '', fields).catch(lost);
    if (outcome === undefined) return { done: false, because: 'unknown' };
    if (outcome.done) return { done: true };
    if (outcome.status === 412 || outcome.status === 428) return { done: false, because: 'overtaken' };
    if (outcome.status === 404) return { done: false, because: 'gone' };
    const answer = refusedWrite(outcome.message, Object.keys(fields));
    return answer.done || answer.because === 'refused'
      ? answer
      : { done: false, because: 'refused', subject: '' };
  }

  return {
    pages,
    find,
    write: async (kind, rows, current) => {
      const answers: WriteAnswer[] = [];
      for (const [number, fields] of rows) answers.push(await patch(kind, current.get(number), fields));
      return answers;
    },
    serverCursor: async () => String(await odata.time()),
  };
}

/** A write whose answer is lost is looked up again; any other trouble is one of the whole call. */
function lost(error: unknown): Promise<undefined> {
  const { errorCode } = error as { errorCode?: string };
  const isLost = ['ION_UNAVAILABLE', 'ION_TIMEOUT', 'ION_ANSWER', 'ION_THROTTLED'].includes(errorCode ?? '');
  return isLost ? Promise.resolve(undefined) : Promise.reject(error as Error);
}
