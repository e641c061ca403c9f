import type { Via } from './journal.mts';
import { methodNotAllowed, notFound } from './problems.mts';
import { selectFields, type Query } from './query.mts';
import type { World } from './world.mts';

export interface ApiCall {
  world: World;
  method: string;
  /** Below /3.0, without query. */
  path: string;
  params: Record<string, string>;
  query: Query;
  body: unknown;
  via: Via;
  ip: string;
}

export interface ApiAnswer {
  status: number;
  /** undefined for 204. */
  body?: unknown;
}

export type Handler = (call: ApiCall) => ApiAnswer;

export interface Route {
  method: string;
  /** `/lists/:list/members/:member` */
  pattern: string;
  handle: Handler;
}

export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });
export const noContent = (): ApiAnswer => ({ status: 204 });

const segmentsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    if (part.startsWith(':')) params[part.slice(1)] = decodeSegment(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound();
  }
}

/** The API without its transport: HTTP requests and batch operations come through the same door. */
export class Router {
  constructor(private readonly routes: readonly Route[]) {}

  /** @throws Problem for everything that is not a success */
  handle(call: Omit<ApiCall, 'params'>): ApiAnswer {
    const fitting = this.routes.flatMap((route) => {
      const params = matchPath(route.pattern, call.path);
      return params ? [{ route, params }] : [];
    });
    if (fitting.length === 0) throw notFound();
    const found = fitting.find(({ route }) => route.method === call.method);
    if (!found) throw methodNotAllowed(fitting.map(({ route }) => route.method));
    const answer = found.route.handle({ ...call, params: found.params });
    return call.method === 'GET' ? { ...answer, body: selectFields(answer.body, call.query) } : answer;
  }
}
