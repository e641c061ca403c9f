import { setTimeout as pause } from 'node:timers/promises';
import { STORE_ID } from '../../world.mts';
import type { Act } from '../act.mts';
import { ANNA, ROSA } from '../cast.mts';
import type { Stage } from '../stage.mts';
import { CORRECTED } from './customers.mts';
import { morningGives } from './standing.mts';

const ORDER = '10482';
const HOUR_MS = 3_600_000;

/** Three lines, freight and tax: 1,249.85 in all. */
const order = (stage: Stage): Record<string, unknown> => {
  const at = new Date(stage.world.clock.now()).toISOString();
  return {
    id: ORDER,
    customer: { id: 'anna', email_address: CORRECTED },
    currency_code: 'EUR',
    ...{ order_total: 1249.85, tax_total: 239.95, shipping_total: 49.9, discount_total: 0 },
    financial_status: 'paid',
    ...{ processed_at_foreign: at, updated_at_foreign: at, cancelled_at_foreign: '' },
    lines: [
      { id: '1', product_id: 'Proving basket', product_variant_id: 'oval', quantity: 24, price: 18.75 },
      { id: '2', product_id: 'Dough scraper', product_variant_id: 'steel', quantity: 40, price: 9.75 },
      { id: '3', product_id: 'Peel', product_variant_id: 'wood', quantity: 4, price: 30 },
    ],
  };
};

const cents = (amounts: bigint[]): string => amounts.map(String).join(' ');

/** In the order of posting, in cents. */
export const vouchersOf = (stage: Stage, number: string): bigint[] =>
  stage.world.ion.m3.ledger.posted.filter(({ customer }) => customer === number).map(({ total }) => total);

export const newOrder: Act = {
  id: 'order',
  day: 19,
  at: '09:10',
  label: 'Order',
  title: 'An order of the web shop',
  tells:
    'Anna buys baskets, scrapers and peels for 1,249.85 EUR. The order becomes one receivable of customer Y41001 in CloudSuite, goods, freight and tax on their own accounts, to the cent. A second run posts nothing more. The next morning she is an active customer, no longer a dormant one.',
  about: [ANNA.number],
  async play(stage) {
    stage.world.mailchimp.shop.putOrder(STORE_ID, order(stage));
    await stage.run('orders');
    await stage.run('orders');
    stage.check('Vouchers of Anna, in cents', cents(vouchersOf(stage, ANNA.number)), '124985');
    stage.world.clock.advance(19 * HOUR_MS);
    await morningGives(stage, { ...ANNA, email: CORRECTED }, 'Active');
    return {
      cloudSuite: 'Invoice of 1,249.85 EUR on Y41001, once, though read twice',
      mailchimp: `Order ${ORDER} of the shop, paid; Anna’s contact becomes “Active”`,
    };
  },
};

async function change(stage: Stage, values: Record<string, unknown>): Promise<void> {
  const updated_at_foreign = new Date(stage.world.clock.now()).toISOString();
  stage.world.mailchimp.shop.changeOrder(STORE_ID, ORDER, { ...values, updated_at_foreign });
  await stage.run('orders');
}

export const refunds: Act = {
  id: 'refunds',
  day: 21,
  at: '14:00',
  label: 'Refunds',
  title: 'A partial refund, then a full one',
  tells:
    'The scrapers come back, so the shop lowers the order by 390.00 EUR; a day later Anna returns the rest. Each is a credit of exactly the difference, and in the end the order has cost her nothing.',
  about: [ANNA.number],
  async play(stage) {
    const [baskets, , peels] = order(stage).lines as unknown[];
    const lower = { financial_status: 'partially_refunded', order_total: 859.85, lines: [baskets, peels] };
    await change(stage, lower);
    stage.check('Vouchers after the first refund', cents(vouchersOf(stage, ANNA.number)), '124985 -39000');
    stage.world.clock.advance(24 * HOUR_MS);
    await change(stage, { financial_status: 'refunded' });
    const vouchers = vouchersOf(stage, ANNA.number);
    stage.check('Vouchers after the second refund', cents(vouchers), '124985 -39000 -85985');
    stage.check('Their sum', vouchers.reduce((sum, total) => sum + total, 0n).toString(), '0');
    return {
      cloudSuite: 'Credits of 390.00 and 859.85 EUR; the sum of the vouchers is 0.00',
      mailchimp: `Order ${ORDER} is refunded`,
    };
  },
};

/** n8n keeps the number of a new webhook some moments later, and refuses until then; Mailchimp sends again. */
async function delivered({ world, until }: Stage): Promise<void> {
  const { webhooks } = world.mandrill;
  await until('n8n has taken the events of the mail', async () => {
    await webhooks.flush();
    if (webhooks.pending.length > 0) await pause(500);
    return webhooks.pending.length === 0;
  });
}

export const bounce: Act = {
  id: 'bounce',
  day: 23,
  at: '10:30',
  label: 'Bounce',
  title: 'An order confirmation bounces',
  tells:
    'The shop confirms an order of Peña Textiles by mail, and the mailbox does not exist. Sales sees the bounce on the customer, and the newsletter spares the dead address too.',
  about: [ROSA.number],
  async play(stage) {
    const { mandrill, ion } = stage.world;
    await stage.publish('mailLog', () => mandrill.webhooks.hooks.length > 0);
    const mail = mandrill.messages.create({ email: ROSA.email, metadata: { order_id: '10501' } });
    for (const event of ['send', 'hard_bounce']) mandrill.emit(event, mail);
    await delivered(stage);
    await stage.ended('mailLog', 1);
    stage.check('Rosa’s preference', stage.preference(ROSA.number), 'cleaned');
    stage.check('Rosa’s status', stage.member(ROSA.email).status, 'cleaned');
    const [event] = (ion.m3.customField(ROSA.number, 'A430') ?? '').split(' ');
    stage.check('Last mail of Y41006', event, 'hard_bounce');
    return {
      cloudSuite: 'Y41006: last mail “hard bounce”, preference “cleaned”',
      mailchimp: 'Rosa’s contact is “cleaned”: nothing is sent to it any more',
    };
  },
};
