import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Row } from '../../data/business.mts';
import type { Kind } from '../lines/canonical.mts';
import { tellTime } from '../lines/time.mts';
import type { LnDatabase } from './database.mts';
import { BadRequest, parseFilter } from './filter.mts';
import { SETS } from './layouts.mts';
import { metadataOf } from './metadata.mts';

const ROOT = '/:tenant/LN/lnapi/odata';

const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).send({ error: { code: 'ERROR', message, details: [{ message }] } });

type Query = Record<string, string>;

/** Dotted fields become the nested entity that they stand for; a null has no text. */
function entityOf(db: LnDatabase, kind: Kind, row: Row, etag: string, query: Query): Record<string, unknown> {
  const wanted = query.$select?.split(',') ?? db.propertiesOf(kind);
  const own = wanted.map((name): [string, unknown] => [name, row[name] === '' ? null : row[name]]);
  const address = Object.entries(row).filter(([name]) => name.startsWith('AddressRef.'));
  const nested = Object.fromEntries(
    address.map(([name, value]) => [name.slice('AddressRef.'.length), value]),
  );
  const expanded = query.$expand === 'AddressRef' && db.hasAddress(kind) ? { AddressRef: nested } : {};
  return { '@odata.etag': etag, ...Object.fromEntries(own), ...expanded };
}

function check(db: LnDatabase, kind: Kind, query: Query): void {
  const known = new Set(db.propertiesOf(kind));
  for (const name of [
    ...(query.$select?.split(',') ?? []),
    ...(query.$orderby ? [query.$orderby.split(' ')[0]!] : []),
  ])
    if (!known.has(name)) throw new BadRequest(`Property ${name} does not exist`);
  const unknown = Object.keys(query).find(
    (name) => !/^\$(filter|select|expand|orderby|top|skip|count)$/.test(name),
  );
  if (unknown !== undefined) throw new BadRequest(`Query option ${unknown} is not supported`);
  if (query.$expand && !(query.$expand === 'AddressRef' && db.hasAddress(kind)))
    throw new BadRequest(`${query.$expand} cannot be expanded`);
}

function list(db: LnDatabase, set: string, kind: Kind, request: FastifyRequest) {
  const query = request.query as Query;
  check(db, kind, query);
  const known = new Set(db.propertiesOf(kind));
  const matches = parseFilter(query.$filter ?? '', (name) => known.has(name), db.enumsOf(kind));
  const order = query.$orderby?.split(' ')[0] ?? db.layouts[kind].names.number!;
  const all = db
    .sorted(kind)
    .map((entry) => ({ row: db.rowOf(kind, entry), etag: db.etagOf(entry[1]) }))
    .filter(({ row }) => matches(row))
    .sort((a, b) => (a.row[order]! < b.row[order]! ? -1 : 1));
  const skip = Number(query.$skip ?? 0);
  const top = query.$top === undefined ? Infinity : Number(query.$top);
  const size = Math.min(top, db.serverPage);
  const shown = all.slice(skip, skip + size);
  const isCut = shown.length < Math.min(top, all.length - skip);
  const rest = new URLSearchParams({
    ...query,
    $skip: String(skip + size),
    ...(top < Infinity ? { $top: String(top - size) } : {}),
  });
  const { tenant } = request.params as { tenant: string };
  const base = db.linkBase ?? `http://${request.headers.host}/${tenant}`;
  return {
    '@odata.context': '$metadata',
    value: shown.map(({ row, etag }) => entityOf(db, kind, row, etag, query)),
    ...(isCut ? { '@odata.nextLink': `${base}/LN/lnapi/odata/${set}?${rest.toString()}` } : {}),
  };
}

function patch(
  db: LnDatabase,
  kind: Kind,
  key: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const number = key.trim();
  const stored = db.table(kind).get(number);
  if (!stored || db.padded(kind, number) !== key) return refuse(reply, 404, 'The entity does not exist');
  const match = request.headers['if-match'];
  if (!match) return refuse(reply, 428, 'If-Match is required');
  const fields = Object.fromEntries(
    Object.entries((request.body ?? {}) as Row).map(([name, value]) => [name, String(value ?? '')]),
  );
  const misfit = db.misfit(kind, fields);
  if (misfit)
    return refuse(reply, 422, `${misfit.field} ${misfit.unknown ? 'is not a property' : 'is too long'}`);
  db.beforeWrite?.(kind, number);
  if (match !== db.etagOf(stored)) return refuse(reply, 412, 'The entity was changed');
  db.write(kind, number, fields);
  return reply.code(204).send();
}

/** Below the service a set, or one of its entities: Set('key'). */
function serve(db: LnDatabase, request: FastifyRequest, reply: FastifyReply): unknown {
  const { service, '*': rest = '' } = request.params as { service: string; '*': string };
  if (!db.companies.includes(String(request.headers['x-infor-lncompany'] ?? '')))
    return refuse(reply, 400, 'X-Infor-LnCompany names no company');
  if (rest === '$metadata') {
    const metadata = metadataOf(db, service);
    return metadata ?? refuse(reply, 404, `Service ${service} does not exist`);
  }
  const [, name = '', key] = /^(\w+)(?:\('(.*)'\))?$/.exec(decodeURIComponent(rest)) ?? [];
  const set = `${service}/${name}`;
  const kind = SETS[set];
  if (!kind) return refuse(reply, 404, `Entity set ${set} does not exist`);
  if (db.denied.has(kind)) return refuse(reply, 403, `User is not authorized for ${set}`);
  if (request.method === 'PATCH' && key !== undefined)
    return patch(db, kind, key.replaceAll("''", "'"), request, reply);
  if (request.method !== 'GET' || key !== undefined) return refuse(reply, 405, 'Method not allowed');
  return list(db, set, kind, request);
}

/** LN's OData v4 services below the tenant (infor §6). */
export function lnRoutes(server: FastifyInstance, db: LnDatabase): void {
  tellTime(server, db);
  server.route({
    method: ['GET', 'PATCH', 'POST'],
    url: `${ROOT}/:service/*`,
    handler: async (request, reply) => {
      try {
        return serve(db, request, reply);
      } catch (error) {
        if (error instanceof BadRequest) return refuse(reply, 400, error.message);
        throw error;
      }
    },
  });
}
