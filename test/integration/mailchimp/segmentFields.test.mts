import { fingerprint } from '../../../sync/fingerprint.ts';
import { sideBySide } from '../../support/sideBySide.mts';
import { FAULTS } from './faultKinds.mts';
import { row, startScene, type EnsureRun, type SegmentScene } from './segments.mts';

/** Merge fields that Ensure makes, because conditions name them and the audience lacks them. */

let scene: SegmentScene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const STATUS = { tag: 'finstatus', name: 'Financial status', type: 'text' };
const GROUP = { tag: 'ACCTGROUP', name: 'Account group', type: 'text' };
const TABLE = [row('Active', 'is', 'Active', 'FINSTATUS'), row('Late', 'is', 'Late', 'FINSTATUS')];
const newMergeFields = [STATUS, GROUP];

const ensure = (options = {}, on = scene): Promise<EnsureRun> =>
  on.ensure(TABLE, { newMergeFields, ...options });
const tags = ({ mailchimp, list } = scene): string[] =>
  mailchimp.audiences.get(list)!.mergeFields.map(({ tag }) => tag);
const rows = ({ done, skipped, attention }: EnsureRun) =>
  [...done, ...skipped, ...attention].flatMap(({ ledger }) => ledger);
const made = (run: EnsureRun): string[] =>
  rows(run).flatMap(({ kind, effectKey }) => (kind === 'mergeField' ? [effectKey.split(':')[2]!] : []));

test('fields are made before the segments that need them, once, and have a row each', async () => {
  const run = await ensure();
  expect(run.done).toMatchObject([{ action: 'create' }, { action: 'create' }]);
  expect(tags()).toEqual(expect.arrayContaining(['FINSTATUS', 'ACCTGROUP']));
  expect(rows(run).map(({ kind }) => kind)).toEqual([
    'segment',
    'mergeField',
    'mergeField',
    'run',
    'segment',
  ]);
  expect(rows(run)[1]).toMatchObject({
    effectKey: `mergeField:${scene.list}:FINSTATUS`,
    fingerprint: fingerprint({ ...STATUS, tag: 'FINSTATUS' }),
  });
  scene.mailchimp.requests.clear();
  const again = await ensure();
  expect([again.skipped.length, made(again), scene.mailchimp.writeRequests()]).toEqual([2, [], []]);
});

test('Plan takes them for made, says that Apply adds them, and writes nothing', async () => {
  const plan = await ensure({ mode: 'plan' });
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  expect(plan.done).toMatchObject([{ previewCount: 0 }, { previewCount: 0 }]);
  expect(plan.hints).toEqual([
    'Planned, nothing written: read 2, segment 2; Apply adds the merge fields FINSTATUS, ACCTGROUP',
  ]);
  expect(rows(plan)).toEqual([]);
});

test('where no segment is to be written, no field is made', async () => {
  const broken = [row('Late', 'greater', 'x', 'FINSTATUS')];
  const run = await scene.ensure(broken, { newMergeFields });
  expect(run.attention).toMatchObject([{ reason: 'segment-field-type' }]);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test('a tag that no merge field can have stops the run before anything', async () => {
  const run = await ensure({ newMergeFields: [{ ...STATUS, tag: 'FINANCIAL STATUS' }] });
  expect(run.error?.message).toContain('[SYNC_SETTING]');
  expect(scene.mailchimp.requests.all).toEqual([]);
});

describe('a field that was made is told, whatever comes after it', () => {
  const refuse = (status: number, path: RegExp, isHit: (body: { tag?: string }) => boolean): void =>
    scene.mailchimp.faults.add({
      ...{ kind: 'answer', status, body: { title: 'Refused', status, detail: 'No.' }, method: 'POST', path },
      ...{ where: ({ body }) => isHit(body as { tag?: string }), times: 1_000 },
    });

  test.each([400, 401, 403])('the next field is refused with %d', async (status) => {
    refuse(status, /merge-fields$/, ({ tag }) => tag === 'ACCTGROUP');
    const run = await ensure();
    expect([run.error, made(run), scene.saved()]).toEqual([undefined, ['FINSTATUS'], []]);
    expect(run.attention.map(({ reason }) => reason)).toEqual([
      'merge-field-not-made',
      'merge-field-not-made',
    ]);
    expect(run.hints.join()).toMatch(/\[MAILCHIMP_/);
    // Nothing new is made the next time, so the trouble may stop the run and show itself.
    expect((await ensure()).error?.message).toMatch(/\[MAILCHIMP_/);
    scene.mailchimp.faults.clear();
    const mended = await ensure();
    expect([mended.done.length, made(mended)]).toEqual([2, ['ACCTGROUP']]);
  });

  test.each([401, 403])('segments are refused with %d', async (status) => {
    refuse(status, /segments$/, () => true);
    const run = await ensure();
    expect([run.error, made(run)]).toEqual([undefined, ['FINSTATUS', 'ACCTGROUP']]);
    expect(run.attention.map(({ reason }) => reason)).toEqual([
      'mailchimp-unavailable',
      'mailchimp-unavailable',
    ]);
    expect((await ensure()).error?.message).toMatch(/\[MAILCHIMP_/);
  });
});

test.each(FAULTS)(
  '%s at any request: in the end two fields, two segments and a row each',
  async (_, fault) => {
    await ensure();
    const undisturbed = scene.saved();
    await sideBySide(scene.mailchimp.requests.all.length, async (skip) => {
      const own = await startScene();
      try {
        own.mailchimp.faults.add({ ...fault, skip });
        const run = await ensure({}, own);
        expect([skip, run.error?.message, made(run)]).toEqual([skip, undefined, ['FINSTATUS', 'ACCTGROUP']]);
        expect(own.saved()).toEqual(undisturbed);
        expect(tags(own).filter((tag) => ['FINSTATUS', 'ACCTGROUP'].includes(tag))).toHaveLength(2);
        expect((await ensure({}, own)).skipped).toHaveLength(2);
      } finally {
        await own.mailchimp.close();
      }
    });
  },
);
