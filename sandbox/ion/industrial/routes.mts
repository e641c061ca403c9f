import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Row } from '../../data/business.mts';
import type { Kind } from '../lines/canonical.mts';
import type { Stored } from '../lines/database.mts';
import { BadFilter, parseFilter } from './filter.mts';
import { afterBookmark, bookmarkOf, compareKeys } from './bookmark.mts';
import { IDOS } from './layouts.mts';
import { insertReceivable, loadReceivables, RECEIVABLE_IDOS } from './receivables.mts';
import type { IndustrialDatabase } from './database.mts';

const ROOT = '/:tenant/CSI/IDORequestService/ido';
/** recordcap -1, or none. */
const USUAL_CAP = 200;

type Query = Record<string, string>;

/** Names in any letters, as CSI takes them. */
const queryOf = (request: FastifyRequest): Query =>
  Object.fromEntries(
    Object.entries(request.query as Query).map(([name, value]) => [name.toLowerCase(), value]),
  );

const failed = (Message: string, rest: object = {}) => ({ Items: null, ...rest, Message, Success: false });

const stamp = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/** A row as the IDO gives it: padded key, change time, row pointer, item id. */
function itemOf(db: IndustrialDatabase, kind: Kind, [number, { row, changed, id }]: [string, Stored]): Row {
  const key = db.layouts[kind].names.number!;
  return {
    ...row,
    [key]: db.padded(number),
    RecordDate: stamp(changed).replaceAll('-', ''),
    RowPointer: id,
    _ItemId: `PBT=[${kind}] t.DT=[${stamp(changed)}] t.ID=[${id}]`,
  };
}

/** RecordDate compares as a moment, which its literal `2026-02-28 00:00:00.000` is. */
const comparable = (row: Row): Row => ({
  ...row,
  RecordDate: row.RecordDate!.replace(/^(\d{4})(\d{2})(\d{2})/, '$1-$2-$3'),
});

function load(db: IndustrialDatabase, ido: string, query: Query) {
  if (ido in RECEIVABLE_IDOS) return loadReceivables(db, ido, query);
  const kind = IDOS[ido];
  if (!kind) return failed(`IDO ${ido} does not exist`);
  if (db.denied.has(kind)) return failed(`User requires [Read] privilege for ${ido}`);
  const rows = [...db.table(kind)].map((entry) => itemOf(db, kind, entry));
  const known = new Set([...db.propertiesOf(ido), '_ItemId']);
  const properties = (query.properties ?? '*').split(',').map((name) => name.trim());
  const unknown = properties.find((name) => name !== '*' && !known.has(name));
  if (unknown !== undefined) return failed(`Property ${unknown} not found on IDO ${ido}`);
  const matches = parseFilter(query.filter ?? '', (name) => known.has(name));
  const columns = (query.orderby || db.layouts[kind].names.number!)
    .split(',')
    .map((name) => name.trim().replace(/ DESC$/i, ''));
  const descending = / DESC\b/i.test(query.orderby ?? '');
  const missing = columns.find((name) => !known.has(name));
  if (missing !== undefined) return failed(`Property ${missing} not found on IDO ${ido}`);
  const sortedRows = rows
    .filter((row) => matches(comparable(row)))
    .sort((a, b) => {
      const order = compareKeys(
        columns.map((c) => a[c] ?? ''),
        columns.map((c) => b[c] ?? ''),
      );
      return descending ? -order : order;
    });
  const rest =
    query.loadtype === 'NEXT' && query.bookmark
      ? afterBookmark(query.bookmark, columns, sortedRows)
      : sortedRows;
  const cap = Number(query.recordcap ?? -1);
  const items = cap === 0 ? rest : rest.slice(0, cap < 0 ? USUAL_CAP : cap);
  const shown = items.map((row) =>
    properties.includes('*')
      ? row
      : Object.fromEntries(
          [...properties, '_ItemId'].map((name) => [name, row[name] === '' ? null : row[name]]),
        ),
  );
  const last = items.at(-1);
  return {
    Items: shown,
    Bookmark: last ? bookmarkOf(columns, last) : '<B/>',
    MoreRowsExist: rest.length > items.length,
    Success: true,
    Message: null,
  };
}

interface Change {
  Action?: number;
  ItemId?: string;
  Properties?: Array<{ Name?: string; Value?: string | null; Modified?: boolean; IsNull?: boolean }>;
}

function update(db: IndustrialDatabase, ido: string, body: { Changes?: Change[] }) {
  if (ido in RECEIVABLE_IDOS) return insertReceivable(db, ido, body);
  const kind = IDOS[ido];
  if (!kind) return failed(`IDO ${ido} does not exist`);
  const [change] = body.Changes ?? [];
  if (!change || change.Action !== 2) return failed('Action is not supported here');
  const [, at, id] = /DT=\[(.*?)\] t\.ID=\[(.*?)\]/.exec(change.ItemId ?? '') ?? [];
  const entry = [...db.table(kind)].find(([, stored]) => stored.id === id);
  if (!entry) return failed(`The ${ido} record does not exist`);
  const [number, stored] = entry;
  const fields = Object.fromEntries(
    (change.Properties ?? [])
      .filter(({ Modified }) => Modified)
      .map(({ Name = '', Value, IsNull }): [string, string] => [Name, IsNull ? '' : String(Value ?? '')]),
  );
  const misfit = db.misfit(kind, fields);
  if (misfit)
    return failed(
      misfit.unknown
        ? `Property ${misfit.field} not found on IDO ${ido}`
        : `[Length: ${fields[misfit.field]!.length}] is not valid for ${misfit.field}`,
    );
  db.beforeWrite?.(kind, number);
  if (stamp(stored.changed) !== at) return failed('The record has been modified by another user');
  db.write(kind, number, fields);
  return { Message: null, Success: true, RefreshItems: null };
}

function refuseWithoutConfiguration(db: IndustrialDatabase, request: FastifyRequest, reply: FastifyReply) {
  const configuration = String(request.headers['x-infor-mongooseconfig'] ?? '');
  if (db.configurations.includes(configuration)) return undefined;
  const message =
    configuration === '' ? 'X-Infor-MongooseConfig is required' : `Configuration ${configuration} not found`;
  return db.settings.missingConfiguration === 'http400'
    ? reply.code(400).send({ Message: message, Success: false })
    : reply.send(failed(message));
}

/** CloudSuite Industrial's IDO REST v2 below the tenant (infor §4). */
export function industrialRoutes(server: FastifyInstance, db: IndustrialDatabase): void {
  server.get(`${ROOT}/configurations`, async () => ({
    Success: true,
    Message: null,
    Configurations: db.configurations,
  }));
  const guarded = {
    preHandler: async (request: FastifyRequest, reply: FastifyReply) =>
      refuseWithoutConfiguration(db, request, reply),
  };
  server.get(`${ROOT}/load/:ido`, guarded, async (request) => {
    try {
      return load(db, (request.params as { ido: string }).ido, queryOf(request));
    } catch (error) {
      if (error instanceof BadFilter) return failed(error.message);
      throw error;
    }
  });
  server.post(`${ROOT}/update/:ido`, guarded, async (request) =>
    update(db, (request.params as { ido: string }).ido, (request.body ?? {}) as { Changes?: Change[] }),
  );
  server.get(`${ROOT}/info/:ido`, guarded, async (request) => {
    const { ido } = request.params as { ido: string };
    if (!IDOS[ido]) return failed(`IDO ${ido} does not exist`);
    const Properties = db.propertiesOf(ido).map((Name) => ({ Name }));
    return {
      Success: true,
      Message: null,
      Properties,
      Methods: [{ Name: 'GetCustomerInfoSp', Parameters: [] }],
    };
  });
  server.post(`${ROOT}/invoke/:ido`, guarded, async (request) => {
    const { method = '' } = request.query as { method?: string };
    const parameters = Array.isArray(request.body) ? (request.body as string[]) : undefined;
    if (!parameters) return failed('Parameters must be an array');
    if (method !== 'GetCustomerInfoSp') return failed(`Method ${method} not found`);
    const known = db.table('customer').has((parameters[0] ?? '').trim());
    const Parameters = [...parameters.slice(0, 1), known ? '' : 'Customer is not valid.'];
    return { Message: null, Success: true, Parameters, ReturnValue: known ? '0' : '16' };
  });
}
