import { ConnectorError } from '../../errors';
import type { Row } from '../homes';

/** Rows of one list; Landmark documents no paging beyond its limit, so pages go on by key. */
export const PAGE_SIZE = 1000;
/** A list that does not come in the order of its key is read at once, as public clients do (infor §5.1). */
export const ALL = 1_000_000;

/** One list of a class, from a key on (exclusive); undefined for its start. */
export interface Listing {
  key: string;
  where: string;
  rows(after: string | undefined, limit: number): Promise<Row[]>;
  /** All rows at once, with the pages that the list names itself. */
  whole(after: string | undefined): Promise<Row[][]>;
  /** How many rows there are; undefined where the tenant does not tell. */
  count(after: string | undefined): Promise<number | undefined>;
}

const isAscending = (rows: Row[], key: string): boolean =>
  rows.every((row, i) => i === 0 || rows[i - 1]![key]! < row[key]!);

const cutShort = (where: string, came: number, count: number): ConnectorError =>
  new ConnectorError(
    'INFOR_REFUSED',
    `Landmark gives only ${came} of ${count} records of ${where}, in no order that could go on.`,
    'Choose a list in the order of its key, a set (“Order By Set”), or fewer records by a filter.',
  );

/** Links count rows, so their pages shift when one comes or goes; more rounds would only follow a busy system. */
const ROUNDS = 3;

async function* atOnce(listing: Listing, after: string | undefined): AsyncGenerator<Row[]> {
  const seen = new Set<string>();
  for (let round = 1; ; round++) {
    const before = await listing.count(after);
    const pages = await listing.whole(after);
    yield* pages;
    if (before === undefined) return;
    for (const row of pages.flat()) seen.add(row[listing.key]!);
    const count = (await listing.count(after)) ?? before;
    // Who comes or goes meanwhile is in one count only; a single answer is of one moment.
    const isAll = seen.size >= Math.min(before, count);
    if (isAll && (pages.length === 1 || count === before || round === ROUNDS)) return;
    if (round === ROUNDS) throw cutShort(listing.where, seen.size, count);
  }
}

interface Walk {
  /** Whether the rows came in the order of their keys. */
  ordered: boolean;
  came: number;
  /** How many rows there were all the while; Infinity where nothing was counted. */
  counted: number;
  /** The last count; undefined where the tenant does not tell. */
  total: number | undefined;
}

/** Page by page, each from the last key on. A page that is not full may be the last one, or one that was cut. */
async function* byKey(
  listing: Listing,
  after: string | undefined,
  limit: number,
  before: number,
): AsyncGenerator<Row[], Walk> {
  const walk: Walk = { ordered: true, came: 0, counted: before, total: 0 };
  for (let last = after; ; ) {
    const size = Math.min(PAGE_SIZE, Math.max(limit - walk.came, 1));
    const rows = await listing.rows(last, size);
    if (!isAscending(rows, listing.key)) return { ...walk, ordered: false };
    if (rows.length > 0) yield rows;
    walk.came += rows.length;
    if (rows.length < size && walk.came > 0 && walk.total !== undefined) {
      if (walk.came >= walk.total || rows.length === 0) walk.total = await listing.count(after);
      if (walk.total !== undefined && walk.came >= walk.total) return walk;
      walk.counted = Math.min(walk.counted, walk.total ?? Infinity);
    }
    if (rows.length === 0) return walk;
    last = rows.at(-1)![listing.key];
  }
}

const lacksRows = ({ came, counted, total }: Walk): boolean =>
  came > 0 && total !== undefined && came < Math.min(counted, total);

/**
 * All rows after a key, in its order where the tenant's lists have that; rows may come twice, none is missing. A page
 * that is not full is believed to be the last one when a count agrees, or else when an empty one follows.
 * @throws ConnectorError INFOR_REFUSED where rows are missing that no request can bring
 */
export async function* pagesOf(
  listing: Listing,
  after: string | undefined,
  limit = Infinity,
): AsyncGenerator<Row[]> {
  let walk = yield* byKey(listing, after, limit, Infinity);
  // One that came between a page and its count is there the second time.
  if (walk.ordered && lacksRows(walk)) walk = yield* byKey(listing, after, Infinity, walk.total!);
  // Otherwise the order of the rows is not that of the keys.
  if (!walk.ordered || lacksRows(walk)) yield* atOnce(listing, after);
}
