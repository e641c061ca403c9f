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
export function stateOf(context: IHookFunctions | IWebhookFunctions): TriggerState {
  const all = context.getWorkflowStaticData('node');
  const key = context.getMode() === 'manual' ? 'test' : 'live';
  all[key] ??= {} as IDataObject;
  return all[key] as TriggerState;
}
