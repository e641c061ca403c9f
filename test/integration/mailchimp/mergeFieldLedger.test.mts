import type { Fault } from '../../../sandbox/kit/faults.mts';
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
  const base = { flow: 'Flow under test', executionId: '1', reason: '', attempts: 1, source: '' };
  const trace = { workflowId: 'test', link: 'http://127.0.0.1/workflow/test/executions/1' };
  const expected = [CREDIT, ROUTE].map(({ tag, type, name }) => ({
    ...{ ...base, ...trace, kind: 'mergeField', recordNumber: '', memberId: '', status: 'applied' },
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

describe('a field of which no answer tells whether it was made', () => {
  const open = (run: SyncRun): string =>
    JSON.stringify(
      [...run.done, ...run.skipped, ...run.attention]
        .flatMap(({ ledger }) => ledger)
        .filter(({ status }) => status === 'failed'),
    );
  /** All that comes after the first answer to a POST of a field. */
  const outage = (first: Fault): void => {
    scene.mailchimp.faults.add({ ...first, method: 'POST', path: /merge-fields$/ });
    scene.mailchimp.faults.add({
      kind: 'reset-before',
      times: 10_000,
      where: () => scene.mailchimp.faults.struck > 0,
    });
  };

  test.each([
    ['is made', { kind: 'reset-after' }, 'CREDIT'],
    ['is not made', { kind: 'reset-before' }, ''],
  ] as const)('%s, and the ledger tells in the end what was written', async (_, fault, made) => {
    outage(fault);
    const broken = await sync();
    expect(broken.error).toBeUndefined();
    expect(broken.attention.map(({ reason }) => reason)).toEqual([
      'merge-field-not-made',
      'merge-field-not-made',
    ]);
    const told = broken.attention.flatMap(({ ledger }) => ledger).filter(({ kind }) => kind === 'mergeField');
    expect(told).toMatchObject([
      { effectKey: `mergeField:${scene.list}:CREDIT`, status: 'failed', reason: 'mailchimp-unavailable' },
    ]);
    expect(
      tags()
        .filter((tag) => tag === 'CREDIT')
        .join(),
    ).toBe(made);
    scene.mailchimp.faults.clear();
    const run = await sync({ options: { earlierRows: open(broken) } });
    expect(rows(run).map(({ effectKey, status, attempts }) => [effectKey, status, attempts])).toEqual([
      [`mergeField:${scene.list}:CREDIT`, 'applied', 2],
      [`mergeField:${scene.list}:ROUTE`, 'applied', 1],
    ]);
    expect(scene.mailchimp.audienceWrites).toHaveLength(2);
    expect(rows(await sync())).toEqual([]);
  });

  test('and that nobody needs any more leaves nothing open', async () => {
    outage({ kind: 'reset-before' });
    const broken = await sync();
    scene.mailchimp.faults.clear();
    // Both customers are gone from the list; a third one has no address.
    const parties = [customer('Y3', { emails: [] })];
    const newMergeFields = { field: [CREDIT, ROUTE] };
    const run = await scene.sync(parties, { newMergeFields }, { earlierRows: open(broken) });
    expect(rows(run).map(({ effectKey, status }) => [effectKey, status])).toEqual([
      [`mergeField:${scene.list}:CREDIT`, 'superseded'],
    ]);
    expect(scene.mailchimp.audienceWrites).toEqual([]);
  });

  test('and that is there in another form by now is not the run’s', async () => {
    outage({ kind: 'reset-before' });
    const broken = await sync();
    scene.mailchimp.faults.clear();
    const rival = { tag: 'CREDIT', name: 'Credit line', type: 'number' as const };
    addMergeField(scene.mailchimp.audiences.get(scene.list)!, rival);
    const run = await sync({ options: { earlierRows: open(broken) } });
    expect(rows(run).map(({ effectKey, status }) => [effectKey, status])).toEqual([
      [`mergeField:${scene.list}:ROUTE`, 'applied'],
      [`mergeField:${scene.list}:CREDIT`, 'superseded'],
    ]);
  });
});

describe('a field that was made is told, whatever comes after it', () => {
  const made = [`mergeField:aud:CREDIT`];
  const keys = (run: SyncRun): string[] =>
    [...run.done, ...run.skipped, ...run.attention]
      .flatMap(({ ledger }) => ledger)
      .filter(({ kind }) => kind === 'mergeField')
      .map(({ effectKey }) => effectKey.replace(scene.list, 'aud'));
  const refuse = (status: number, path: RegExp, isHit: (body: unknown) => boolean, method = 'POST'): void =>
    scene.mailchimp.faults.add({
      ...{ kind: 'answer', status, body: { title: 'Refused', status, detail: 'No.' }, method, path },
      ...{ where: ({ body }) => isHit(body), times: 1_000 },
    });
  const isRoute = (body: unknown): boolean => (body as { tag?: string }).tag === 'ROUTE';

  test.each([400, 401, 403])('the next one is refused with %d', async (status) => {
    refuse(status, /merge-fields$/, isRoute);
    const run = await sync();
    expect(run.error).toBeUndefined();
    expect(keys(run)).toEqual(made);
    expect(run.attention.map(({ reason }) => reason)).toEqual([
      'merge-field-not-made',
      'merge-field-not-made',
    ]);
    expect(run.hints.join()).toMatch(/\[MAILCHIMP_/);
    expect(Object.keys(scene.state())).toEqual([]);
    // Nothing new is made the next time, so the trouble may stop the run and show itself.
    expect((await sync()).error?.message).toMatch(/\[MAILCHIMP_/);
    scene.mailchimp.faults.clear();
    expect((await sync()).done).toHaveLength(2);
  });

  test('the contacts cannot be written', async () => {
    refuse(403, /\/lists\/[^/]+(\/members.*)?$/, () => true);
    refuse(403, /\/members\/[^/]+$/, () => true, 'PUT');
    const run = await sync();
    expect(run.error).toBeUndefined();
    expect(keys(run)).toEqual([...made, 'mergeField:aud:ROUTE']);
    expect(run.attention.map(({ reason }) => reason)).toEqual([
      'mailchimp-unavailable',
      'mailchimp-unavailable',
    ]);
    expect(run.hints.join()).toMatch(/\[MAILCHIMP_/);
  });
});
