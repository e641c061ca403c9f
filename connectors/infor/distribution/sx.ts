import type { HttpResponse } from '../../http/port';
import type { Safety } from '../../http/retry';
import { ConnectorError } from '../../errors';
import { gatewayError, type Gateway } from '../gateway';
import type { Row } from '../homes';
import { refusalOf } from '../refusal';

type Json = Record<string, unknown>;

export interface TableQuery {
  table: string;
  /** Progress's WHERE, such as custno > 100 and cono = 1. */
  where: string;
  fields: string[];
  /** Rows at most; 0 for all. */
  batchSize: number;
}

export interface SxContext {
  /** Path below the tenant, such as SX/rest/sxapirestservice. */
  prefix: string;
  companyNumber: number;
  operator: string;
}

/** SX.e's REST service (infor §7). */
export interface Sx {
  /** POST {call} with its request. @returns the response @throws ConnectorError INFOR_RIGHTS, INFOR_REFUSED … */
  call(name: string, request: Json): Promise<Json>;
  /** Rows of a table (rest/serviceinterface/proxy/FetchWhere; infor §7.4, its form is assumed). */
  fetchWhere(query: TableQuery): Promise<Row[]>;
  /** The gateway's clock, by the Date of an answer. */
  time(): Promise<number>;
}

/** Calls that only read; an unknown one counts as a write. */
const READS = /^sxapi\w*(get|search|list)/i;

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const rowOf = (value: unknown): Row =>
  Object.fromEntries(Object.entries((value ?? {}) as Json).map(([name, one]) => [name, textOf(one)]));

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** `cErrorMessage` comes at HTTP 200 and at HTTP 400 (infor §7.2). */
function responseOf(answer: HttpResponse, safety: Safety, where: string, fields: string[] = []): Json {
  const body = isObject(answer.body) ? answer.body : {};
  const response = isObject(body.response) ? body.response : undefined;
  const isSx = answer.status === 200 || answer.status === 400;
  if (response && isSx) {
    const message = textOf(response.cErrorMessage).trim();
    if (message === '') return response;
    throw refusalOf(where, message, fields);
  }
  throw (
    gatewayError(answer, safety) ??
    new ConnectorError(
      'ION_ANSWER',
      `SX.e gave ${where} without a response.`,
      'Check the path of its REST service.',
      answer.status,
    )
  );
}

/** The rows of tXxx: { "t-xxx": […] }, whatever the table is called. */
export function rowsIn(response: Json, table: string): Row[] | undefined {
  const outer = response[table];
  const inner = isObject(outer) ? Object.values(outer).find(Array.isArray) : outer;
  return Array.isArray(inner) ? inner.map(rowOf) : undefined;
}

export function createSx(gateway: Gateway, { prefix, companyNumber, operator }: SxContext): Sx {
  const root = `/${prefix.replace(/^\/+|\/+$/g, '')}`;
  const tables = `${root.replace(/\/sxapirestservice$/, '')}/serviceinterface/proxy/FetchWhere`;
  const context = { companyNumber, operatorInit: operator };
  const post = (path: string, request: Json, safety: Safety): Promise<HttpResponse> =>
    gateway.send({ method: 'POST', path, body: { request: { ...context, ...request } } }, safety);

  async function fetchWhere({ table, where, fields, batchSize }: TableQuery): Promise<Row[]> {
    const request = { tableName: table, whereClause: where, fieldList: fields.join(','), batchSize };
    const response = responseOf(await post(tables, request, 'repeatable'), 'repeatable', table, fields);
    const rows = rowsIn(response, 'tTable');
    if (rows) return rows;
    throw new ConnectorError(
      'ION_ANSWER',
      `SX.e gave ${table} without rows.`,
      'Check the path of its table service.',
    );
  }

  return {
    call: async (name, request) => {
      const safety = READS.test(name) ? 'repeatable' : 'once';
      return responseOf(await post(`${root}/${encodeURIComponent(name)}`, request, safety), safety, name);
    },
    fetchWhere,
    time: async () => {
      const request = {
        tableName: 'sasc',
        whereClause: `cono = ${companyNumber}`,
        fieldList: 'cono',
        batchSize: 1,
      };
      const answer = await post(tables, request, 'repeatable');
      responseOf(answer, 'repeatable', 'sasc');
      const at = Date.parse(answer.headers.date ?? '');
      if (!Number.isNaN(at)) return at;
      throw new ConnectorError(
        'ION_ANSWER',
        'The API gateway does not tell its time (header Date).',
        'Use a date in “Changed Since”.',
      );
    },
  };
}
