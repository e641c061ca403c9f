import type { HttpResponse } from '../../http/port';
import type { Safety } from '../../http/retry';
import { ConnectorError } from '../../errors';
import { gatewayError } from '../gateway';
import type { Row, WriteAnswer } from '../homes';
import { refusalOf, refusedWrite, withoutQuotes } from '../refusal';

export type Json = Record<string, unknown>;

/** What was asked, for errors. */
export interface Asked {
  safety: Safety;
  /** Such as the business class. */
  where: string;
  /** Fields that were named, of which an error may mean one. */
  fields: string[];
}

/** What became of one record of a batch. */
export interface Outcome {
  answer: WriteAnswer;
  /** Landmark's own words; they may hold what the record holds. */
  message: string;
}

export const textOf = (value: unknown): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : String(value);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const rowOf = (fields: unknown): Row =>
  Object.fromEntries(Object.entries((fields ?? {}) as Json).map(([name, value]) => [name, textOf(value)]));

function exceptionOf(body: unknown): string | undefined {
  const exception = isObject(body) ? body.exception : undefined;
  if (exception === undefined) return undefined;
  return isObject(exception) ? textOf(exception.message) || 'exception' : textOf(exception);
}

/** An array whose first element tells about the others, or an object with `_records` (infor §5.2). */
function entriesOf(body: unknown): Json[] | undefined {
  const list = isObject(body) && !Array.isArray(body) ? body._records : body;
  return Array.isArray(list) && list.every(isObject) ? list : undefined;
}

/** The status tells what the words, which may be of any language, do not. */
function refused(status: number, message: string, { where, fields }: Asked): ConnectorError {
  const words = withoutQuotes(message);
  if (status === 403)
    return new ConnectorError(
      'INFOR_RIGHTS',
      `Infor does not permit ${where}: ${words}`,
      `Give the user of the service account the right to the business class ${where}.`,
      status,
    );
  if (status === 404)
    return new ConnectorError(
      'INFOR_NOT_FOUND',
      `Landmark does not have what is asked of ${where}: ${words}`,
      'Check the names of class, list and action under “Product Line Options”.',
      status,
    );
  return refusalOf(where, message, fields);
}

/**
 * The elements of a list, or of a batch's answer, without what the first one tells about the others.
 * @throws ConnectorError for a refusal of the whole call, also at HTTP 200, and for an answer that is no list
 */
export function readEntries(response: HttpResponse, asked: Asked): Json[] {
  const { status, body } = response;
  const exception = exceptionOf(body);
  if (exception !== undefined && status < 500 && ![401, 429].includes(status))
    throw refused(status, exception, asked);
  const entries = status === 200 ? entriesOf(body) : undefined;
  if (entries) return entries;
  throw (
    gatewayError(response, asked.safety) ??
    new ConnectorError(
      'ION_ANSWER',
      `Landmark gave ${asked.where} in another form than a list.`,
      'Check the class, the list and the path of Landmark’s services.',
      status,
    )
  );
}

export interface Page {
  rows: Row[];
  /** Where the list goes on; '' when it does not say. */
  next: string;
  /** What the list tells as its count; undefined when it tells none. */
  count: number | undefined;
}

/** A link of the list itself; its form is not documented (assumed rel and href). */
function nextOf(about: Json | undefined): string {
  const links = Array.isArray(about?._links) ? about._links.filter(isObject) : [];
  return textOf(links.find(({ rel }) => rel === 'next')?.href);
}

/** @throws ConnectorError also where a single element tells of an exception: a list without it would be too short */
export function readPage(response: HttpResponse, asked: Asked): Page {
  const entries = readEntries(response, asked);
  const exception = entries.map(exceptionOf).find((message) => message !== undefined);
  if (exception !== undefined) throw refused(response.status, exception, asked);
  const about = Array.isArray(response.body)
    ? entries.find(({ _fields }) => _fields === undefined)
    : (response.body as Json);
  const count = textOf(about?._count);
  return {
    rows: entries.filter(({ _fields }) => _fields !== undefined).map(({ _fields }) => rowOf(_fields)),
    next: nextOf(about),
    count: /^\d+$/.test(count) ? Number(count) : undefined,
  };
}

const DONE = /\b(created|updated|changed|deleted|done|success\w*)\b/i;
const FAILED = /\b(fail(ed|ure)?|errors?|invalid|not|cannot|rejected)\b/i;

/** Words that tell neither, or both, leave it open: the record is looked up then. */
function outcomeOf(entry: Json, fields: string[]): Outcome {
  const exception = exceptionOf(entry);
  const message = exception ?? textOf(entry.message);
  const [done, failed] = [DONE.test(message), FAILED.test(message)];
  if (exception !== undefined || (failed && !done)) return { answer: refusedWrite(message, fields), message };
  return { answer: done && !failed ? { done: true } : { done: false, because: 'unknown' }, message };
}

/**
 * One outcome a record, in order; unknown for all where their number is another one (infor §5.4).
 * @param changed the fields of each record that a refusal may be about
 */
export function readOutcomes(response: HttpResponse, changed: string[][], asked: Asked): Outcome[] {
  const entries = readEntries(response, asked).filter(
    ({ message, exception }) => message !== undefined || exception !== undefined,
  );
  return changed.map((fields, index) =>
    entries.length === changed.length
      ? outcomeOf(entries[index]!, fields)
      : { answer: { done: false, because: 'unknown' }, message: '' },
  );
}
