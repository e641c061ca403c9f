import type { IDataObject } from 'n8n-workflow';
import { itemsOf, startScene, type Scene } from './scene.mts';

/** M3’s objects beside the customers, through the node. */

let scene: Scene;
beforeAll(async () => void (scene = await startScene({ customers: 30, business: 1003 })));
afterAll(() => scene.ion.close());
beforeEach(() => scene.ion.requests.clear());

const KINDS = ['supplier', 'item', 'purchaseOrder', 'invoice', 'glAccount'] as const;

async function list(kind: string, parameters: Record<string, unknown> = {}): Promise<IDataObject[]> {
  const result = await scene.run({
    resource: kind,
    operation: 'getAll',
    returnAll: true,
    emailHome: '',
    ...parameters,
  });
  if (result.error) throw new Error(result.error.message);
  return itemsOf(result);
}

const get = async (kind: string, number: unknown): Promise<IDataObject[]> => {
  const result = await scene.run({ resource: kind, operation: 'get', number, emailHome: '' });
  if (result.error) throw new Error(result.error.message);
  return itemsOf(result);
};

const tableOf = (kind: string) => {
  const { business } = scene.ion.m3;
  const tables = {
    supplier: business.suppliers,
    item: business.items,
    purchaseOrder: business.purchaseOrders,
    invoice: business.invoices,
    glAccount: business.accounts,
  };
  return tables[kind as keyof typeof tables];
};

test.each(KINDS)('all of kind %s come, each once, and Get gives the same', async (kind) => {
  const all = await list(kind);
  expect(all).toHaveLength(tableOf(kind).rows.size);
  expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
  for (const one of [all[0]!, all.at(-1)!]) expect(await get(kind, one.number)).toEqual([one]);
  await expect(get(kind, 'NOBODY')).rejects.toThrow('[INFOR_NOT_FOUND]');
});

test.each(KINDS)('of kind %s, what changed since the server’s time comes, and nothing else', async (kind) => {
  const [time] = itemsOf(await scene.run({ resource: 'system', operation: 'getServerTime' }));
  const since = { changedSince: time!.cursor, getAllOptions: { overlapMinutes: 0 } };
  expect(await list(kind, since)).toEqual([]);
  const row = tableOf(kind).sorted()[500 % tableOf(kind).rows.size]!;
  tableOf(kind).put(row);
  const [first, ...others] = await list(kind, since);
  expect(others).toEqual([]);
  expect(await get(kind, first!.number)).toEqual([first]);
});

test.each([
  ['supplier', 2 + 3 * 11 + 1],
  ['item', 4],
  ['purchaseOrder', 4],
  ['invoice', 30],
  ['glAccount', 2],
])('a thousand of kind %s cost at most %i requests', async (kind, most) => {
  await list(kind);
  expect(scene.ion.requests.all.length).toBeLessThanOrEqual(most);
});

test('an item keeps its name, whatever stands in it', async () => {
  const names = (await list('item')).map(({ name }) => String(name));
  expect(names.some((name) => name.startsWith('Bolt ^ Nut'))).toBe(true);
  expect(names.some((name) => name.startsWith('Pump; complete'))).toBe(true);
});

test('amounts are exact, dates are days, credit notes are below nothing', async () => {
  for (const { amount, invoiceDate, dueDate, currency } of await list('invoice')) {
    expect(amount).toMatch(/^-?\d+\.\d{2}$/);
    expect(`${String(invoiceDate)} ${String(dueDate)}`).toMatch(/^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
    expect(['EUR', 'SEK']).toContain(currency);
  }
});

test('a supplier comes with the addresses of its people, its town and its VAT number', async () => {
  const [supplier] = await get('supplier', 'S10007');
  expect(supplier).toMatchObject({
    kind: 'supplier',
    emails: ['orders@supplier7.example', 'sales@supplier7.example'],
    taxId: 'DE100000007',
  });
  expect((supplier!.address as IDataObject).city).not.toBe('');
});

test('a limit is kept and a list goes on after a number', async () => {
  for (const kind of KINDS) {
    const all = await list(kind);
    const some = await list(kind, { returnAll: false, limit: 3 });
    expect(some).toEqual(all.slice(0, 3));
    const next = { returnAll: false, limit: 2, getAllOptions: { startAfter: some[2]!.number } };
    expect(await list(kind, next)).toEqual(all.slice(3, 5));
  }
});

test('a filter that names no field of the list is an error', async () => {
  for (const kind of KINDS) {
    const filters = { filter: [{ field: 'NOFIELD', value: '1' }] };
    await expect(list(kind, { getAllOptions: { filters } })).rejects.toThrow('[M3_FIELD]');
  }
});

test('without the right to EXPORTMI the message names it', async () => {
  scene.ion.settings.deniedPrograms.add('EXPORTMI');
  await expect(list('item')).rejects.toThrow(/\[M3_RIGHTS\].*EXPORTMI/);
  scene.ion.settings.deniedPrograms.clear();
});

test('a supplier is updated once, and custom fields of customer and supplier are set and read', async () => {
  const update = {
    resource: 'supplier',
    operation: 'update',
    number: 'S10003',
    updateFields: { field: [{ field: 'PHNO', value: '+49 1' }] },
  };
  expect(itemsOf(await scene.run(update))).toEqual([{ outcome: 'done', number: 'S10003' }]);
  const writes = scene.ion.writes.length;
  expect(itemsOf(await scene.run(update))).toEqual([{ outcome: 'done', number: 'S10003' }]);
  expect(scene.ion.writes).toHaveLength(writes);
  for (const [resource, number] of [
    ['supplier', 'S10003'],
    ['customer', 'Y30001'],
  ]) {
    const customFields = { field: [{ field: 'A930', value: 'ours' }] };
    await scene.run({ resource, operation: 'setCustomFields', number, customFields });
    const [read] = itemsOf(await scene.run({ resource, operation: 'getCustomFields', number }));
    expect(read).toMatchObject({ number, fields: { A930: 'ours' } });
  }
});
