import fc from 'fast-check';
import { errorOf, startScene, type Scene } from './scene.mts';

/** Landmark documents no paging beyond _limit; whatever a tenant does with it, no list is short without a word. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene(40)));
afterEach(() => scene.ion.close());

const all = (): string[] => scene.db.sorted('customer').map(([number]) => number);
const sorted = (texts: string[]): string[] => [...texts].sort();

test('a tenant that gives fewer rows than asked for, without a word, loses none', async () => {
  for (const limitCap of [1, 7, 39, 40, 41]) {
    scene.db.settings.limitCap = limitCap;
    expect(await scene.numbers('customer')).toEqual(all());
    expect(await scene.numbers('customer', { limit: 9 })).toEqual(all().slice(0, 9));
  }
});

test('a tenant that does not count either loses none', async () => {
  Object.assign(scene.db.settings, { limitCap: 7, recordCount: 'ignored' });
  expect(await scene.numbers('customer')).toEqual(all());
});

test('a list in no order is read whole', async () => {
  scene.db.settings.order = 'mixed';
  expect(sorted(await scene.numbers('customer'))).toEqual(all());
});

test('a list in the order of its making, with a late record of a low number, loses none', async () => {
  scene.db.add('customer', { number: '!', name: 'Late', status: 'active' });
  Object.assign(scene.db.settings, { order: 'made', limitCap: 7 });
  const error = await errorOf(scene.numbers('customer'));
  expect(error.errorCode).toBe('INFOR_REFUSED');
  scene.db.settings.limitCap = 0;
  expect(sorted(await scene.numbers('customer'))).toEqual(sorted(all()));
});

test('a capped list in no order goes on by its next links', async () => {
  Object.assign(scene.db.settings, { order: 'mixed', limitCap: 7, rest: 'next' });
  expect(sorted(await scene.numbers('customer'))).toEqual(all());
});

test('a record that goes while next links are followed takes no other one with it', async () => {
  Object.assign(scene.db.settings, { order: 'mixed', limitCap: 7, rest: 'next' });
  const gone = scene.db.ordered('customer', undefined)[0]!.row.Customer!;
  scene.ion.faults.add({
    kind: 'delay',
    path: /lists/,
    where: ({ query }) => {
      if ((query as { _after?: string })._after === '14') scene.db.table('customer').delete(gone);
      return false;
    },
  });
  const found = await scene.numbers('customer');
  expect(new Set(found).size).toBe(found.length);
  expect(sorted(found.filter((number) => number !== gone))).toEqual(all());
  expect(all()).not.toContain(gone);
});

test('a record that comes while pages go on by key doubles none and loses none', async () => {
  scene.db.settings.limitCap = 7;
  const before = all();
  scene.ion.faults.add({
    kind: 'delay',
    path: /lists/,
    where: () => {
      if (scene.db.table('customer').size < 60)
        scene.db.add('customer', { number: `!${scene.db.table('customer').size}`, name: 'x' });
      return false;
    },
  });
  const found = await scene.numbers('customer');
  expect(new Set(found).size).toBe(found.length);
  expect(before.filter((number) => !found.includes(number))).toEqual([]);
});

test('a capped list in no order, without links, is an error that says how many came', async () => {
  Object.assign(scene.db.settings, { order: 'mixed', limitCap: 7 });
  const error = await errorOf(scene.numbers('customer'));
  expect(error.errorCode).toBe('INFOR_REFUSED');
  expect(error.what).toMatch(/7 of 40/);
});

test('a next link to another host is not followed: the token stays at home', async () => {
  Object.assign(scene.db.settings, { order: 'mixed', limitCap: 7, rest: 'next' });
  scene.db.settings.nextOrigin = 'https://elsewhere.example';
  expect((await errorOf(scene.numbers('customer'))).errorCode).toBe('ION_OTHER_HOST');
});

test('a list that ends in its first page costs two requests, an empty one costs one', async () => {
  scene.ion.requests.clear();
  await scene.read('customer');
  expect(scene.lists()).toBe(2);
  scene.ion.requests.clear();
  expect(await scene.read('customer', { filter: { Name: 'Nobody' } })).toEqual([]);
  expect(scene.lists()).toBe(1);
  scene.ion.requests.clear();
  await scene.read('customer', { limit: 5 });
  expect(scene.lists()).toBe(1);
});

test('whatever the cap, the order, the limit and the start, the list is what it should be', async () => {
  const settings = scene.db.settings;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('told' as const, 'ignored' as const),
      fc.integer({ min: 0, max: 39 }),
      fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
      fc.constantFrom('array' as const, 'records' as const),
      async (limitCap, recordCount, start, limit, form) => {
        Object.assign(settings, { limitCap, recordCount, form });
        const numbers = all();
        const found = await scene.numbers('customer', { startAfter: numbers[start], limit });
        expect(found).toEqual(numbers.slice(start + 1).slice(0, limit));
      },
    ),
    { numRuns: 40 },
  );
});

test('keys filled with blanks come out without them, and Get finds them', async () => {
  scene.db.settings.keyWidth = 15;
  expect(sorted(await scene.numbers('supplier'))).toEqual(
    scene.db.sorted('supplier').map(([number]) => number),
  );
  const [, second] = all();
  const options = { emailHome: '', withFinancials: false, withCrossReference: false, activeStatuses: [] };
  expect((await scene.open().get('customer', second!, options))?.number).toBe(second);
});
