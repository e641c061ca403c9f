import type { IDataObject } from 'n8n-workflow';
import { startScene, type Scene } from '../infor/scene.mts';
import { ask, SET_UP, standings, table } from './scene.mts';

/** What a standing costs, what it is without one part, and what comes of trouble. */

const M3 = { productLine: 'm3', emailHome: 'MAIL' };
const DAY = 86_400_000;

describe('2,500 customers with 1,200 invoices', () => {
  let scene: Scene;
  beforeAll(async () => void (scene = await startScene({ customers: 2500, business: 1200 })));
  afterAll(() => scene.ion.close());

  /** Pages of customers, of financials and of invoices; LN’s server gives 400 rows a page, whatever is asked for. */
  const MOST: Record<string, number> = { m3: 10, industrial: 6, financials: 8, distribution: 6, ln: 13 };

  test.each(SET_UP)('$productLine reads pages, and nothing a customer', async (setUp) => {
    scene.ion.requests.clear();
    const items = await standings(scene, setUp as unknown as IDataObject);
    expect(items).toHaveLength(2500);
    expect(items.filter(({ standing }) => standing.status === 'unknown')).toEqual([]);
    const { all } = scene.ion.requests;
    expect(all.length).toBeLessThanOrEqual(MOST[setUp.productLine]!);
    expect(scene.ion.writes).toEqual([]);
  });

  test('without a rule on invoices no invoice is read', async () => {
    scene.ion.requests.clear();
    const rules = table({
      status: 'Late',
      conditions: [{ fact: 'overdueDays', field: '', operator: 'above', value: '30' }],
    });
    const items = await standings(scene, { ...M3, rules });
    expect(JSON.stringify(scene.ion.requests.all)).not.toContain('FSLEDG');
    expect(items.filter(({ standing }) => standing.status === 'Late')).toHaveLength(83);
    expect(items.filter(({ standing }) => standing.status === 'none')).toHaveLength(2417);
  });

  test('where EXPORTMI is closed, finances come by GetFinancial, 100 a call', async () => {
    scene.ion.requests.clear();
    scene.ion.settings.deniedPrograms.add('EXPORTMI');
    const rules = table({
      status: 'Held',
      conditions: [{ fact: 'stop', field: '', operator: 'isSet', value: '' }],
    });
    const items = await standings(scene, { ...M3, rules });
    expect(items.filter(({ standing }) => standing.status === 'Held')).toHaveLength(83);
    expect(scene.ion.requests.all.length).toBeLessThanOrEqual(7 + 25);
    const { error, outputs } = await ask(scene, M3);
    expect(error?.message).toContain('[M3_RIGHTS]');
    expect(outputs).toEqual([]);
    scene.ion.settings.deniedPrograms.delete('EXPORTMI');
  });
});

describe('trouble', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await startScene({ customers: 60, business: 40 })));
  afterEach(() => scene.ion.close());

  test.each([
    ['EXPORTMI fails while finances are read', /execute$/, 0],
    ['EXPORTMI fails while invoices are read', /execute$/, 1],
    ['the clock is not told', /GENERAL/, 0],
    ['the customers are not listed', /CRS610MI/, 0],
  ])('%s: an error, and nobody is classified', async (_name, path, skip) => {
    scene.ion.faults.add({ kind: 'answer', status: 503, times: 1000, path, skip });
    const { error, outputs } = await ask(scene, M3);
    expect(error?.message).toMatch(/\[ION_UNAVAILABLE\]/);
    expect(outputs).toEqual([]);
  });

  test.each([0, 1, 2, 3])('one lost answer, number %d, changes nothing', async (skip) => {
    const before = await standings(scene, M3);
    scene.ion.faults.add({ kind: 'reset-after', path: /m3api/i, skip });
    expect(await standings(scene, M3)).toEqual(before);
  });

  test.each(SET_UP.slice(1))('$productLine: a read of invoices that fails fails the whole', async (setUp) => {
    const parameters = setUp as unknown as IDataObject;
    const db = scene.ion[setUp.productLine as 'ln'];
    db.denied.add('invoice');
    const { error, outputs } = await ask(scene, parameters);
    expect(error?.message).toMatch(/\[(INFOR_RIGHTS|ION_FORBIDDEN)\]/);
    expect(outputs).toEqual([]);
  });

  test('an answer without results is an error; customers without finances in it are unknown, and no tag moves', async () => {
    const body = (results: object[]) => ({ results, wasTerminated: false });
    const fault = { kind: 'answer' as const, status: 200, path: /execute$/, times: 1 };
    scene.ion.faults.add({ ...fault, body: body([]) });
    expect((await ask(scene, M3)).error?.message).toContain('[M3_TRANSACTION]');
    scene.ion.faults.clear();
    scene.ion.faults.add({ ...fault, body: body([{ transaction: 'Select', records: [] }]) });
    const items = await standings(scene, M3);
    expect(items).toHaveLength(60);
    for (const { standing } of items)
      expect(standing).toMatchObject({ status: 'unknown', rule: 1, tag: '', otherTags: [] });
  });

  test('no customer at all is no item, and no request for invoices', async () => {
    for (const { CUNO = '' } of scene.ion.m3.sortedCustomers()) scene.ion.m3.removeCustomer(CUNO);
    const result = await ask(scene, M3);
    expect([result.error, result.outputs[0]]).toEqual([undefined, []]);
    expect(result.hints).toEqual(['0 customers. On Hold: 0, Delinquent: 0, Dormant: 0, Active: 0']);
    expect(JSON.stringify(scene.ion.requests.all)).not.toContain('FSLEDG');
  });

  test.each([
    [table({ status: 'A', conditions: [] }, { status: 'B', conditions: [] }), 'Rule 1 has no condition'],
    [{}, 'There is no rule'],
    [{ rule: [{ status: 'A, B', conditions: {} }] }, 'comma'],
  ])('a table that cannot be meant so is refused before the first request', async (rules, words) => {
    const { error } = await ask(scene, { ...M3, rules: rules as IDataObject });
    expect(error?.message).toContain('[SYNC_SETTING]');
    expect(error?.message).toContain(words);
    expect(scene.ion.requests.all).toEqual([]);
  });
});

describe('one tenant, other choices', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await startScene({ customers: 60, business: 0 })));
  afterEach(() => scene.ion.close());
  const groupOf = async (accountGroup: string, number: string) =>
    (await standings(scene, { ...M3, accountGroup })).find((item) => item.number === number)!.standing;

  test('the account group by parent, payer, group, or the first of them', async () => {
    scene.ion.m3.changeCustomer('Y30001', { CUST: 'Y30002', PYNO: 'Y30003', CCUS: 'Y30004' });
    scene.ion.m3.changeCustomer('Y30002', { CUST: 'Y30005' });
    scene.ion.m3.changeCustomer('Y30005', { CUST: 'ELSEWHERE' });
    expect(await groupOf('parent', 'Y30001')).toMatchObject({
      accountGroup: 'ELSEWHERE',
      depth: 3,
      cycle: false,
    });
    expect(await groupOf('payer', 'Y30001')).toMatchObject({ accountGroup: 'Y30003', depth: 1 });
    expect(await groupOf('group', 'Y30001')).toMatchObject({ accountGroup: 'Y30004' });
    expect(await groupOf('first', 'Y30001')).toMatchObject({ accountGroup: 'Y30004' });
    expect(await groupOf('first', 'Y30002')).toMatchObject({ accountGroup: 'ELSEWHERE' });
    scene.ion.m3.changeCustomer('Y30005', { CUST: 'Y30001' });
    for (const number of ['Y30001', 'Y30002', 'Y30005'])
      expect(await groupOf('parent', number)).toMatchObject({
        accountGroup: 'Y30001',
        depth: 0,
        cycle: true,
      });
  });

  test('today is M3’s day, whatever day it is here', async () => {
    scene.ion.m3.changeCustomer('Y30001', {
      RGDT: new Date(Date.now()).toISOString().slice(0, 10).replaceAll('-', ''),
    });
    scene.ion.settings.clockSkewMs = 400 * DAY;
    const [item] = (await standings(scene, M3)).filter(({ number }) => number === 'Y30001');
    expect(item!.standing.facts.createdDays).toBe(400);
  });

  test('filters, active codes, tag prefix and cross-reference', async () => {
    const standingOptions = {
      activeStatuses: '90',
      tagPrefix: 'CS ',
      filters: { filter: [{ field: 'cust', value: 'Y30013' }] },
    };
    const [item, ...others] = await standings(scene, { ...M3, standingOptions, withCrossReference: true });
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      ...{ number: 'Y30013', status: 'active', crossReference: { contactId: '' } },
      standing: {
        status: 'Dormant',
        tag: 'CS Dormant',
        otherTags: ['CS On Hold', 'CS Delinquent', 'CS Active', 'CS *'],
      },
    });
  });
});
