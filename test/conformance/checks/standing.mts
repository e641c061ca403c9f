import assert from 'node:assert/strict';
import type { Financials, Party } from '../../../sync/party.ts';
import { need, OPTIONS, read, type Check } from '../check.mts';

const AMOUNTS = ['creditLimit', 'overdueAmount', 'overdueDays', 'openAmount'] as const;
const DATES = ['lastInvoiceDate', 'lastOrderDate', 'createdDate'] as const;
const DAY = /^(\d{4}-\d{2}-\d{2})?$/;

function checkFinancials(financials: Financials, told: ReadonlyArray<keyof Financials>): void {
  assert.ok(financials.stopped === null || typeof financials.stopped === 'boolean');
  assert.equal(financials.stopCode !== '', financials.stopped === true, 'a code where there is a stop');
  for (const field of AMOUNTS)
    assert.ok(financials[field] === null || Number.isFinite(financials[field]), field);
  for (const field of DATES) assert.match(financials[field], DAY, field);
  for (const field of [...AMOUNTS, ...DATES])
    if (!told.includes(field))
      assert.ok([null, ''].includes(financials[field] as null), `${field} is not told`);
}

export const STANDING: Check[] = [
  {
    name: 'customer: financials are numbers, days and nothing that the line does not tell; absent unless asked for',
    changes: false,
    run: async (line) => {
      need(line, 'customer', 'financials');
      const customers = (await read(line, 'customer', { withFinancials: true })) as Party[];
      for (const { financials } of customers) {
        assert.ok(financials, 'no financials');
        checkFinancials(financials, line.line.told());
      }
      assert.ok(
        customers.some(({ financials }) => financials!.stopped),
        'nobody is stopped',
      );
      assert.ok(line.line.told().includes('stopped') && line.line.told().includes('creditLimit'));
      for (const party of (await read(line, 'customer')) as Party[])
        assert.equal(party.financials, undefined);
    },
  },
  {
    name: 'customer: Get tells the same financials as the list',
    changes: false,
    run: async (line) => {
      need(line, 'customer', 'financials');
      const options = { ...OPTIONS, withFinancials: true };
      for (const party of ((await read(line, 'customer', options)) as Party[]).slice(15, 20)) {
        const got = (await line.line.get('customer', party.number, options)) as Party;
        assert.deepEqual([got.financials, got.groupNumber], [party.financials, party.groupNumber]);
      }
    },
  },
];
