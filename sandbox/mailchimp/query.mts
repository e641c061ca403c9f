import { schemaProblem } from './problems.mts';
import type { MailchimpSettings } from './settings.mts';
import { fromWire } from './time.mts';

export type Query = Record<string, string>;
export type Json = Record<string, unknown>;

const DEFAULT_COUNT = 10;
const MAX_COUNT = 1000;

/** A whole number of the query within its bounds. Assumed: Mailchimp answers a bad one with a schema error. */
function wholeNumber(query: Query, name: string, fallback: number, max: number): number {
  const text = query[name];
  if (text === undefined || text === '') return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw schemaProblem([{ field: name, message: 'Schema describes integer' }]);
  if (value > max) {
    throw schemaProblem([{ field: name, message: `This value should be less than or equal to ${max}` }]);
  }
  return value;
}

/** One page; past the end it is empty, not an error. */
export function page<T>(rows: readonly T[], query: Query): T[] {
  const count = wholeNumber(query, 'count', DEFAULT_COUNT, MAX_COUNT);
  const offset = wholeNumber(query, 'offset', 0, Number.MAX_SAFE_INTEGER);
  return rows.slice(offset, offset + count);
}

export const flag = (query: Query, name: string): boolean => ['true', '1'].includes(query[name] ?? '');

/** @throws Problem when the query's value is not in the list */
export function oneOf<T extends string>(query: Query, name: string, values: readonly T[]): T | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) {
    throw schemaProblem([
      { field: name, message: `Data presented is not one of the accepted values: ${values.join(', ')}.` },
    ]);
  }
  return value;
}

/** Keeps what lies after `since_<name>` and before `before_<name>`; rows without a time never fit. */
export function inWindow(
  query: Query,
  name: string,
  settings: MailchimpSettings,
): ((seconds: number | undefined) => boolean) | undefined {
  const since = moment(query, `since_${name}`);
  const before = moment(query, `before_${name}`);
  if (since === undefined && before === undefined) return undefined;
  const late = (at: number): boolean =>
    since === undefined || (settings.sinceIsInclusive ? at >= since : at > since);
  return (at) => at !== undefined && late(at) && (before === undefined || at < before);
}

export function moment(query: Query, name: string): number | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  // An unencoded + of the offset arrives as a blank.
  const seconds = fromWire(text.replace(/ (\d{2}:\d{2})$/, '+$1'));
  if (seconds === undefined) {
    throw schemaProblem([{ field: name, message: 'This value is not a valid datetime.' }]);
  }
  return seconds;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const under = (paths: string[][], key: string): string[][] =>
  paths.filter((path) => path[0] === key).map((path) => path.slice(1));

function keep(value: unknown, paths: string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => keep(item, paths));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => under(paths, key).length > 0);
  return Object.fromEntries(kept.map(([key, child]) => [key, keep(child, under(paths, key))]));
}

function drop(value: unknown, paths: string[][]): unknown {
  if (paths.length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => drop(item, paths));
  if (!isObject(value)) return value;
  const left = Object.entries(value).filter(([key]) => under(paths, key).every((path) => path.length > 0));
  return Object.fromEntries(left.map(([key, child]) => [key, drop(child, under(paths, key))]));
}

const pathsOf = (text: string): string[][] => text.split(',').map((path) => path.trim().split('.'));

/** Applies `fields` and `exclude_fields`: comma lists of dot paths that go through arrays. */
export function selectFields(body: unknown, query: Query): unknown {
  const kept = query['fields'] ? keep(body, pathsOf(query['fields'])) : body;
  return query['exclude_fields'] ? drop(kept, pathsOf(query['exclude_fields'])) : kept;
}
