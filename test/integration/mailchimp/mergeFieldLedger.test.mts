import { addMergeField } from '../../../sandbox/mailchimp/newMergeField.mts';
import { fingerprint } from '../../../sync/fingerprint.ts';
import { FAULTS } from './faultKinds.mts';
import { customer, startScene, type Scene, type SyncRun } from './sync.mts';

/** Merge fields that a run creates leave a row in its ledger, those that it finds leave none. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const CREDIT = { tag: 'CREDIT', name: 'Credit', type: 'number', value: '12.5' };
const ROUTE = { tag: 'ROUTE', name: 'Route', type: 'text', value: 'North' };

const sync = (parameters = {}): Promise<SyncRun> =>
  scene.sync([customer('Y1'), customer('Y2')], { newMergeFields: { field: [CREDIT, ROUTE] }, ...parameters });

const rows = ({ done, skipped }: SyncRun) =>
  [...done, ...skipped].flatMap(({ ledger }) => ledger).filter(({ kind }) => kind === 'mergeField');
const tags = (): string[] => scene.mailchimp.audiences.get(scene.list)!.mergeFields.map(({ tag }) => tag);

test('a run that creates two fields has two rows, the next run none', async () => {
  const run = await sync();
  const base = { flow: 'Flow under test', executionId: '1', reason: '', attempts: 1 };
  const expected = [CREDIT, ROUTE].map(({ tag, type, name }) => ({
    ...{ ...base, kind: 'mergeField', recordNumber: '', memberId: '', status: 'applied' },
    ...{ effectKey: `mergeField:${scene.list}:${tag}`, fingerprint: fingerprint({ tag, type, name }) },
  }));
  expect(rows(run)).toEqual(expected);
  expect(run.done[0]!.ledger.at(-1)!.kind).toBe('run');
  expect(tags()).toEqual(expect.arrayContaining(['CREDIT', 'ROUTE']));
  expect(rows(await sync())).toEqual([]);
});

test('a plan creates no field and has no row', async () => {
  expect(rows(await sync({ mode: 'plan' }))).toEqual([]);
  expect(tags()).not.toContain('CREDIT');
});

/** The first POST of a field is disturbed. */
test.each(FAULTS)('%s leaves one row a field', async (_name, fault) => {
  scene.mailchimp.faults.add({ ...fault, method: 'POST', path: /merge-fields$/ });
  const run = await sync();
  expect(scene.mailchimp.faults.struck).toBe(1);
  expect(rows(run).map(({ effectKey }) => effectKey)).toEqual(
    ['CREDIT', 'ROUTE'].map((tag) => `mergeField:${scene.list}:${tag}`),
  );
  expect(tags().filter((tag) => tag === 'CREDIT')).toHaveLength(1);
});

test('a field that somebody else adds in that moment, in another form, is not the run’s', async () => {
  const rival = { tag: 'ROUTE', name: 'Delivery route', type: 'text' as const };
  scene.mailchimp.faults.add({
    ...{ kind: 'delay', delayMs: 0, method: 'POST', path: /merge-fields$/, times: 1 },
    where: ({ body }) => {
      if ((body as { tag: string }).tag !== 'ROUTE' || tags().includes('ROUTE')) return false;
      addMergeField(scene.mailchimp.audiences.get(scene.list)!, rival);
      return true;
    },
  });
  const run = await sync();
  expect(run.error).toBeUndefined();
  expect(rows(run).map(({ effectKey }) => effectKey)).toEqual([`mergeField:${scene.list}:CREDIT`]);
});
