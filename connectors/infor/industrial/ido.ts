import type { Safety } from '../../http/retry';
import type { HttpRequest, HttpResponse } from '../../http/port';
import { ConnectorError } from '../../errors';
import { gatewayError, type Gateway } from '../gateway';
import type { Row } from '../homes';
import { refusalOf } from '../refusal';

const ROOT = '/CSI/IDORequestService/ido';

type Json = Record<string, unknown>;

export interface LoadQuery {
  properties?: string[];
  filter?: string;
  orderBy?: string;
  /** 0 for all; without one CSI gives 200 rows. */
  recordCap: number;
  bookmark?: string;
}

export interface Loaded {
  rows: Row[];
  bookmark: string;
  moreRows: boolean;
}

/** What CSI says of one change: '' for done. */
export type UpdateOutcome = string;

/** Mongoose's IDO REST v2 (infor §4). */
export interface Ido {
  /** GET load/{ido}. @throws ConnectorError INFOR_RIGHTS, INFOR_FIELD, INFOR_REFUSED and the gateway's */
  load(ido: string, query: LoadQuery): Promise<Loaded>;
  /** POST update/{ido} of one record: CSI is seen to process only the first change of a call (infor §4.5). */
  update(ido: string, itemId: string, fields: Row): Promise<UpdateOutcome>;
  /** POST update/{ido} of one new record. */
  insert(ido: string, fields: Row): Promise<UpdateOutcome>;
  /** POST invoke/{ido}. Parameters and return value as CSI gives them; 16 is a validation error. */
  invoke(
    ido: string,
    method: string,
    parameters: string[],
  ): Promise<{ parameters: string[]; returnValue: string }>;
  /** GET info/{ido}. */
  info(ido: string): Promise<{ properties: string[]; methods: string[] }>;
  configurations(): Promise<string[]>;
}

/** A value of a row is a text or null; releases are seen to send numbers too. */
const rowOf = (item: unknown): Row =>
  Object.fromEntries(
    Object.entries((item ?? {}) as Json).map(([name, value]) => [
      name,
      value === null || value === undefined ? '' : String(value),
    ]),
  );

const messageOf = (body: Json): string =>
  typeof body.Message === 'string' ? body.Message : typeof body.message === 'string' ? body.message : '';

/** CSI answers 200 or 400 by itself; everything else is the gateway's word. */
function bodyOf(response: HttpResponse, safety: Safety): Json {
  const body = response.body as Json;
  const isCsi = typeof body === 'object' && body !== null && typeof body.Success === 'boolean';
  if (isCsi && (response.status === 200 || response.status === 400)) return body;
  throw (
    gatewayError(response, safety) ??
    new ConnectorError(
      'ION_ANSWER',
      'CloudSuite Industrial gave an answer of another form.',
      'Check the IDO request service of the tenant.',
      response.status,
    )
  );
}

export function createIdo(gateway: Gateway, configuration: string): Ido {
  const headers = { 'X-Infor-MongooseConfig': configuration };
  const ask = async (request: Omit<HttpRequest, 'url'> & { path: string }, safety: Safety): Promise<Json> =>
    bodyOf(await gateway.send({ ...request, path: ROOT + request.path, headers }, safety), safety);
  const pathOf = (verb: string, ido: string): string => `/${verb}/${encodeURIComponent(ido)}`;

  const change = async (ido: string, how: Json, fields: Row): Promise<UpdateOutcome> => {
    const Properties = Object.entries(fields).map(([Name, Value]) => ({
      ...{ Name, Value, Modified: true, IsNull: Value === '' },
    }));
    const request = {
      method: 'POST' as const,
      path: pathOf('update', ido),
      body: { Changes: [{ ...how, Properties }] },
    };
    const body = await ask(request, 'once');
    return body.Success === true ? '' : messageOf(body) || 'No reason given';
  };

  return {
    load: async (ido, { properties, filter, orderBy, recordCap, bookmark }) => {
      const query = {
        properties: properties?.join(','),
        filter: filter || undefined,
        orderby: orderBy,
        recordcap: recordCap,
        ...(bookmark ? { bookmark, loadtype: 'NEXT' } : {}),
      };
      const body = await ask({ method: 'GET', path: pathOf('load', ido), query }, 'repeatable');
      if (body.Success !== true) throw refusalOf(ido, messageOf(body), properties);
      if (!Array.isArray(body.Items)) {
        throw new ConnectorError(
          'ION_ANSWER',
          `${ido} came without items.`,
          'Check the IDO request service of the tenant.',
        );
      }
      return {
        rows: body.Items.map(rowOf),
        bookmark: typeof body.Bookmark === 'string' ? body.Bookmark : '',
        moreRows: body.MoreRowsExist === true,
      };
    },
    update: (ido, itemId, fields) => change(ido, { Action: 2, ItemId: itemId, UpdateLocking: 1 }, fields),
    insert: (ido, fields) => change(ido, { Action: 1, ItemId: '', UpdateLocking: 0 }, fields),
    invoke: async (ido, method, parameters) => {
      const request = {
        method: 'POST' as const,
        path: pathOf('invoke', ido),
        query: { method },
        body: parameters,
      };
      const body = await ask(request, 'once');
      if (body.Success !== true) throw refusalOf(`${ido}/${method}`, messageOf(body));
      const answered = Array.isArray(body.Parameters) ? body.Parameters : [];
      return {
        parameters: answered.map((one) => String(one ?? '')),
        returnValue: String(body.ReturnValue ?? ''),
      };
    },
    info: async (ido) => {
      const body = await ask({ method: 'GET', path: pathOf('info', ido) }, 'repeatable');
      if (body.Success === false) throw refusalOf(ido, messageOf(body));
      const namesOf = (list: unknown): string[] =>
        (Array.isArray(list) ? (list as Json[]) : [])
          .map(({ Name }) => String(Name ?? ''))
          .filter((name) => name !== '');
      return { properties: namesOf(body.Properties), methods: namesOf(body.Methods) };
    },
    configurations: async () => {
      const body = await ask({ method: 'GET', path: '/configurations' }, 'repeatable');
      const list = Array.isArray(body.Configurations) ? body.Configurations : [];
      return list
        .map((one) => (typeof one === 'string' ? one : (rowOf(one).Name ?? '')))
        .filter((name) => name !== '');
    },
  };
}
