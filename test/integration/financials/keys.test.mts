import { errorOf, OPTIONS, startScene, type Scene } from './scene.mts';

/** A number is unique within its group only, and field names are the tenant's own. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.ion.close());

const first = (kind: 'customer' | 'supplier' | 'item'): string => scene.db.sorted(kind)[0]![0];

test('customers of several groups are an error until the group is named', async () => {
  scene.db.addTwin('customer', first('customer'), 'OTHER');
  const error = await errorOf(scene.read('customer'));
  expect(error.errorCode).toBe('INFOR_SETTING');
  expect(error.what).toContain('CustomerGroup');
  const others = scene.open({ customerGroup: 'OTHER' });
  expect(await scene.numbers('customer', {}, others)).toEqual([first('customer')]);
  expect(await scene.numbers('customer', {}, scene.open({ customerGroup: 'ACME' }))).toHaveLength(20);
});

test('groups that meet only across pages are found as well', async () => {
  scene.db.add('customer', { number: 'ZZZ', name: 'Last', status: 'active' });
  scene.db.table('customer').get('ZZZ')!.row.CustomerGroup = 'OTHER';
  scene.db.settings.limitCap = 5;
  expect((await errorOf(scene.read('customer'))).errorCode).toBe('INFOR_SETTING');
});

test('one number in two groups is never read or changed by chance', async () => {
  const number = first('supplier');
  scene.db.addTwin('supplier', number, 'OTHER');
  expect((await errorOf(scene.open().get('supplier', number, OPTIONS))).errorCode).toBe('INFOR_SETTING');
  const { records } = scene.open({ vendorGroup: 'OTHER' }).homes('supplier');
  const current = await records.read([number]);
  expect(await records.write(new Map([[number, { Phone: '4711' }]]), current)).toEqual([{ done: true }]);
  expect(scene.db.table('supplier').get(`${number}\0OTHER`)!.row.Phone).toBe('4711');
  expect(scene.db.table('supplier').get(number)!.row.Phone).not.toBe('4711');
});

test('one number of two items is an error, not one item less', async () => {
  scene.db.addTwin('item', first('item'), 'x');
  const error = await errorOf(scene.read('item'));
  expect(error.errorCode).toBe('INFOR_SETTING');
});

test.each(['refused', 'omitted'] as const)(
  'a field that the class does not have is named, when it is %s',
  async (unknownFields) => {
    scene.db.settings.unknownFields = unknownFields;
    const error = await errorOf(scene.read('customer', {}, scene.open({}, { name: 'CustName' })));
    expect(error.errorCode).toBe('INFOR_FIELD');
    expect(error.what).toContain('CustName');
    const key = await errorOf(scene.read('customer', {}, scene.open({}, { number: 'CustNo' })));
    expect(key.errorCode).toBe('INFOR_FIELD');
    expect(key.what).toContain('CustNo');
  },
);

test('a field that a tenant does not have can be none; a number cannot', async () => {
  delete scene.db.layouts.customer.names.language;
  expect((await errorOf(scene.read('customer'))).errorCode).toBe('INFOR_FIELD');
  const without = scene.open({}, { language: 'none' });
  expect(await scene.read('customer', {}, without)).toHaveLength(20);
  expect(() => scene.open({}, { number: 'none' })).toThrow('INFOR_SETTING');
});

test('a tenant that leaves out empty values gives the same records', async () => {
  const shown = await scene.read('customer');
  scene.db.settings.emptyFields = 'omitted';
  const simple = (records: typeof shown) => records.map((record) => ({ ...record, raw: {} }));
  expect(simple(await scene.read('customer'))).toEqual(simple(shown));
});

test('without fields that tell it, the financial status is unknown, not good', async () => {
  const line = scene.open({}, { creditHold: 'none' });
  const number = first('customer');
  const record = await line.get('customer', number, { ...OPTIONS, withFinancials: true });
  expect(record).toMatchObject({ financialStatus: 'unknown' });
  scene.db.change('customer', number, { CreditHold: 'true' });
  const usual = await scene.open().get('customer', number, { ...OPTIONS, withFinancials: true });
  expect(usual).toMatchObject({ financialStatus: 'stopped' });
});

test('Get has the address, although all fields of a record are only its own', async () => {
  const [listed] = await scene.read('customer');
  const got = await scene.open().get('customer', listed!.number, OPTIONS);
  expect(got).toMatchObject({ address: (listed as { address?: unknown }).address });
  expect((got as { address: { city: string } }).address.city).not.toBe('');
});

test('many records cost few requests, also where answers are cut and keys are long', async () => {
  const { records } = scene.open().homes('customer');
  const made = Array.from({ length: 150 }, (_, i) => `Ł&'#"\\ ${'ö'.repeat(20)}${i}`);
  for (const number of made) scene.db.add('customer', { number, name: 'x', status: 'active' });
  scene.ion.requests.clear();
  expect((await records.read(made)).size).toBe(150);
  expect(scene.lists()).toBeLessThanOrEqual(20);
  scene.db.settings.limitCap = 7;
  const found = await records.read([...made.slice(0, 20), 'NOBODY']);
  expect([...found.keys()].sort()).toEqual(made.slice(0, 20).sort());
});

test('the other path of Landmark’s services is a setting', async () => {
  scene.db.settings.prefix = 'fsm';
  expect((await errorOf(scene.read('customer'))).errorCode).toBe('ION_TENANT_UNKNOWN');
  expect(await scene.read('customer', {}, scene.open({ pathPrefix: 'fsm' }))).toHaveLength(20);
});

test('a class, list or set that the tenant does not have is told by its name', async () => {
  const noClass = await errorOf(scene.read('customer', {}, scene.open({ customerClass: 'Debtor' })));
  expect([noClass.errorCode, noClass.what]).toEqual(['INFOR_NOT_FOUND', expect.stringContaining('Debtor')]);
  const noList = await errorOf(scene.read('customer', {}, scene.open({ listName: 'Mine' })));
  expect([noList.errorCode, noList.what]).toEqual(['INFOR_NOT_FOUND', expect.stringContaining('Mine')]);
  const noSet = await errorOf(scene.read('customer', {}, scene.open({ setName: 'Mine' })));
  expect(noSet.what).toContain('Set');
  expect(await scene.read('customer', {}, scene.open({ setName: 'none' }))).toHaveLength(20);
});
