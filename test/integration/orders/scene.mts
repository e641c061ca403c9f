import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import { MailchimpOrderTrigger } from '../../../nodes/MailchimpOrderTrigger/MailchimpOrderTrigger.node.ts';
import type { NodeRun } from '../../support/harness.mts';
import { Poller } from '../../support/poller.mts';
import type { Json } from '../receivable/scene.mts';

export const EMAIL = 'anna@shop.example';

/** A store with an audience whose one contact is a buyer with a customer number. */
export interface Scene {
  mailchimp: MailchimpSimulator;
  run(parameters?: Record<string, unknown>): NodeRun;
  poller(parameters?: Record<string, unknown>): Poller;
  orders(...ids: string[]): void;
}

export const order = (id: string, change: Json = {}): Json => ({
  id,
  customer: { id: `c-${id}`, email_address: EMAIL },
  currency_code: 'EUR',
  order_total: 20,
  tax_total: 0,
  shipping_total: 0,
  financial_status: 'paid',
  processed_at_foreign: '2026-11-01T10:00:00+00:00',
  lines: [{ id: '1', product_id: 'p', product_variant_id: 'v', quantity: 2, price: 10 }],
  ...change,
});

export async function startScene(): Promise<Scene> {
  const mailchimp = await startMailchimpSimulator();
  const mergeFields = [{ tag: 'CUSTNO', name: 'Customer number', type: 'text' as const }];
  const list = mailchimp.audiences.create({ name: 'Customers', mergeFields }).id;
  mailchimp.audiences.addMember(list, { email: EMAIL, mergeFields: { CUSTNO: 'Y1,Y2' } });
  mailchimp.shop.createStore({ id: 'shop', listId: list });
  const run: Scene['run'] = (parameters = {}) => ({
    type: 'mailchimpOrderTrigger',
    parameters: { store: { __rl: true, mode: 'id', value: 'shop' }, notifications: 'none', ...parameters },
    credentials: {
      mailchimpMarketingApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url },
      httpHeaderAuth: { name: 'X-Shop', value: 'a secret' },
    },
  });
  return {
    mailchimp,
    run,
    poller: (parameters) => new Poller(new MailchimpOrderTrigger(), run(parameters)),
    orders: (...ids) => ids.forEach((id) => mailchimp.shop.putOrder('shop', order(id))),
  };
}

export const idsOf = (items: Array<Record<string, unknown>>): string[] =>
  items.map((item) => `${String(item.event)} ${String((item.order as Json).id)}`).sort();
