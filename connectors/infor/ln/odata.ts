import type { HttpResponse } from '../../http/port';
import type { Safety } from '../../http/retry';
import { ConnectorError } from '../../errors';
import { gatewayError, type Gateway } from '../gateway';
import type { Row } from '../homes';
import { refusalOf, withoutQuotes } from '../refusal';
import { readSchema, type Schema } from './schema';

type Json = Record<string, unknown>;
type Query = Record<string, string | number | undefined>;

export const ROOT = '/LN/lnapi/odata';
const ETAG = '@odata.etag';

export interface Page {
  rows: Row[];
  /** Whether the server has more than it gave. */
  more: boolean;
  /** Path and query of the next page below the tenant; '' for none. */
  next: string;
}

export type Outcome = { done: true } | { done: false; status: number; message: string };

export interface LnContext {
  /** Empty for none. */
  company: string;
  identity: string;
}

/** LN's OData v4 services (infor §6). */
export interface OData {
  /** GET of an entity set, such as tcapi.comBusinessPartner/BusinessPartners. */
  query(set: string, query: Query): Promise<Page>;
  /** The page behind `Page.next`. */
  follow(next: string, set: string): Promise<Page>;
  /** PATCH of one entity; it must not have changed since it came with this ETag. */
  patch(set: string, key: string, etag: string, fields: Row): Promise<Outcome>;
  /** POST of an action or a new entity. */
  post(path: string, body: Json): Promise<Json>;
  /** $metadata of a service; undefined where it does not come as JSON. */
  schema(service: string): Promise<Schema | undefined>;
  time(): Promise<number>;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nested entities become dotted fields; ETags stay. */
function rowOf(entity: Json, prefix = ''): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(entity)) {
    if (isObject(value)) Object.assign(row, rowOf(value, `${prefix}${name}.`));
    else if (!name.startsWith('@') || name === ETAG)
      row[prefix + name] = value === null || value === undefined ? '' : String(value);
  }
  return row;
}

/** The error's own words and those of its details (infor §6.6). */
function messageOf(body: unknown): string | undefined {
  const error = isObject(body) && isObject(body.error) ? body.error : undefined;
  // The gateway has an error object too, with a status for its code.
  if (!error || typeof error.code !== 'string' || /^\d+$/.test(error.code)) return undefined;
  const details = Array.isArray(error.details) ? (error.details as Json[]) : [];
  return [error.message, ...details.map(({ message }) => message)]
    .filter((text) => typeof text === 'string')
    .join(' ');
}

/** LN answers with its own error body; without one it is the gateway's word. */
function failure(response: HttpResponse, safety: Safety, where: string, fields: string[]): ConnectorError {
  const message = messageOf(response.body);
  if (message !== undefined && response.status < 500 && ![401, 429].includes(response.status)) {
    if (response.status === 404) {
      return new ConnectorError(
        'INFOR_NOT_OFFERED',
        `LN has no ${where}: ${withoutQuotes(message)}`,
        'Enter the service and entity set of your release under “Product Line Options”.',
        404,
      );
    }
    return refusalOf(where, message, fields);
  }
  return (
    gatewayError(response, safety) ??
    new ConnectorError(
      'ION_ANSWER',
      `LN gave ${where} in another form.`,
      'Check the OData services of the tenant.',
      response.status,
    )
  );
}

export function createOData(gateway: Gateway, { company, identity }: LnContext): OData {
  const headers = {
    Accept: 'application/json;IEEE754Compatible=true',
    'Content-Language': 'en-US',
    'X-Infor-LnCompany': company,
    ...(identity ? { 'X-Infor-LnIdentity': identity } : {}),
  };

  function pageOf(response: HttpResponse, set: string, fields: string[]): Page {
    const body = response.body;
    if (response.status !== 200 || !isObject(body) || !Array.isArray(body.value))
      throw failure(response, 'repeatable', set, fields);
    const link = body['@odata.nextLink'];
    return {
      rows: (body.value as Json[]).map((entity) => rowOf(entity)),
      more: typeof link === 'string',
      next: typeof link === 'string' ? gateway.pathOf(link) : '',
    };
  }

  return {
    query: async (set, query) => {
      const response = await gateway.send(
        { method: 'GET', path: `${ROOT}/${set}`, query, headers },
        'repeatable',
      );
      return pageOf(response, set, String(query.$select ?? '').split(','));
    },
    follow: async (next, set) => {
      const [path = '', search = ''] = next.split('?');
      const query = Object.fromEntries(new URLSearchParams(search));
      return pageOf(await gateway.send({ method: 'GET', path, query, headers }, 'repeatable'), set, []);
    },
    patch: async (set, key, etag, fields) => {
      const path = `${ROOT}/${set}('${encodeURIComponent(key.replaceAll("'", "''"))}')`;
      const request = {
        method: 'PATCH' as const,
        path,
        body: fields,
        headers: { ...headers, 'If-Match': etag },
      };
      const response = await gateway.send(request, 'once');
      if ([200, 204].includes(response.status)) return { done: true };
      const message = messageOf(response.body);
      const isLn =
        message !== undefined && response.status < 500 && ![401, 403, 429].includes(response.status);
      if (isLn) return { done: false, status: response.status, message };
      throw failure(response, 'once', set, Object.keys(fields));
    },
    post: async (path, body) => {
      const response = await gateway.send({ method: 'POST', path: `${ROOT}/${path}`, body, headers }, 'once');
      if ([200, 201, 204].includes(response.status))
        return isObject(response.body) ? response.body : { success: true };
      throw failure(response, 'once', path, Object.keys(body));
    },
    schema: async (service) => {
      const path = `${ROOT}/${service}/$metadata`;
      const response = await gateway.send({ method: 'GET', path, headers }, 'repeatable');
      if (response.status !== 200) throw failure(response, 'repeatable', service, []);
      return readSchema(response.body);
    },
    time: async () => {
      const path = `${ROOT}/tcapi.comBusinessPartner/$metadata`;
      const response = await gateway.send({ method: 'GET', path, headers }, 'repeatable');
      if (response.status !== 200) throw failure(response, 'repeatable', 'tcapi.comBusinessPartner', []);
      const at = Date.parse(response.headers.date ?? '');
      if (!Number.isNaN(at)) return at;
      throw new ConnectorError(
        'ION_ANSWER',
        'The API gateway does not tell its time (header Date).',
        'Use a date in “Changed Since”.',
      );
    },
  };
}
