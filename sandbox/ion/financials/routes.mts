import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kind } from '../lines/canonical.mts';
import { tellTime } from '../lines/time.mts';
import { BadFilter } from '../lines/where.mts';
import { createInvoices } from './invoices.mts';
import { batch, exception, type Imported } from './batch.mts';
import type { FinancialsDatabase } from './database.mts';
import { CLASSES } from './layouts.mts';
import { list } from './list.mts';

export { FinancialsDatabase } from './database.mts';

interface Asked {
  class: string;
  list: string;
  action: string;
}

const asked = (request: FastifyRequest): Asked => request.params as Asked;

const refused = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).send(exception(message));

/** What is asked before any class looks at the call; undefined when nothing is wrong with it. */
function wrong(db: FinancialsDatabase, kind: Kind | undefined, request: FastifyRequest, reply: FastifyReply) {
  const { maxUrl } = db.settings;
  const { class: name } = asked(request);
  if (request.url.length > maxUrl) return reply.code(414).send('URI too long');
  if (!kind) return refused(reply, 404, `Business class ${name} is not valid`);
  return db.denied.has(kind)
    ? refused(reply, 403, `Security: access denied to business class ${name}`)
    : undefined;
}

function getList(db: FinancialsDatabase, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { class: name, list: listName } = asked(request);
  const kind = CLASSES[name];
  const refusal = wrong(db, kind, request, reply);
  if (refusal) return refusal;
  if (!/^(_generic|Primary\w+List)$/.test(listName))
    return refused(reply, 404, `List ${listName} of business class ${name} is not valid`);
  const query = request.query as Record<string, string>;
  // Landmark's own form is XML (assumed); _out asks for another, as all its public clients do.
  if (query._out !== 'JSON') return reply.type('text/xml').send('<?xml version="1.0"?><list/>');
  try {
    return reply.send(list(db, kind!, query, request.url.split('?')[0]!));
  } catch (error) {
    if (error instanceof BadFilter) return refused(reply, 400, error.message);
    throw error;
  }
}

function find(db: FinancialsDatabase, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const kind = CLASSES[asked(request).class];
  const refusal = wrong(db, kind, request, reply);
  if (refusal) return refusal;
  const stored = db.find(kind!, request.query as Record<string, string>);
  return stored
    ? reply.send([{ _count: 1 }, { _fields: stored[1].row }])
    : refused(reply, 404, 'The record does not exist');
}

function postBatch(db: FinancialsDatabase, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { class: name, action } = asked(request);
  const kind = CLASSES[name];
  const refusal = wrong(db, kind, request, reply);
  if (refusal) return refusal;
  const isCreate = action === 'Create' && kind === 'invoice';
  if (action !== 'Update' && !isCreate)
    return refused(reply, 404, `Action ${action} of ${name} is not valid`);
  const { _records: records } = (request.body ?? {}) as { _records?: Imported[] };
  if (!Array.isArray(records)) return refused(reply, 400, '_records is missing');
  if (records.length > db.settings.maxBatch) return reply.code(504).send('The target did not answer in time');
  return reply.send(isCreate ? createInvoices(db, records) : batch(db, kind!, records));
}

/** Landmark's web services below the tenant (infor §5). */
export function financialsRoutes(server: FastifyInstance, db: FinancialsDatabase): void {
  tellTime(server, db);
  for (const prefix of ['FSM/fsm', 'fsm'] as const) {
    const root = `/:tenant/${prefix}/soap/classes`;
    const here =
      (answer: (db: FinancialsDatabase, request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
      async (request: FastifyRequest, reply: FastifyReply) =>
        db.settings.prefix === prefix ? answer(db, request, reply) : reply.callNotFound();
    const other = here((_db, _request, reply) => refused(reply, 405, 'Method not allowed'));
    server.get(
      root,
      here((_db, _request, reply) =>
        reply.send([
          { _count: Object.keys(CLASSES).length },
          ...Object.keys(CLASSES).map((name) => ({ name, _links: [] })),
        ]),
      ),
    );
    server.get(`${root}/:class/lists/:list`, here(getList));
    server.get(`${root}/:class/actions/Find`, here(find));
    server.post(`${root}/:class/actions/:action/batch`, here(postBatch));
    server.route({ method: ['POST', 'PUT', 'DELETE'], url: `${root}/:class/lists/:list`, handler: other });
    server.route({ method: ['GET', 'PUT'], url: `${root}/:class/actions/:action/batch`, handler: other });
  }
}
