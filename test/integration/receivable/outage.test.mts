import { startScene as startShop } from '../orders/scene.mts';
import { orderOf, Shop } from './scene.mts';

/** Two hours without Mailchimp, then two without M3: every order is posted in the end, once. */

test('no order is lost in a two-hour outage of either side', async () => {
  const [erp, shop] = [await Shop.open(), await startShop()];
  erp.customer('W0001', 'anna@shop.example');
  const { mailchimp } = shop;
  const poller = shop.poller({ readContact: false });
  const lost: string[] = [];
  let made = 0;
  const sell = (): void => {
    const id = `s${made++}`;
    mailchimp.shop.putOrder('shop', {
      ...orderOf(id, 'anna@shop.example'),
      processed_at_foreign: new Date().toISOString(),
    });
  };
  /** A poll every five minutes; a run that fails is over, as n8n leaves it. */
  const tick = async (): Promise<void> => {
    const items = await poller.poll().catch(() => undefined);
    if (!items || items.length === 0) return;
    const orders = items.map(({ order }) => order as Record<string, unknown>);
    await erp.post(orders).catch(() => lost.push(...orders.map(({ id }) => String(id))));
  };
  await poller.poll();

  mailchimp.faults.add({ kind: 'answer', status: 404, body: { title: 'down' }, times: Infinity });
  for (let minutes = 0; minutes < 120; minutes += 5) {
    sell();
    await tick();
  }
  mailchimp.faults.clear();
  await tick();
  expect(erp.ion.m3.ledger.posted).toHaveLength(24);

  erp.ion.faults.add({ kind: 'answer', status: 403, body: '', path: /m3api/, times: Infinity });
  for (let minutes = 0; minutes < 120; minutes += 5) {
    sell();
    await tick();
  }
  erp.ion.faults.clear();
  expect(lost).toHaveLength(24);
  expect(erp.ion.m3.ledger.posted).toHaveLength(24);

  // The night: recent orders are looked at again.
  await erp.post(
    mailchimp.shop
      .rows(mailchimp.shop.store('shop'), 'orders')
      .map((row) => ({ ...row, customer: { email_address: 'anna@shop.example' } })),
  );
  const { posted } = erp.ion.m3.ledger;
  expect(posted).toHaveLength(made);
  expect(posted.reduce((sum, { total }) => sum + total, 0n)).toBe(BigInt(made) * 11_995n);
  await Promise.all([erp.close(), mailchimp.close()]);
}, 60_000);
