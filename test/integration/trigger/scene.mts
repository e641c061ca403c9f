import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { MailchimpSyncTrigger } from '../../../nodes/MailchimpSyncTrigger/MailchimpSyncTrigger.node.ts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import type { Webhook } from '../../../sandbox/mailchimp/webhooks.mts';
import { startTrigger, type TriggerServer } from '../../support/trigger.mts';

/** One account with one audience, and a Mailchimp Sync Trigger that it can reach. */
export interface Scene {
  mailchimp: MailchimpSimulator;
  list: string;
  trigger: TriggerServer;
  /** The one webhook of the audience. */
  hook(): Webhook;
  /** An event's form, as Mailchimp writes it. */
  form(change?: Record<string, string>): string;
  /** A delivery of ours: by default with everything that Mailchimp's have. @returns the HTTP status */
  post(
    body: string,
    change?: { url?: string; headers?: Record<string, string>; at?: number },
  ): Promise<number>;
  events(): string[];
  close(): Promise<void>;
}

export const email = 'anna@customer.example';

const FORM = 'application/x-www-form-urlencoded';

const now = (): string => new Date().toISOString().slice(0, 19).replace('T', ' ');

export async function startScene(parameters: Record<string, unknown> = {}): Promise<Scene> {
  const mailchimp = await startMailchimpSimulator();
  const mergeFields = [{ tag: 'CUSTNO', name: 'Customer number', type: 'text' as const }];
  const list = mailchimp.audiences.create({ name: 'Customers', mergeFields }).id;
  mailchimp.audiences.addMember(list, { email, mergeFields: { CUSTNO: 'Y1,Y2', FNAME: 'Anna' } });
  const trigger = await startTrigger(new MailchimpSyncTrigger(), {
    type: 'mailchimpSyncTrigger',
    parameters: {
      audience: { __rl: true, mode: 'id', value: list },
      events: ['cleaned', 'profile', 'subscribe', 'unsubscribe', 'upemail'],
      sources: ['admin', 'user'],
      readContact: true,
      ...parameters,
    },
    credentials: { mailchimpMarketingApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url } },
  });
  const hook = (): Webhook => {
    expect(mailchimp.webhooks.of(list)).toHaveLength(1);
    return mailchimp.webhooks.of(list)[0]!;
  };
  return {
    mailchimp,
    list,
    trigger,
    hook,
    form: (change = {}) =>
      new URLSearchParams({
        type: 'profile',
        fired_at: now(),
        'data[email]': email,
        'data[merges][EMAIL]': email,
        'data[list_id]': list,
        ...change,
      }).toString(),
    post: async (body, { url = hook().url, headers = {}, at = Math.floor(Date.now() / 1000) } = {}) => {
      const { secret } = hook();
      const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
      const signature: Record<string, string> = secret
        ? { 'x-mailchimp-signature': `t=${at},v1=${digest}` }
        : {};
      const given = { 'content-type': FORM, ...signature, ...headers };
      return (await fetch(url, { method: 'POST', body, headers: given })).status;
    },
    events: () => trigger.runs.map(([item]) => String((item!.event as IDataObject).type)),
    close: async () => {
      await mailchimp.webhooks.idle();
      await trigger.close();
      await mailchimp.close();
    },
  };
}
