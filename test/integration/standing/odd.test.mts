import type { IDataObject } from 'n8n-workflow';
import { startScene, type Scene } from '../infor/scene.mts';
import { ask, SET_UP, standings, table, type StandingItem } from './scene.mts';

/** Tables, amounts and structures that nobody would draw up, and that somebody has. */

const M3 = { productLine: 'm3', emailHome: 'MAIL' };
let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 60, business: 10 })));
afterEach(() => scene.ion.close());

const one = (items: StandingItem[], end: string): StandingItem =>
  items.find(({ number }) => number.endsWith(end))!;

describe('odd tables', () => {
  test('a table of one rule without a condition gives everyone its status, and asks for no invoice', async () => {
    const items = await standings(scene, { ...M3, rules: table({ status: 'All', conditions: [] }) });
    expect(new Set(items.map(({ standing }) => standing.status))).toEqual(new Set(['All']));
    expect(items[0]!.standing).toMatchObject({ rule: 1, tag: 'Account: All', otherTags: ['Account: *'] });
    expect(JSON.stringify(scene.ion.requests.all)).not.toContain('FSLEDG');
  });

  test('a saved node leaves out what stands at its default; n8n puts it back', async () => {
    const rules = { rule: [{ status: 'Late', conditions: { condition: [{ value: '30' }] } }] };
    const items = await standings(scene, { ...M3, rules });
    expect(items.filter(({ standing }) => standing.status === 'Late')).toHaveLength(2);
  });

  test('a value may come from an expression as a number or as yes and no', async () => {
    const rule = (fact: string, value: unknown): IDataObject => ({
      rule: [
        {
          status: 'Yes',
          conditions: { condition: [{ fact, field: 'CUTP', operator: 'is', value }] },
        } as IDataObject,
      ],
    });
    expect(one(await standings(scene, { ...M3, rules: rule('overdueDays', 34) }), '18').standing.status).toBe(
      'Yes',
    );
    scene.ion.m3.changeCustomer('Y30001', { CUTP: '7' });
    expect(one(await standings(scene, { ...M3, rules: rule('fieldText', 7) }), '30001').standing.status).toBe(
      'Yes',
    );
    expect((await ask(scene, { ...M3, rules: rule('fieldText', true) })).error).toBeUndefined();
  });

  test('negative amounts, and rules below zero', async () => {
    scene.ion.m3.changeCustomer('Y30001', { TOIN: '1250.75-' });
    const rules = table(
      {
        status: 'In Credit',
        conditions: [{ fact: 'openAmount', field: '', operator: 'atMost', value: '-1250.75' }],
      },
      { status: 'Other', conditions: [] },
    );
    const items = await standings(scene, { ...M3, rules });
    expect(
      items.filter(({ standing }) => standing.status === 'In Credit').map(({ number }) => number),
    ).toEqual(['Y30001']);
    expect(one(items, '30001')).toMatchObject({
      financials: { openAmount: -1250.75 },
      standing: { because: 'Decided by rule 1: Open Amount (-1250.75) Is at Most -1250.75' },
    });
  });
});

test('M3: an amount that is no number is told apart from none, and the customer is neither good nor overdue', async () => {
  scene.ion.m3.changeCustomer('Y30001', { TDIN: 'n/a', RGDT: '0' });
  scene.ion.m3.changeCustomer('Y30002', { TDIN: '', RGDT: 'soon' });
  const items = await standings(scene, { ...M3, rules: table({ status: 'All', conditions: [] }) });
  expect(one(items, '30001')).toMatchObject({
    financialStatus: 'unknown',
    financials: { overdueAmount: null, createdDate: '', unread: ['overdueAmount'] },
  });
  expect(one(items, '30002')).toMatchObject({
    financialStatus: 'good',
    financials: { overdueAmount: null, createdDate: '', unread: ['createdDate'] },
  });
});

describe.each(SET_UP.slice(1))('$productLine', (setUp) => {
  const parameters = setUp as unknown as IDataObject;
  const limitField = {
    industrial: 'CreditLimit',
    financials: 'CreditLimit',
    distribution: 'credlim',
    ln: 'cdf_limt',
  }[setUp.productLine]!;

  test.each([
    ['1.500,00', 1500, false],
    ['1,234,567.50', 1234567.5, false],
    ['12.50-', -12.5, false],
    ['1,500', null, true],
    ['none', null, true],
    ['', null, false],
  ])('a limit that is written %s is %s', async (written, limit, isUnread) => {
    const db = scene.ion[setUp.productLine as 'ln'];
    const [number] = db.sorted('customer')[0]!;
    db.change('customer', number, { [limitField]: written });
    const item = one(await standings(scene, parameters), number);
    expect(item.financials!.creditLimit).toBe(limit);
    expect(item.financials!.unread).toEqual(isUnread ? ['creditLimit'] : undefined);
  });

  test('customers that cannot be read are an error, and nobody is classified', async () => {
    scene.ion[setUp.productLine as 'ln'].denied.add('customer');
    const { error, outputs } = await ask(scene, parameters);
    expect(error?.message).toMatch(/\[(INFOR_RIGHTS|ION_FORBIDDEN)\]/);
    expect(outputs).toEqual([]);
  });
});

describe.each([
  ['financials', 'PastDueAmount', { CreditHold: 'false' }],
  ['distribution', 'pastdueamt', { holdcd: '' }],
])('%s', (productLine, field, free) => {
  const setUp = SET_UP.find((one) => one.productLine === productLine) as unknown as IDataObject;

  test.each([
    ['1.500,00', 'overdue'],
    ['12.50-', 'good'],
    ['1,500', 'unknown'],
    ['', 'good'],
  ])('an overdue amount that is written %s makes the customer %s', async (written, status) => {
    const db = scene.ion[productLine as 'distribution'];
    const [number] = db.sorted('customer')[0]!;
    db.change('customer', number, { ...free, [field]: written });
    expect(one(await standings(scene, setUp), number).financialStatus).toBe(status);
  });
});

test.each(SET_UP)(
  '$productLine: a page in the middle that fails fails the whole, whichever it is',
  async (setUp) => {
    const large = await startScene({ customers: 2500, business: 10 });
    const parameters = setUp as unknown as IDataObject;
    await standings(large, parameters);
    const { length } = large.ion.requests.all;
    for (let skip = 1; skip < length; skip += 1) {
      large.ion.faults.clear();
      large.ion.faults.add({ kind: 'answer', status: 403, times: 1000, path: /./, skip });
      const { error, outputs } = await ask(large, parameters);
      expect([skip, error?.message]).toEqual([skip, expect.stringMatching(/\[[A-Z0-9_]+\]/)]);
      expect(outputs).toEqual([]);
    }
    large.ion.close();
  },
  60_000,
);
