import type { LedgerRow } from '../../../sync/types.ts';
import { sideBySide } from '../../support/sideBySide.mts';
import { orderOf, Shop } from './scene.mts';

/** A system that goes silent in the middle of a run: in the end each voucher that is posted is a row that says so. */

const rowsOf = (outcomes: Array<{ ledger: LedgerRow[] }>): LedgerRow[] =>
  outcomes.flatMap(({ ledger }) => ledger);

test('M3 falls silent at any call, with its work done: vouchers and rows agree after the next run', async () => {
  const calls = 20;
  const silenced: number[] = [];
  await sideBySide(calls, async (skip) => {
    const shop = await Shop.open();
    shop.customer('W0001', 'anna@shop.example');
    const orders = [orderOf('s1', 'anna@shop.example'), orderOf('s2', 'anna@shop.example')];
    const ledger = new Map<string, LedgerRow>();
    try {
      shop.ion.faults.add({ kind: 'reset-after', path: /m3api-rest/, skip });
      shop.ion.faults.add({ kind: 'reset-before', times: 10_000, where: () => shop.ion.faults.struck > 0 });
      const first = await shop.post(orders).catch(() => []);
      if (shop.ion.faults.struck > 0) silenced.push(skip);
      for (const row of rowsOf(first)) ledger.set(row.effectKey, row);
      shop.ion.faults.clear();
      const open = new Map([...ledger].filter(([, { status }]) => status === 'failed'));
      for (const row of rowsOf(await shop.post(orders, {}, 'apply', {}, open)))
        ledger.set(row.effectKey, row);
      const applied = [...ledger.values()].filter(
        (row) => row.kind === 'receivable' && row.status === 'applied',
      );
      const posted = shop.ion.m3.ledger.posted.map(({ key }) => key).sort();
      expect([skip, applied.map(({ effectKey }) => effectKey.split(':')[2]).sort()]).toEqual([skip, posted]);
      expect(posted).toHaveLength(2);
      expect([...ledger.values()].filter(({ status }) => status === 'failed')).toEqual([]);
    } finally {
      await shop.close();
    }
  });
  expect(silenced.length).toBeGreaterThan(8);
}, 300_000);
