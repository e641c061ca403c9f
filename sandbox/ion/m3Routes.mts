import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answer, envelope, failed, refusal, terminated, type Outcome, type Result } from './m3Answer.mts';
import { readCall } from './m3Query.mts';
import { MiFailure, type MiRecord, type MiWorld } from './mi/engine.mts';
import { refuse } from './gateway.mts';
import { v1Answer } from './v1.mts';

const M3 = '/:tenant/M3/m3api-rest';
const V2 = `${M3}/v2/execute`;

function outcomeOf(world: MiWorld, request: FastifyRequest): Outcome {
  try {
    const { asked, options, extended } = readCall(request);
    return answer(asked, options, world, extended);
  } catch (error) {
    if (!(error instanceof MiFailure)) throw error;
    return { result: refusal('', error), terminates: true };
  }
}

function single(world: MiWorld, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { result } = outcomeOf(world, request);
  return failed(result) && world.settings.m3ErrorStyle !== 'http200'
    ? reply.code(400).send(terminated(result))
    : reply.send(envelope([result]));
}

interface BulkBody {
  program?: string;
  cono?: number | string;
  excludeEmptyValues?: boolean;
  rightTrim?: boolean;
  maxReturnedRecords?: number;
  transactions?: Array<{
    transaction?: string;
    record?: Record<string, unknown> | null;
    selectedColumns?: string[];
  }>;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A field is a text or a number; what JSON can nest in it, no field can hold (assumed). */
const isTransaction = (value: unknown): boolean =>
  isObject(value) && !Object.values((value as { record?: object | null }).record ?? {}).some(isObject);

const asText = (record?: Record<string, unknown> | null): MiRecord =>
  Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, String(value ?? '')]));

/** In order; once the program itself cannot run, the rest is `notProcessed` (assumed semantics, infor §3.4). */
function runAll(world: MiWorld, body: BulkBody): { results: Result[]; end: Result | undefined } {
  let end: Result | undefined;
  const results = body.transactions!.map(({ transaction = '', record, selectedColumns = [] }): Result => {
    if (end) return { transaction, notProcessed: true };
    const company = body.cono ? { company: String(body.cono) } : {};
    const asked = { program: body.program!, transaction, record: asText(record), ...company };
    const options = {
      maxRecords: body.maxReturnedRecords ?? 100,
      columns: selectedColumns,
      excludeEmpty: body.excludeEmptyValues === true,
      rightTrim: body.rightTrim !== false,
      dateFormat: 'YMD8',
    };
    const { result, terminates } = answer(asked, options, world);
    if (terminates) end = result;
    return result;
  });
  return { results, end };
}

function bulk(world: MiWorld, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = (request.body ?? {}) as BulkBody;
  const { program, transactions: list } = body;
  if (!program || !Array.isArray(list) || list.length === 0 || !list.every(isTransaction)) {
    const failure = new MiFailure('XMI0006', '', 'program and transactions are required');
    return reply.code(400).send(terminated(refusal('', failure)));
  }
  if (list.length > world.settings.maxBulkTransactions) {
    return refuse(reply, world.settings, 504, 'The target did not answer in time');
  }
  const { results, end } = runAll(world, body);
  const first = results.find(failed);
  return first && world.settings.m3ErrorStyle === 'http400' && results.length === 1
    ? reply.code(400).send(terminated(first))
    : reply.send(envelope(results, end));
}

/** M3's REST API below the tenant. */
export function m3Routes(server: FastifyInstance, world: MiWorld): void {
  server.get(`${V2}/:program/:transaction`, async (request, reply) => single(world, request, reply));
  for (const path of [V2, `${V2}/`]) {
    server.post(path, async (request, reply) => bulk(world, request, reply));
  }
  server.get(`${M3}/execute/:program/:transaction`, async (request) => {
    const { program } = request.params as { program: string };
    return v1Answer(program, outcomeOf(world, request).result);
  });
}
