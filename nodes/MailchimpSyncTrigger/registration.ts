import type { IHookFunctions } from 'n8n-workflow';
import type { Mailchimp } from '../../connectors/mailchimp/api';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  type Webhook,
  type WebhookSettings,
} from '../../connectors/mailchimp/webhooks';
import { ConnectorError } from '../../connectors/errors';
import type { HookState } from '../../sync/delivery';
import { EVENT_TYPES } from '../../sync/memberEvent';
import { newSecret, sameSecret, seal, sha256Of } from '../../sync/signature';
import { audienceAt } from '../shared/audience';
import { keptState, stateOf } from './state';

const SOURCES = ['user', 'admin', 'api'];
/** A create whose answer is lost leaves a webhook whose signing secret nobody knows: it is made anew. */
const MAX_CREATES = 3;

/** Every switch is sent: what Mailchimp makes of one that is left out is not documented. */
const switches = (names: readonly string[], on: unknown): Record<string, boolean> => {
  const chosen = Array.isArray(on) ? on : [];
  return Object.fromEntries(names.map((name) => [name, chosen.includes(name)]));
};

/** Events that Mailchimp knows since 2026 are named only where they are wanted. */
function eventsOf(on: unknown): Record<string, boolean> {
  const all = switches(EVENT_TYPES, on);
  return Object.fromEntries(
    Object.entries(all).filter(([name, wanted]) => wanted || !name.startsWith('sms_')),
  );
}

const isSame = (wanted: Record<string, boolean>, found: Record<string, boolean>): boolean =>
  [...Object.keys(wanted), ...Object.keys(found)].every(
    (name) => (wanted[name] ?? false) === (found[name] ?? false),
  );

interface Wanted extends Omit<WebhookSettings, 'url'> {
  audienceId: string;
  /** Without the secret. */
  baseUrl: string;
}

function wantedOf(context: IHookFunctions): Wanted {
  const baseUrl = context.getNodeWebhookUrl('default');
  if (!baseUrl) {
    throw new ConnectorError(
      'SYNC_SETTING',
      'n8n gives this node no webhook address.',
      'Set N8N_WEBHOOK_URL (or WEBHOOK_URL) of your n8n to the address at which Mailchimp can reach it.',
    );
  }
  return {
    audienceId: audienceAt(context),
    baseUrl,
    events: eventsOf(context.getNodeParameter('events', [])),
    sources: switches(SOURCES, context.getNodeParameter('sources', [])),
  };
}

/** The secret of a webhook of this node; undefined for a webhook of somebody else. */
function secretIn(url: string, baseUrl: string): string | undefined {
  const start = `${baseUrl}?secret=`;
  return url.startsWith(start) ? url.slice(start.length) : undefined;
}

const isOwn = (hook: Webhook, { baseUrl, audienceId }: Wanted, state: HookState | undefined): boolean =>
  state?.audienceId === audienceId &&
  hook.id === state.webhookId &&
  sameSecret(sha256Of(secretIn(hook.url, baseUrl) ?? ''), state.secretHash) &&
  (hook.signed === undefined || hook.signed === (state.sealedSigningSecret !== ''));

/**
 * Whether the webhook is there as it has to be. Other events or sources are put right; webhooks that this node made and
 * cannot use any more, because the audience or the secret is another one by now, are removed.
 */
export async function isRegistered(context: IHookFunctions, mailchimp: Mailchimp): Promise<boolean> {
  const wanted = wantedOf(context);
  const state = stateOf(context);
  const { hook } = state;
  if (hook && hook.audienceId !== wanted.audienceId) {
    await deleteWebhook(mailchimp, hook.audienceId, hook.webhookId);
    delete state.hook;
  }
  const ours = (await listWebhooks(mailchimp, wanted.audienceId)).filter(
    ({ url }) => secretIn(url, wanted.baseUrl) !== undefined,
  );
  const own = ours.find((one) => isOwn(one, wanted, state.hook));
  for (const { id } of ours) if (id !== own?.id) await deleteWebhook(mailchimp, wanted.audienceId, id);
  if (!own) return false;
  const { events, sources } = wanted;
  if (!isSame(events, own.events) || !isSame(sources, own.sources)) {
    await changeWebhook(mailchimp, wanted.audienceId, own.id, { events, sources });
  }
  return true;
}

/** Mailchimp asks the URL by GET before it answers. */
export async function register(context: IHookFunctions, mailchimp: Mailchimp): Promise<void> {
  const { audienceId, baseUrl, events, sources } = wantedOf(context);
  for (let attempt = 1; attempt <= MAX_CREATES; attempt++) {
    const secret = newSecret();
    const url = `${baseUrl}?secret=${secret}`;
    const made = await createWebhook(mailchimp, audienceId, { url, events, sources });
    if (made !== 'exists') {
      keptState(context).hook = {
        audienceId,
        webhookId: made.id,
        secretHash: sha256Of(secret),
        sealedSigningSecret: made.signingSecret && seal(made.signingSecret, secret),
      };
      return;
    }
    const lost = (await listWebhooks(mailchimp, audienceId)).find((hook) => hook.url === url);
    if (lost) await deleteWebhook(mailchimp, audienceId, lost.id);
  }
  throw new ConnectorError(
    'MAILCHIMP_UNREACHABLE',
    'Mailchimp made the webhook and its answer was lost, three times in a row.',
    'Publish the workflow again in some minutes.',
  );
}

/** Nothing is left behind at Mailchimp. */
export async function unregister(context: IHookFunctions, mailchimp: Mailchimp): Promise<void> {
  const state = stateOf(context);
  if (state.hook) await deleteWebhook(mailchimp, state.hook.audienceId, state.hook.webhookId);
  delete state.hook;
}
