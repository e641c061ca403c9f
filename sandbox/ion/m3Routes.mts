import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CRS111MI, CRS618MI } from './mi/addressHandlers.mts';
import { CRS610MI } from './mi/customerHandlers.mts';
import {
  MiFailure,
  runTransaction,
  type Asked,
  type MiOptions,
  type MiRecord,
  type MiWorld,
} from './mi/engine.mts';
import { EXPORTMI } from './mi/exportHandlers.mts';
import { GENERAL_HANDLERS } from './mi/generalHandlers.mts';

const HANDLERS = { CRS111MI, CRS610MI, CRS618MI, EXPORTMI, ...GENERAL_HANDLERS };

const EXECUTE = '/:tenant/M3/m3api-rest/v2/execute';

interface Result {
  transaction: string;
  parameters?: MiRecord;
  records?: MiRecord[];
  errorMessage?: string;
  errorCode?: string;
  errorField?: string;
  errorType?: string;
  notProcessed?: boolean;
}

function resultOf(asked: Asked, options: MiOptions, world: MiWorld, extended: boolean): Result {
  const base: Result = { transaction: asked.transaction, ...(extended ? { parameters: asked.record } : {}) };
  try {
    return { ...base, records: runTransaction(asked, options, world, HANDLERS) };
  } catch (error) {
    if (!(error instanceof MiFailure)) throw error;
    const { code, field, padded } = error;
    return {
      ...base,
      errorMessage: padded,
      errorCode: code,
      ...(field ? { errorField: field } : {}),
      errorType: 'MI',
    };
  }
}

const failed = (result: Result): boolean => result.errorMessage !== undefined;

const envelope = (results: Result[]): Record<string, unknown> => ({
  results,
  wasTerminated: false,
  nrOfSuccessfullTransactions: results.filter((result) => !failed(result) && !result.notProcessed).length,
  nrOfFailedTransactions: results.filter(failed).length,
  nrOfNotProcessedTransactions: results.filter((result) => result.notProcessed).length,
});

/** The second shape: HTTP 400 with the error at the top (infor §3.4). */
const terminated = ({ errorMessage, errorCode, errorField, errorType }: Result): Record<string, unknown> => ({
  errorMessage,
  errorCode,
  ...(errorField ? { errorField } : {}),
  errorType,
  wasTerminated: true,
  terminationReason: errorMessage,
  terminationErrorType: errorType,
});

const truthy = (value: string | undefined): boolean => value === 'true';

/** Context in lower case, MI fields in upper case; H5 writes the context as matrix parameters (infor §3.1). */
function readQuery(request: FastifyRequest): { record: MiRecord; context: Record<string, string> } {
  const [path = '', query = ''] = request.url.split('?');
  const matrix = path
    .split(';')
    .slice(1)
    .map((part) => part.split('=').map(decodeURIComponent));
  const pairs = [...matrix, ...new URLSearchParams(query).entries()] as Array<[string, string]>;
  const isField = (name: string): boolean => /^[A-Z0-9]{4}$/.test(name);
  return {
    record: Object.fromEntries(pairs.filter(([name]) => isField(name))),
    context: Object.fromEntries(
      pairs.filter(([name]) => !isField(name)).map(([name, value]) => [name.toLowerCase(), value ?? '']),
    ),
  };
}

const DATE_FORMATS = new Set(['YMD8', 'YMD6', 'MDY6', 'DMY6', 'YWD5', 'YMD8-']);

function single(world: MiWorld, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { program, transaction } = request.params as { program: string; transaction: string };
  const { record, context } = readQuery(request);
  const dateFormat = context.dateformat ?? 'YMD8';
  if (!DATE_FORMATS.has(dateFormat))
    return reply.code(400).send({ errorMessage: 'Unknown dateformat', wasTerminated: true });
  const options: MiOptions = {
    maxRecords: Number(context.maxrecs ?? 100),
    columns: (context.returncols ?? '').split(',').filter((column) => column !== ''),
    excludeEmpty: truthy(context.excludeempty) || truthy(context.excludempty),
    rightTrim: context.righttrim !== 'false',
    dateFormat,
  };
  const name = transaction.split(';')[0]!;
  const result = resultOf(
    { program, transaction: name, record },
    options,
    world,
    truthy(context.extendedresult),
  );
  if (failed(result) && world.settings.m3ErrorStyle !== 'http200')
    return reply.code(400).send(terminated(result));
  return reply.send(envelope([result]));
}

interface BulkBody {
  program?: string;
  excludeEmptyValues?: boolean;
  rightTrim?: boolean;
  maxReturnedRecords?: number;
  transactions?: Array<{
    transaction?: string;
    record?: Record<string, unknown>;
    selectedColumns?: string[];
  }>;
}

const asText = (record: Record<string, unknown> = {}): MiRecord =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value ?? '')]));

function bulk(world: MiWorld, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = (request.body ?? {}) as BulkBody;
  if (!body.program || !Array.isArray(body.transactions) || body.transactions.length === 0) {
    return reply
      .code(400)
      .send({ errorMessage: 'program and transactions are required', wasTerminated: true });
  }
  if (body.transactions.length > world.settings.maxBulkTransactions) {
    return reply
      .code(504)
      .send({ error: { code: 'GATEWAY_TIMEOUT', message: 'The target did not answer in time' } });
  }
  const results = body.transactions.map(({ transaction = '', record, selectedColumns }) => {
    const options: MiOptions = {
      maxRecords: body.maxReturnedRecords ?? 100,
      columns: selectedColumns ?? [],
      excludeEmpty: body.excludeEmptyValues === true,
      rightTrim: body.rightTrim !== false,
      dateFormat: 'YMD8',
    };
    return resultOf({ program: body.program!, transaction, record: asText(record) }, options, world, false);
  });
  const first = results.find(failed);
  if (first && world.settings.m3ErrorStyle === 'http400' && results.length === 1) {
    return reply.code(400).send(terminated(first));
  }
  return reply.send(envelope(results));
}

/** M3's v2 REST API below the tenant. */
export function m3Routes(server: FastifyInstance, world: MiWorld): void {
  server.get(`${EXECUTE}/:program/:transaction`, async (request, reply) => single(world, request, reply));
  for (const path of [EXECUTE, `${EXECUTE}/`]) {
    server.post(path, async (request, reply) => bulk(world, request, reply));
  }
}
