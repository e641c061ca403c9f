import { randomUUID } from 'node:crypto';
import type { OperationResult } from './batchArchive.mts';
import { internalError, jsonParseError, Problem, schemaProblem, type FieldError } from './problems.mts';
import type { Json, Query } from './query.mts';
import type { ApiAnswer, Router } from './router.mts';
import type { World } from './world.mts';

export interface Operation {
  method: string;
  /** With or without a leading slash, with or without a query. */
  path: string;
  params: Query;
  body: string | undefined;
  operationId: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function wrongIn(item: Json, index: number): FieldError[] {
  const field = (name: string): string => `operations.${index}.${name}`;
  const errors: FieldError[] = [];
  if (!METHODS.includes(String(item['method']))) {
    const message = `Data presented is not one of the accepted values: ${METHODS.join(', ')}.`;
    errors.push({ field: field('method'), message });
  }
  for (const name of ['path', 'body', 'operation_id']) {
    const value = item[name];
    if (name !== 'path' && value === undefined) continue;
    if (typeof value !== 'string') {
      errors.push({ field: field(name), message: `Schema describes string, ${typeof value} found instead` });
    }
  }
  const params = item['params'];
  if (params !== undefined && (typeof params !== 'object' || params === null || Array.isArray(params))) {
    errors.push({ field: field('params'), message: 'Schema describes object' });
  }
  return errors;
}

/**
 * Reads the body of POST /batches; the body of an operation must be a *string* of JSON.
 * @throws Problem 400; the whole batch is refused
 */
export function readOperations(body: unknown): Operation[] {
  const items = (body as Json | null | undefined)?.['operations'];
  if (!Array.isArray(items) || items.length === 0) {
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: operations' }]);
  }
  const rows = items.map((item: unknown) =>
    typeof item === 'object' && item !== null ? (item as Json) : {},
  );
  const errors = rows.flatMap(wrongIn);
  if (errors.length > 0) throw schemaProblem(errors);
  return rows.map((row) => ({
    method: String(row['method']),
    path: String(row['path']),
    params: textsOf(row['params'] as Json | undefined),
    body: row['body'] as string | undefined,
    operationId: String(row['operation_id'] ?? ''),
  }));
}

const textsOf = (params: Json = {}): Query =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

function bodyOf(operation: Operation): unknown {
  if (operation.body === undefined || operation.body === '') return undefined;
  try {
    return JSON.parse(operation.body) as unknown;
  } catch {
    throw jsonParseError();
  }
}

function answerOf(router: Router, world: World, operation: Operation): ApiAnswer {
  try {
    const [path = '', search = ''] = operation.path.split('?', 2);
    return router.handle({
      world,
      method: operation.method,
      path,
      query: { ...Object.fromEntries(new URLSearchParams(search)), ...operation.params },
      body: bodyOf(operation),
      via: 'batch',
      ip: '127.0.0.1',
    });
  } catch (thrown) {
    const problem = thrown instanceof Problem ? thrown : internalError();
    return { status: problem.status, body: problem.toBody(randomUUID()) };
  }
}

/** Does the operation as if it had come alone, through the same door. */
export function runOperation(router: Router, world: World, operation: Operation): OperationResult {
  const { status, body } = answerOf(router, world, operation);
  return {
    status_code: status,
    operation_id: operation.operationId,
    response: body === undefined ? '' : JSON.stringify(body),
  };
}
