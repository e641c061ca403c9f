import { itemsOf, startScene, type Scene } from './scene.mts';

/** What people enter that would quietly mean something else: nothing is read or written then. */

let scene: Scene;
beforeAll(async () => void (scene = await startScene({ customers: 30 })));
afterAll(() => scene.ion.close());
beforeEach(() => {
  scene.ion.requests.clear();
  scene.ion.settings.deniedPrograms.clear();
});

test.each([
  ['a company that is no number', { company: 'ACME' }, 'INFOR_SETTING'],
  ['no active status at all', { getAllOptions: { activeStatuses: ' , ' } }, 'SYNC_SETTING'],
  ['a limit of nothing', { returnAll: false, limit: 0 }, 'SYNC_SETTING'],
  ['a limit that is no number', { returnAll: false, limit: '={{ "many" }}' }, 'SYNC_SETTING'],
  ['a cursor that is none', { changedSince: 'last week' }, 'SYNC_SETTING'],
])('%s is refused before anything is read', async (_case, parameters, code) => {
  const { error, parties } = await scene.read(parameters);
  expect(error?.message).toContain(`[${code}]`);
  expect(parties).toEqual([]);
  expect(scene.ion.requests.all).toEqual([]);
});

const filtered = (field: string, value: string) =>
  scene.read({ simplify: false, getAllOptions: { filters: { filter: [{ field, value }] } } });

test('a filter on a field that the list does not have is an error, not an empty company', async () => {
  const { error } = await filtered('CUCLX', '100');
  expect(error?.message).toContain('CUCLX');
});

test('a filter may name any field of the list, also one that a party does not hold', async () => {
  const { parties, error } = await filtered('WHLO', '');
  expect(error).toBeUndefined();
  expect(parties.every(({ raw }) => raw.WHLO === '')).toBe(true);
});

test('a filter that was added and left empty changes nothing', async () => {
  expect((await filtered('', '')).parties).toHaveLength(30);
});

test('an overlap below zero loses no change', async () => {
  const [clock] = itemsOf(await scene.run({ resource: 'system', operation: 'getServerTime' }));
  scene.ion.m3.changeCustomer('Y30003', { YREF: 'New' });
  const { parties } = await scene.read({
    changedSince: clock!.cursor,
    getAllOptions: { overlapMinutes: -60 },
  });
  expect(parties.map(({ number }) => number)).toEqual(['Y30003']);
});

test('where EXPORTMI is closed, financial status comes by bulk calls and is the same', async () => {
  const open = (await scene.read({ withFinancials: true })).parties;
  scene.ion.requests.clear();
  scene.ion.settings.deniedPrograms.add('EXPORTMI');
  const closed = (await scene.read({ withFinancials: true })).parties;
  const statuses = (parties: typeof open) =>
    parties.map(({ number, financialStatus }) => [number, financialStatus]);
  expect(statuses(closed)).toEqual(statuses(open));
  expect(scene.ion.requests.all.length).toBeLessThanOrEqual(4);
});
