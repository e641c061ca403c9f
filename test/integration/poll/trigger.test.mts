import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { InforCloudSuiteTrigger } from '../../../nodes/InforCloudSuiteTrigger/InforCloudSuiteTrigger.node.ts';
import { Poller } from '../../support/poller.mts';
import { startScene, type Scene } from '../infor/scene.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 40 })));
afterEach(() => scene.ion.close());

const pollerOf = (parameters: IDataObject = {}): Poller =>
  new Poller(new InforCloudSuiteTrigger(), {
    type: 'inforCloudSuiteTrigger',
    parameters: { productLine: 'm3', resource: 'customer', emailHome: '', ...parameters },
    credentials: { ionApi: scene.credential },
  });

const numbersOf = (items: IDataObject[]): string[] => items.map(({ number }) => String(number)).sort();
const rename = (number: string, CUNM: string): void => scene.ion.m3.changeCustomer(number, { CUNM });

test('from now on: the first poll gives nothing, the next ones what changed, each change once', async () => {
  const poller = pollerOf();
  expect(await poller.poll()).toEqual([]);
  rename('Y30001', 'One');
  expect(await poller.poll()).toMatchObject([{ number: 'Y30001', name: 'One' }]);
  expect(await poller.poll()).toEqual([]);
  rename('Y30001', 'Two');
  rename('Y30002', 'Other');
  expect(numbersOf(await poller.poll())).toEqual(['Y30001', 'Y30002']);
  expect(await poller.poll()).toEqual([]);
});

test('everything: all records come once, then only changes', async () => {
  const poller = pollerOf({ startWith: 'everything' });
  rename('Y30003', 'Just now');
  const all = await poller.poll();
  expect(all).toHaveLength(scene.ion.m3.customers.size);
  expect(await poller.poll()).toEqual([]);
  rename('Y30003', 'Once more');
  expect(numbersOf(await poller.poll())).toEqual(['Y30003']);
});

test('a new record comes, also when many share one moment', async () => {
  const poller = pollerOf();
  await poller.poll();
  scene.ion.settings.clockSkewMs = -Date.now() + Date.UTC(2030, 0, 1);
  for (let n = 0; n < 5; n++)
    scene.ion.m3.addCustomer({ CUNO: `Z${n}`, CUNM: `New ${n}`, MAIL: `z${n}@new.example` });
  const first = numbersOf(await poller.poll());
  scene.ion.m3.addCustomer({ CUNO: 'Z5', CUNM: 'At the same moment', MAIL: '' });
  expect([...first, ...numbersOf(await poller.poll())]).toEqual(['Z0', 'Z1', 'Z2', 'Z3', 'Z4', 'Z5']);
});

test('a record that was written late, with a time before the last poll, still comes', async () => {
  const poller = pollerOf();
  await poller.poll();
  rename('Y30001', 'In time');
  await poller.poll();
  scene.ion.settings.clockSkewMs = -5 * 60_000;
  rename('Y30002', 'Late');
  scene.ion.settings.clockSkewMs = 0;
  expect(numbersOf(await poller.poll())).toEqual(['Y30002']);
});

test('fetching a test event gives samples and moves nothing', async () => {
  const poller = pollerOf();
  await poller.poll();
  rename('Y30001', 'One');
  const before = poller.stored;
  expect(await poller.fetchTestEvent()).toHaveLength(3);
  expect(poller.stored).toBe(before);
  expect(numbersOf(await poller.poll())).toEqual(['Y30001']);
});

test('a failed poll moves nothing', async () => {
  const poller = pollerOf();
  await poller.poll();
  rename('Y30001', 'One');
  scene.ion.faults.add({ kind: 'answer', status: 403, path: /LstByNumber/, body: {} });
  await expect(poller.poll()).rejects.toThrow('[ION_FORBIDDEN]');
  expect(numbersOf(await poller.poll())).toEqual(['Y30001']);
});

test('what changed while n8n was down comes, also before anything ever came', async () => {
  const poller = pollerOf();
  await poller.poll();
  rename('Y30004', 'While down');
  poller.restart();
  expect(numbersOf(await poller.poll('init'))).toEqual(['Y30004']);
  rename('Y30005', 'While down again');
  poller.restart();
  expect(numbersOf(await poller.poll('init'))).toEqual(['Y30005']);
});

test('static data holds numbers and hashes only', async () => {
  const poller = pollerOf({ startWith: 'everything' });
  rename('Y30001', 'Anna Åkesson');
  await poller.poll();
  expect(poller.stored).not.toMatch(/@|Åkesson/);
  expect(poller.stored).toContain('Y30001');
});

test('any edits between any polls: each state that a poll could see comes exactly once', async () => {
  const poller = pollerOf();
  await poller.poll();
  const edits = fc.array(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }), { maxLength: 6 });
  let version = 0;
  await fc.assert(
    fc.asyncProperty(edits, async (rounds) => {
      for (const round of rounds) {
        for (const n of round) rename(`Y3000${n}`, `Version ${++version}`);
        const came = numbersOf(await poller.poll());
        expect(came).toEqual([...new Set(round.map((n) => `Y3000${n}`))].sort());
      }
    }),
    { numRuns: 15 },
  );
});

test('other records are watched as well, and what cannot be watched says so', async () => {
  const poller = pollerOf({ resource: 'item' });
  await poller.poll();
  const { items } = scene.ion.m3.business;
  items.put({ ...items.sorted()[2]!, ITDS: 'Changed' });
  expect(await poller.poll()).toMatchObject([{ kind: 'item', name: 'Changed' }]);
});
