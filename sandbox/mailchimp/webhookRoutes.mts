import { badRequest, methodNotAllowed, notFound, schemaProblem } from './problems.mts';
import { noContent, ok, type ApiAnswer } from './router.mts';
import { EVENT_TYPES, SOURCES } from './webhookEvents.mts';
import type { Webhook } from './webhooks.mts';
import type { World } from './world.mts';

const PATH = /^\/lists\/([^/]+)\/webhooks(?:\/([^/]+))?\/?$/;
const VALIDATION_TIMEOUT_MS = 10_000;

type Json = Record<string, unknown>;

/** The signing secret stands in the answer to the create and in no other. */
const view = (hook: Webhook, withSecret = false): Json => ({
  id: hook.id,
  url: hook.url,
  events: hook.events,
  sources: hook.sources,
  list_id: hook.list,
  signing_enabled: hook.secret !== '',
  ...(withSecret && hook.secret ? { signing_secret: hook.secret } : {}),
  _links: [],
});

function switches<K extends string>(
  field: string,
  given: unknown,
  names: readonly K[],
  before: Record<K, boolean>,
): Record<K, boolean> {
  if (given === undefined) return before;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw schemaProblem([{ field, message: 'Schema describes object, other found instead' }]);
  }
  const source = given as Json;
  const wrong = names.find((name) => source[name] !== undefined && typeof source[name] !== 'boolean');
  if (wrong) {
    const message = 'Schema describes boolean, other found instead';
    throw schemaProblem([{ field: `${field}.${wrong}`, message }]);
  }
  const set = names.map((name) => [name, source[name] ?? before[name]]);
  return Object.fromEntries(set) as Record<K, boolean>;
}

const none = <K extends string>(names: readonly K[]): Record<K, boolean> =>
  Object.fromEntries(names.map((name) => [name, false])) as Record<K, boolean>;

/** Mailchimp asks the URL by GET, with its query, and takes nothing but 200: a redirect is none (assumed, the stricter reading). */
async function validate(url: unknown): Promise<string> {
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) {
    throw schemaProblem([{ field: 'url', message: 'This value is not a valid URL' }]);
  }
  const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(VALIDATION_TIMEOUT_MS) })
    .then(async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    })
    .catch(() => 0);
  if (status !== 200) throw badRequest('The URL could not be validated: it must answer GET with 200.');
  return url;
}

const refuseSecond = (world: World, list: string, url: string): void => {
  if (world.webhooks.of(list).some((hook) => hook.url === url)) {
    throw badRequest("Sorry, you can't set up multiple WebHooks for one URL");
  }
};

async function create(world: World, list: string, body: Json): Promise<ApiAnswer> {
  const events = switches('events', body.events, EVENT_TYPES, none(EVENT_TYPES));
  const sources = switches('sources', body.sources, SOURCES, none(SOURCES));
  const url = await validate(body.url);
  refuseSecond(world, list, url);
  return ok(view(world.webhooks.add({ list, url, events, sources }), true));
}

/** All of it or nothing. */
async function patch(world: World, hook: Webhook, body: Json): Promise<ApiAnswer> {
  const events = switches('events', body.events, EVENT_TYPES, hook.events);
  const sources = switches('sources', body.sources, SOURCES, hook.sources);
  if (body.url !== undefined && body.url !== hook.url) {
    const url = await validate(body.url);
    refuseSecond(world, hook.list, url);
    hook.url = url;
  }
  Object.assign(hook, { events, sources });
  return ok(view(hook));
}

/**
 * /lists/{list_id}/webhooks and /webhooks/{webhook_id}. Beside the router, because creating a hook waits for the answer
 * of its URL. Undefined for every other path.
 * @throws Problem
 */
export async function answerWebhookCall(
  world: World,
  method: string,
  path: string,
  given: unknown,
): Promise<ApiAnswer | undefined> {
  const match = PATH.exec(path);
  if (!match) return undefined;
  const [, list = '', id] = match;
  if (!world.audiences.get(list)) throw notFound();
  const body = (typeof given === 'object' && given !== null ? given : {}) as Json;
  const hooks = world.webhooks.of(list);
  if (id === undefined) {
    if (method === 'POST') return create(world, list, body);
    if (method !== 'GET') throw methodNotAllowed(['GET', 'POST']);
    const webhooks = hooks.map((hook) => view(hook));
    return ok({ webhooks, list_id: list, total_items: hooks.length, _links: [] });
  }
  const hook = hooks.find((one) => one.id === id);
  if (!hook) throw notFound();
  if (method === 'GET') return ok(view(hook));
  if (method === 'PATCH') return patch(world, hook, body);
  if (method !== 'DELETE') throw methodNotAllowed(['GET', 'PATCH', 'DELETE']);
  world.webhooks.remove(id);
  return noContent();
}
