import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Seen } from '../../sync/seen';
import type { Transactional, TransactionalHook } from '../../connectors/mailchimp/transactional';

/** What the node keeps; the key that signs is asked of Mailchimp when it is needed. */
export interface HookState extends IDataObject {
  id?: number;
  url?: string;
  seen?: Seen;
}

/** Listening for a test event has a webhook of its own beside the one of the published workflow. */
const keyOf = (context: IHookFunctions | IWebhookFunctions): string =>
  context.getMode() === 'manual' ? 'test' : 'live';

/**
 * What is kept, to be read. A post may come before n8n has stored what publishing keeps, and n8n stores whatever a call
 * has touched: so reading touches nothing.
 */
export const stateOf = (context: IHookFunctions | IWebhookFunctions): HookState =>
  (context.getWorkflowStaticData('node')[keyOf(context)] ?? {}) as HookState;

/** The address that Mailchimp calls and signs. @throws ConnectorError SYNC_SETTING */
export function publicUrlOf(context: IHookFunctions | IWebhookFunctions): string {
  const { publicUrl } = context.getNodeParameter('options', {}) as { publicUrl?: string };
  const url =
    context.getMode() === 'manual'
      ? context.getNodeWebhookUrl('default')
      : publicUrl?.trim() || context.getNodeWebhookUrl('default');
  if (url) return url;
  throw new ConnectorError(
    'SYNC_SETTING',
    'n8n gives this node no webhook address.',
    'Set N8N_WEBHOOK_URL (or WEBHOOK_URL) of your n8n to the address at which Mailchimp can reach it.',
  );
}

const wantedEvents = (context: IHookFunctions): string[] =>
  [...(context.getNodeParameter('events', []) as string[])].sort();

const isSame = (hook: TransactionalHook, url: string, events: string[]): boolean =>
  hook.url === url && [...hook.events].sort().join() === events.join();

function keep(context: IHookFunctions, { id, url }: TransactionalHook): void {
  context.getWorkflowStaticData('node')[keyOf(context)] = { ...stateOf(context), id, url };
}

/** True when the webhook is there as it should be; otherwise n8n calls `register`. */
export async function isRegistered(context: IHookFunctions, account: Transactional): Promise<boolean> {
  const { id } = stateOf(context);
  const hook = id === undefined ? undefined : await account.getHook(id);
  return hook !== undefined && isSame(hook, publicUrlOf(context), wantedEvents(context));
}

/** Makes the webhook, or brings the one that is there up to date: ours by its id, or one with our address. */
export async function register(context: IHookFunctions, account: Transactional): Promise<void> {
  const url = publicUrlOf(context);
  const events = wantedEvents(context);
  const find = async (): Promise<TransactionalHook | undefined> => {
    const hooks = await account.listHooks();
    const { id } = stateOf(context);
    return hooks.find((hook) => hook.url === url) ?? hooks.find((hook) => hook.id === id);
  };
  const known = await find();
  if (known) {
    keep(context, isSame(known, url, events) ? known : await account.changeHook(known.id, url, events));
    return;
  }
  const made = await account.addHook(url, events).catch(async (error: unknown) => {
    // The answer may be lost and the webhook made.
    const found = await find();
    return found ?? Promise.reject(error as Error);
  });
  keep(context, made);
}

export async function unregister(context: IHookFunctions, account: Transactional): Promise<void> {
  const state = stateOf(context);
  if (state.id !== undefined) await account.deleteHook(state.id);
  delete state.id;
  delete state.url;
}
