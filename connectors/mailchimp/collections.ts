import { ConnectorError } from '../errors';
import type { Mailchimp } from './api';
import { accountError, isOk } from './problem';

/** Default of every collection is 10 and its maximum 1,000 (mailchimp-marketing §3). */
const PAGE = 1000;
/** Each page begins with the last row of the one before it: where no such row comes again, rows may be missing. */
const STEP = PAGE - 1;
/** A collection that never stands still is given as it was seen, and said to be incomplete. */
const MAX_SCANS = 3;

export type Json = Record<string, unknown>;

export interface Collection {
  /** Below /3.0, such as /ecommerce/stores/shop/orders. */
  path: string;
  /** Where the answer holds the rows, such as orders. */
  key: string;
  /** Names of the rows' fields, dots through objects; none for all. */
  fields?: string[];
  query?: Record<string, string | number | boolean | undefined>;
  /** At most this many rows; undefined for all. */
  limit?: number;
}

export interface CollectionRead {
  rows: Json[];
  /** False when rows moved between the pages, so that some may be missing. */
  complete: boolean;
}

interface Page {
  rows: Json[];
  total: number;
}

async function readPage(
  mailchimp: Mailchimp,
  { path, key, fields, query }: Collection,
  offset: number,
  count: number,
): Promise<Page> {
  const wanted = fields && ['id', ...fields].map((field) => `${key}.${field}`);
  const body = await mailchimp.read({
    method: 'GET',
    path,
    query: { ...query, count, offset, fields: wanted && [...wanted, 'total_items'].join(',') },
  });
  const rows = body[key];
  if (!Array.isArray(rows)) {
    throw new ConnectorError(
      'MAILCHIMP_ANSWER',
      `Mailchimp gave an answer without ${key}.`,
      'Run it again later; a proxy may stand in between.',
    );
  }
  return { rows: rows as Json[], total: Number(body.total_items ?? 0) };
}

/** One pass over the pages: what it saw, and whether each page held a row of the one before. */
async function scan(mailchimp: Mailchimp, collection: Collection): Promise<CollectionRead> {
  const limit = collection.limit ?? Infinity;
  const rows = new Map<unknown, Json>();
  let last: unknown;
  let inStep = true;
  for (let offset = 0; ; offset += STEP) {
    const page = await readPage(mailchimp, collection, offset, Math.min(PAGE, limit - rows.size + 1));
    // Rows that went back a little are met again; rows that went forward would be jumped over.
    if (offset > 0 && page.rows.length > 0 && !rows.has(page.rows[0]!.id)) inStep = false;
    for (const row of page.rows) rows.set(row.id, row);
    const end = page.rows.at(-1)?.id;
    const isEnd = page.rows.length < PAGE || end === last;
    if (rows.size >= limit) return { rows: [...rows.values()].slice(0, limit), complete: inStep };
    if (isEnd) return { rows: [...rows.values()], complete: inStep && rows.size >= page.total };
    last = end;
  }
}

/**
 * A collection, 1,000 rows an answer. Mailchimp pages by offset and sorts hardly any collection, so rows move while they
 * are read: then it is read again, and everything seen counts. Each row comes once, in its newest form.
 */
export async function readCollection(mailchimp: Mailchimp, collection: Collection): Promise<CollectionRead> {
  const seen = new Map<unknown, Json>();
  for (let attempt = 1; ; attempt++) {
    const { rows, complete } = await scan(mailchimp, collection);
    for (const row of rows) seen.set(row.id, row);
    if (complete) return { rows, complete };
    if (attempt === MAX_SCANS) return { rows: [...seen.values()], complete: false };
  }
}

/** One record; undefined when there is none. */
export async function readOne(
  mailchimp: Mailchimp,
  path: string,
  fields?: string[],
): Promise<Json | undefined> {
  const query = fields && { fields: ['id', ...fields].join(',') };
  const response = await mailchimp.send({ method: 'GET', path, query });
  if (isOk(response) && typeof response.body === 'object') return response.body as Json;
  if (response.status === 404) return undefined;
  throw accountError(response) ?? new Error('unreachable');
}
