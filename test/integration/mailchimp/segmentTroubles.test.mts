import { openRows } from '../../../sync/audit/open.ts';
import { auditRow } from '../../../sync/audit/rows.ts';
import type { LedgerRow } from '../../../sync/types.ts';
import { row, startFilledScene, TABLE, type EnsureRun, type Row, type SegmentScene } from './segments.mts';

/** Trouble of one segment is that segment's: the others go on. */

let scene: SegmentScene;
beforeEach(async () => void (scene = await startFilledScene()));
afterEach(() => scene.mailchimp.close());

const audience = () => scene.mailchimp.audiences.get(scene.list)!;

test.each([
  ['a merge field that the audience lacks', row('x', 'is', 'y', 'NOPE'), 'segment-field-missing', 'x: NOPE'],
  ['a type without such conditions', row('x', 'is', 'y', 'PHONE'), 'segment-field-type', 'x: PHONE, phone'],
  ['an operator that the type has not', row('x', 'contains', '1', 'CREDIT'), 'segment-field-type', 'CREDIT'],
  ['a number that is none', row('x', 'is', 'many', 'CREDIT'), 'merge-value', 'x: CREDIT'],
  ['a date that is none', row('x', 'is', '2026-02-30', 'SINCE'), 'merge-value', 'x: SINCE'],
  ['no choice of the field', row('x', 'is', 'Other', 'KIND'), 'merge-value', 'x: KIND'],
  ['a value too long', row('x', 'is', 'y'.repeat(300)), 'merge-value-too-long', 'x: GROUP'],
  ['no value', row('x', 'is', ' '), 'segment-incomplete', 'x: GROUP'],
  ['no condition', { name: 'x', match: 'all', conditions: {} }, 'segment-incomplete', 'x'],
  ['no name', row(' ', 'is', 'y'), 'segment-incomplete', 'row 1'],
])('%s is that segment’s matter, and the others go on', async (_, broken, reason, subject) => {
  const { done, attention, error } = await scene.ensure([broken, row('North', 'is', 'North')]);
  expect(error).toBeUndefined();
  expect(attention).toMatchObject([{ reason, previewCount: null, memberCount: null, row: 1 }]);
  expect(attention[0]!.explanation).toContain(subject);
  expect(attention[0]!.ledger).toMatchObject([{ kind: 'note', status: 'quarantined' }, { kind: 'run' }]);
  expect(done).toMatchObject([{ name: 'North' }]);
});

test('a missing tag needs attention where it is not to be made', async () => {
  const { done, attention } = await scene.ensure(TABLE, { options: { createMissingTags: false } });
  expect(attention.map(({ name, reason }) => [name, reason])).toEqual([
    ['Overdue Wholesale', 'segment-tag-missing'],
    ['Overdue', 'segment-tag-missing'],
  ]);
  expect(done).toHaveLength(1);
  expect(audience().tags()).toEqual([]);
});

test('a name that stands twice in the table is written in no version', async () => {
  const { attention } = await scene.ensure([row('North', 'is', 'North'), row(' North ', 'is', 'South')]);
  expect(attention.map(({ reason }) => reason)).toEqual(['segment-twice', 'segment-twice']);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test('what Mailchimp refuses is that segment’s matter', async () => {
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', status: 400, method: 'POST', path: /segments$/, times: 1 },
    body: { title: 'Invalid Resource', status: 400 },
  });
  const { done, attention } = await scene.ensure([row('Bad', 'is', 'x'), row('North', 'is', 'North')]);
  expect(attention).toMatchObject([{ name: 'Bad', reason: 'segment-refused', segmentId: null }]);
  expect(attention[0]!.ledger).toMatchObject([{ kind: 'segment', status: 'quarantined' }, { kind: 'run' }]);
  expect(done).toMatchObject([{ name: 'North' }]);
});

test('without a table, or without the audience, the run stops with a code', async () => {
  expect((await scene.ensure([])).error?.message).toContain('[SYNC_SETTING]');
  scene.mailchimp.audiences.remove(scene.list);
  expect((await scene.ensure(TABLE)).error?.message).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
});

describe('what earlier runs could not do', () => {
  const ledger = new Map<string, LedgerRow>();
  beforeEach(() => ledger.clear());

  /** A run that is given the open rows of the ledger, and leaves its own there. */
  async function run(table: Row[]): Promise<EnsureRun> {
    const open = [...ledger.values()].filter(({ status }) => status === 'failed' || status === 'quarantined');
    const ran = await scene.ensure(table, { options: { earlierRows: JSON.stringify(open) } });
    for (const row of [...ran.done, ...ran.skipped, ...ran.attention].flatMap((outcome) => outcome.ledger))
      ledger.set(row.effectKey, row);
    return ran;
  }
  const open = () =>
    openRows(
      [...ledger.values()].map(
        (row, i) => auditRow({ ...row, updatedAt: new Date(1_767_225_600_000 + i).toISOString() })!,
      ),
    ).map(({ kind, reason }) => [kind, reason]);
  const refuse = (path: RegExp, body: RegExp): void =>
    scene.mailchimp.faults.add({
      ...{ kind: 'answer', status: 400, body: { title: 'Invalid Resource', status: 400 }, times: 1_000 },
      ...{ path, where: (request) => request.method !== 'GET' && body.test(JSON.stringify(request.body)) },
    });
  const posts = (body: RegExp): number =>
    scene.mailchimp.requests.all.filter(
      (request) => request.method === 'POST' && body.test(JSON.stringify(request.body)),
    ).length;

  test('a segment that is refused at every run is tried five times in its life, or until its row changes', async () => {
    refuse(/segments/, /"name":"Bad"/);
    for (let i = 0; i < 8; i += 1) await run([row('Bad', 'is', 'x'), row('North', 'is', 'North')]);
    expect(posts(/"name":"Bad"/)).toBe(5);
    const { attention } = await run([row('Bad', 'is', 'other')]);
    expect(attention).toMatchObject([{ name: 'Bad', reason: 'segment-refused' }]);
    expect(posts(/"name":"Bad"/)).toBe(6);
  });

  test('a tag that is refused at every run is tried five times, and no segment is made without it', async () => {
    refuse(/segments$/, /"static_segment"/);
    for (let i = 0; i < 8; i += 1) await run(TABLE);
    expect(posts(/"static_segment"/)).toBe(5);
    expect(scene.saved()).toEqual([['New', expect.anything()]]);
  });

  test('a row of the table that is mended leaves nothing open', async () => {
    await run([row('North', 'is', 'x', 'NOPE')]);
    expect(open()).toEqual([['note', 'segment-field-missing']]);
    await run([row('North', 'is', 'North')]);
    expect(open()).toEqual([]);
  });

  test('a segment that somebody made by hand meanwhile leaves nothing open', async () => {
    refuse(/segments/, /"name":"North"/);
    await run([row('North', 'is', 'North')]);
    scene.mailchimp.faults.clear();
    await scene.ensure([row('North', 'is', 'North')]);
    expect(open()).toEqual([['segment', 'segment-refused']]);
    const { skipped } = await run([row('North', 'is', 'North'), row('South', 'is', 'South')]);
    expect(skipped).toMatchObject([{ name: 'North', reason: 'segment-unchanged' }]);
    expect(open()).toEqual([]);
  });

  test('the trouble of one segment is not settled by another one', async () => {
    await run([row('North', 'is', 'x', 'NOPE'), row('South', 'is', 'South')]);
    await run([row('North', 'is', 'y', 'NOPE'), row('South', 'is', 'Elsewhere')]);
    expect(open()).toEqual([['note', 'segment-field-missing']]);
  });
});
