import type { Row } from '../../data/business.mts';
import type { Kind } from '../lines/canonical.mts';
import { BadFilter, parseWhere } from '../lines/where.mts';
import type { FinancialsDatabase } from './database.mts';

type Query = Record<string, string>;

const PARAMETERS = new Set([
  ...['_fields', '_limit', '_filter', '_lplFilter', '_setName', '_links', '_pageNav', '_out', '_flatten'],
  ...['_omitCountValue', '_recordCountOnly', '_fts', '_tts', '_after'],
]);

/** YYYYMMDDHHMMSSFF in UTC → ms since 1970. */
function timeOf(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (!parts) throw new BadFilter(`${text} is not a time`);
  const [year, month, day, hour, minute, second, hundredths] = parts as [number, ...number[]];
  return Date.UTC(year, month! - 1, day, hour, minute, second, hundredths! * 10);
}

function check(query: Query): void {
  const strange = Object.keys(query).find((name) => !PARAMETERS.has(name));
  if (strange !== undefined) throw new BadFilter(`Parameter ${strange} is not valid`);
  if (query._limit !== undefined && !/^[1-9]\d*$/.test(query._limit))
    throw new BadFilter(`_limit ${query._limit} is not a number`);
  if (query._setName !== undefined && query._setName !== 'SymbolicKey')
    throw new BadFilter(`Set ${query._setName} is not valid for this business class`);
}

function fieldsOf(db: FinancialsDatabase, kind: Kind, asked: string | undefined): string[] {
  const known = db.fieldsOf(kind);
  const { allFields, unknownFields } = db.settings;
  if (!asked || asked === '_all')
    return known.filter((field) => allFields === 'related' || !field.includes('.'));
  const fields = asked.split(',');
  const unknown = fields.find((field) => !known.includes(field));
  if (unknown !== undefined && unknownFields === 'refused')
    throw new BadFilter(`Field ${unknown} is not valid for this business class`);
  return fields.filter((field) => known.includes(field));
}

/** Field::Value|Field::Value, all of them. */
function matchesOf(filter: string, known: Set<string>): (row: Row) => boolean {
  const pairs = filter === '' ? [] : filter.split('|').map((part) => part.split('::') as [string, string?]);
  const wrong = pairs.find(([field, value]) => !known.has(field) || value === undefined);
  if (wrong) throw new BadFilter(`Field ${wrong[0]} is not valid`);
  return (row) => pairs.every(([field, value]) => row[field] === value);
}

function found(db: FinancialsDatabase, kind: Kind, query: Query): Row[] {
  const known = new Set(db.fieldsOf(kind));
  // A key is compared without the blanks that it is filled with.
  const unfilled = (query._lplFilter ?? '').replace(/(\w+ [=<>]+ ") +/g, (text, start: string) =>
    text.startsWith(`${db.keyOf(kind)} `) ? start : text,
  );
  const matches = [parseWhere(unfilled, (field) => known.has(field)), matchesOf(query._filter ?? '', known)];
  const [from, to] = [query._fts ? timeOf(query._fts) : 0, query._tts ? timeOf(query._tts) : Infinity];
  return db
    .ordered(kind, query._setName)
    .filter(({ changed }) => changed >= from && changed <= to)
    .map(({ row }) => row)
    .filter((row) => matches.every((match) => match(row)));
}

/** GET classes/{class}/lists/{list} (infor §5.1, §5.2). @param path of the request, for the link to its rest */
export function list(db: FinancialsDatabase, kind: Kind, query: Query, path: string): unknown {
  check(query);
  const { limitCap, rest, nextOrigin, form, keyWidth, emptyFields, recordCount } = db.settings;
  const fields = fieldsOf(db, kind, query._fields);
  const rows = found(db, kind, query);
  if (query._recordCountOnly === 'true' && recordCount === 'told') return [{ _count: rows.length }];
  const start = Number(query._after ?? 0);
  const end = start + Math.min(Number(query._limit ?? 25), limitCap || Infinity);
  const valueOf = (row: Row, field: string): string =>
    field === db.keyOf(kind) ? row[field]!.padStart(keyWidth) : (row[field] ?? '');
  const shown = rows.slice(start, end).map((row) => ({
    _fields: Object.fromEntries(
      fields
        .map((field): [string, string] => [field, valueOf(row, field)])
        .filter(([, value]) => value !== '' || emptyFields === 'shown'),
    ),
  }));
  const next = new URLSearchParams({ ...query, _after: String(end) }).toString();
  const tellsRest = rest === 'next' && end < rows.length && query._links === 'true';
  const about = {
    _count: shown.length,
    ...(tellsRest ? { _links: [{ rel: 'next', href: `${nextOrigin}${path}?${next}` }] } : {}),
  };
  return form === 'array' ? [about, ...shown] : { ...about, _records: shown };
}
