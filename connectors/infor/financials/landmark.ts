import { ConnectorError } from '../../errors';
import type { HttpResponse } from '../../http/port';
import type { Gateway } from '../gateway';
import type { Row } from '../homes';
import { readEntries, readOutcomes, readPage, textOf, type Asked, type Json, type Outcome } from './answer';

export interface ListQuery {
  /** None for all of the record's own ones; fields of related records come only by name. */
  fields: string[];
  limit: number;
  /** Landmark's own filter language, such as Customer > "100". */
  lplFilter?: string;
  /** ms since 1970, inclusive. */
  since?: number;
  /** Index that orders the list; the list's own order without it. */
  setName?: string;
}

/** Landmark's web services (infor §5). All throw ConnectorError INFOR_RIGHTS, INFOR_FIELD, INFOR_NOT_FOUND … */
export interface Landmark {
  /** GET classes/{class}/lists/{list}: the rows that come at once. */
  list(businessClass: string, list: string, query: ListQuery): Promise<Row[]>;
  /** The same with all next pages that the list names, one array each. @throws ConnectorError ION_OTHER_HOST */
  whole(businessClass: string, list: string, query: ListQuery): Promise<Row[][]>;
  /** How many rows fit the filter; undefined where the tenant does not tell. */
  count(businessClass: string, list: string, query: ListQuery): Promise<number | undefined>;
  /**
   * POST classes/{class}/actions/{action}/batch: one outcome a record, in order.
   * @param keys fields that only name the record
   */
  batch(businessClass: string, action: string, records: Row[], keys: string[]): Promise<Outcome[]>;
  /** Names of all business classes. */
  classes(): Promise<string[]>;
  /** The gateway's clock, ms since 1970, by the Date of an answer: Landmark has no call that tells its own. */
  time(): Promise<number>;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** YYYYMMDDHHMMSSFF in UTC, hundredths of a second. */
export function landmarkTime(ms: number): string {
  const at = new Date(ms);
  const day = `${at.getUTCFullYear()}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}`;
  const time = pad(at.getUTCHours()) + pad(at.getUTCMinutes()) + pad(at.getUTCSeconds());
  return day + time + pad(Math.floor(at.getUTCMilliseconds() / 10));
}

const parametersOf = ({ fields, limit, lplFilter, since, setName }: ListQuery, more: Json = {}) => ({
  _fields: fields.length > 0 ? fields.join(',') : '_all',
  _limit: limit,
  _lplFilter: lplFilter,
  _fts: since === undefined ? undefined : landmarkTime(since),
  _setName: setName || undefined,
  // Without it Landmark answers in XML.
  _out: 'JSON',
  _links: false,
  ...more,
});

class Client implements Landmark {
  constructor(
    private readonly gateway: Gateway,
    private readonly root: string,
  ) {}

  private pathOf(...parts: string[]): string {
    return [this.root, ...parts.map(encodeURIComponent)].join('/');
  }

  private get(path: string, query: Json): Promise<HttpResponse> {
    const parameters = query as Record<string, string | number | boolean | undefined>;
    return this.gateway.send({ method: 'GET', path, query: parameters }, 'repeatable');
  }

  async list(businessClass: string, list: string, query: ListQuery): Promise<Row[]> {
    const response = await this.get(this.pathOf(businessClass, 'lists', list), parametersOf(query));
    return readPage(response, reading(businessClass, query.fields)).rows;
  }

  async whole(businessClass: string, list: string, query: ListQuery): Promise<Row[][]> {
    const pages: Row[][] = [];
    const asked = reading(businessClass, query.fields);
    const visited = new Set<string>();
    let [path, parameters]: [string, Json] = [
      this.pathOf(businessClass, 'lists', list),
      parametersOf(query, { _links: true }),
    ];
    for (;;) {
      const page = readPage(await this.get(path, parameters), asked);
      pages.push(page.rows);
      if (page.next === '' || visited.has(page.next)) return pages;
      visited.add(page.next);
      const [nextPath = '', search = ''] = this.gateway.pathOf(page.next).split('?');
      [path, parameters] = [nextPath, Object.fromEntries(new URLSearchParams(search))];
    }
  }

  async count(businessClass: string, list: string, query: ListQuery): Promise<number | undefined> {
    const path = this.pathOf(businessClass, 'lists', list);
    const parameters = parametersOf({ ...query, limit: 1 }, { _recordCountOnly: true });
    const { rows, count } = readPage(await this.get(path, parameters), reading(businessClass, query.fields));
    // A tenant that does not mind the question gives a list, whose count is that of its own rows.
    return rows.length === 0 ? count : undefined;
  }

  async batch(businessClass: string, action: string, records: Row[], keys: string[]): Promise<Outcome[]> {
    const body = { _records: records.map((_fields) => ({ message: 'BatchImport', _fields })) };
    const path = this.pathOf(businessClass, 'actions', action, 'batch');
    const response = await this.gateway.send({ method: 'POST', path, body }, 'once');
    const changed = records.map((record) => Object.keys(record).filter((name) => !keys.includes(name)));
    return readOutcomes(response, changed, { safety: 'once', where: businessClass, fields: [] });
  }

  async classes(): Promise<string[]> {
    const found = readEntries(await this.get(this.root, { _links: true }), reading('classes', []));
    return found
      .map((entry) => textOf(entry.name ?? (entry._fields as Json | undefined)?.name))
      .filter(Boolean);
  }

  async time(): Promise<number> {
    const response = await this.get(this.root, { _links: true });
    readEntries(response, reading('classes', []));
    const at = Date.parse(response.headers.date ?? '');
    if (!Number.isNaN(at)) return at;
    throw new ConnectorError(
      'ION_ANSWER',
      'The API gateway does not tell its time (header Date).',
      'Use a date in “Changed Since”.',
    );
  }
}

const reading = (where: string, fields: string[]): Asked => ({ safety: 'repeatable', where, fields });

/** @param prefix of the path, such as FSM/fsm */
export const createLandmark = (gateway: Gateway, prefix: string): Landmark =>
  new Client(gateway, `/${prefix.replace(/^\/+|\/+$/g, '')}/soap/classes`);
