import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { HookState } from '../../sync/delivery';
import type { Seen } from '../../sync/seen';

/** What the node keeps between calls, in its static data. */
export interface TriggerState {
  hook?: HookState;
  seen?: Seen;
}

/**
 * Listening for a test event has a webhook of its own beside the one of the published workflow, and n8n hands both the
 * same static data.
 */
const keyOf = (context: IHookFunctions | IWebhookFunctions): string =>
  context.getMode() === 'manual' ? 'test' : 'live';

/**
 * What is kept, to be read. A post may come before n8n has stored what publishing keeps, and n8n stores whatever a call
 * has touched: so reading touches nothing.
 */
export const stateOf = (context: IHookFunctions | IWebhookFunctions): TriggerState =>
  (context.getWorkflowStaticData('node')[keyOf(context)] ?? {}) as TriggerState;

/** The same, to be written. */
export function keptState(context: IHookFunctions | IWebhookFunctions): TriggerState {
  const all = context.getWorkflowStaticData('node');
  all[keyOf(context)] ??= {} as IDataObject;
  return stateOf(context);
}
