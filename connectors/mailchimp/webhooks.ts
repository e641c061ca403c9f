import { ConnectorError } from '../errors';
import type { Mailchimp } from './api';
import { accountError, isOk, problemOf } from './problem';

export interface WebhookSettings {
  url: string;
  events: Record<string, boolean>;
  sources: Record<string, boolean>;
}

export interface Webhook extends WebhookSettings {
  id: string;
  /** Whether its deliveries carry a signature; undefined where Mailchimp does not tell. */
  signed: boolean | undefined;
  /** Only in the answer to the create. */
  signingSecret: string;
}

type Json = Record<string, unknown>;

const flags = (value: unknown): Record<string, boolean> =>
  Object.fromEntries(Object.entries((value ?? {}) as Json).map(([name, on]) => [name, on === true]));

function toWebhook(body: unknown): Webhook {
  const source = (body ?? {}) as Json;
  const signingSecret = typeof source.signing_secret === 'string' ? source.signing_secret : '';
  return {
    id: String(source.id ?? ''),
    url: String(source.url ?? ''),
    events: flags(source.events),
    sources: flags(source.sources),
    signed: typeof source.signing_enabled === 'boolean' ? source.signing_enabled : undefined,
    signingSecret,
  };
}

const pathOf = (audienceId: string, id?: string): string =>
  `/lists/${encodeURIComponent(audienceId)}/webhooks${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

const refused = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_WEBHOOK_REFUSED',
    'Mailchimp did not accept the webhook address of this node.',
    'Mailchimp must reach your n8n from the internet by https. Check WEBHOOK_URL and the proxy in front of n8n.',
    400,
  );

/** GET /lists/{list_id}/webhooks */
export async function listWebhooks(mailchimp: Mailchimp, audienceId: string): Promise<Webhook[]> {
  const { webhooks } = await mailchimp.read({ method: 'GET', path: pathOf(audienceId) });
  return (Array.isArray(webhooks) ? webhooks : []).map(toWebhook);
}

/**
 * POST /lists/{list_id}/webhooks. Mailchimp first asks the URL by GET. After a lost answer the repeat meets "multiple
 * WebHooks for one URL": the hook is there, but its signing secret is lost.
 * @returns 'exists' when a hook with this URL is there
 * @throws ConnectorError MAILCHIMP_WEBHOOK_REFUSED
 */
export async function createWebhook(
  mailchimp: Mailchimp,
  audienceId: string,
  settings: WebhookSettings,
): Promise<Webhook | 'exists'> {
  const response = await mailchimp.send({ method: 'POST', path: pathOf(audienceId), body: settings });
  if (isOk(response)) return toWebhook(response.body);
  if (response.status === 400 && /multiple webhooks/i.test(problemOf(response).detail)) return 'exists';
  // Mailchimp's own words may hold the URL, and the URL holds the secret.
  if (response.status === 400) throw refused();
  throw accountError(response);
}

/** PATCH /lists/{list_id}/webhooks/{webhook_id} */
export const changeWebhook = async (
  mailchimp: Mailchimp,
  audienceId: string,
  id: string,
  change: Partial<WebhookSettings>,
): Promise<void> => {
  await mailchimp.read({ method: 'PATCH', path: pathOf(audienceId, id), body: change });
};

/** DELETE /lists/{list_id}/webhooks/{webhook_id}; one that is gone already is fine. */
export async function deleteWebhook(mailchimp: Mailchimp, audienceId: string, id: string): Promise<void> {
  const response = await mailchimp.send({ method: 'DELETE', path: pathOf(audienceId, id) });
  if (!isOk(response) && response.status !== 404) throw accountError(response);
}
