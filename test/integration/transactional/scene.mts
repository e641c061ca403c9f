import { MailchimpTransactionalTrigger } from '../../../nodes/MailchimpTransactionalTrigger/MailchimpTransactionalTrigger.node.ts';
import { startMandrillSimulator, type MandrillSimulator } from '../../../sandbox/mandrill/simulator.mts';
import { signatureOf } from '../../../sandbox/mandrill/webhooks.mts';
import { startTrigger, type TriggerServer } from '../../support/trigger.mts';

/** One account of Mailchimp Transactional, and a trigger that it can reach. */
export interface Scene {
  mandrill: MandrillSimulator;
  trigger: TriggerServer;
  /** A post of ours, by default with the right signature. @returns the HTTP status */
  post(
    events: unknown,
    change?: { key?: string; url?: string; body?: string; signature?: string },
  ): Promise<number>;
  events(): string[];
  close(): Promise<void>;
}

export async function startScene(parameters: Record<string, unknown> = {}): Promise<Scene> {
  const mandrill = await startMandrillSimulator();
  const trigger = await startTrigger(new MailchimpTransactionalTrigger(), {
    type: 'mailchimpTransactionalTrigger',
    parameters: {
      events: ['send', 'open', 'click', 'hard_bounce', 'soft_bounce', 'reject'],
      options: {},
      ...parameters,
    },
    credentials: {
      mailchimpTransactionalApi: { apiKey: mandrill.apiKey, baseUrl: `${mandrill.url}/api/1.4` },
    },
  });
  return {
    mandrill,
    trigger,
    post: async (events, change = {}) => {
      const value = typeof events === 'string' ? events : JSON.stringify(events);
      const key = change.key ?? mandrill.webhooks.hooks[0]?.auth_key ?? '';
      const signature =
        change.signature ?? signatureOf(key, change.url ?? trigger.url, { mandrill_events: value });
      const response = await fetch(trigger.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-mandrill-signature': signature,
        },
        body: change.body ?? new URLSearchParams({ mandrill_events: value }).toString(),
      });
      return response.status;
    },
    events: () => trigger.runs.flat().map(({ event, email }) => `${String(event)} ${String(email)}`),
    close: async () => {
      await trigger.close();
      await mandrill.close();
    },
  };
}
