import type { LedgerRow } from '../../../sync/types.ts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** Writes that were made while no answer came: the ledger says in the end what is known of them, and no more. */

let scene: Scene;
const ledger = new Map<string, LedgerRow>();
beforeEach(async () => {
  scene = await startScene();
  ledger.clear();
});
afterEach(() => scene.mailchimp.close());

async function run(count: number, name: string, parameters = {}): Promise<SyncRun> {
  const open = [...ledger.values()].filter(({ status }) => status === 'failed');
  const input = customers(count, () => ({ name }));
  const ran = await scene.sync(input, parameters, { earlierRows: JSON.stringify(open) });
  for (const row of [...ran.done, ...ran.skipped, ...ran.attention].flatMap((one) => one.ledger))
    ledger.set(row.effectKey, row);
  return ran;
}

const told = (kind: string): string[] =>
  [...ledger.values()]
    .filter((row) => row.kind === kind)
    .map(({ recordNumber, status, reason }) => [recordNumber, status, reason].join(' ').trim())
    .sort();
const numbers = (count: number, end: string): string[] =>
  Array.from({ length: count }, (_, i) => `Y${100_000 + i} ${end}`);

/** No write is answered. */
const silence = (kind: 'reset-after' | 'reset-before'): void =>
  scene.mailchimp.faults.add({ kind, times: 10_000, where: ({ method }) => method !== 'GET' });

describe.each([
  ['contact by contact', 3],
  ['in bulk', 30],
])('%s', (_, count) => {
  test('contacts that were created without an answer are told as created, once they are found', async () => {
    silence('reset-after');
    await run(count, 'Same');
    expect(told('create')).toEqual(numbers(count, 'failed mailchimp-unavailable'));
    scene.mailchimp.faults.clear();
    scene.mailchimp.requests.clear();
    await run(count, 'Same');
    expect(scene.mailchimp.writeRequests()).toEqual([]);
    expect(told('create')).toEqual(numbers(count, 'applied'));
    const created = scene.mailchimp.writes.filter(({ action }) => action === 'create');
    expect(created.map(({ id }) => id).sort()).toEqual(
      [...ledger.values()].flatMap(({ kind, memberId }) => (kind === 'create' ? [memberId] : [])).sort(),
    );
  }, 60_000);

  test('an update without an answer, of which nothing is left to do, is told as just that', async () => {
    await run(count, 'Before');
    silence('reset-after');
    await run(count, 'After');
    expect(told('update')).toEqual(numbers(count, 'failed mailchimp-unavailable'));
    scene.mailchimp.faults.clear();
    await run(count, 'After');
    expect(told('update')).toEqual(numbers(count, 'superseded answer-lost'));
  }, 60_000);
});

test('contacts that were not created are created by the next run, and told once', async () => {
  silence('reset-before');
  await run(3, 'Same');
  scene.mailchimp.faults.clear();
  await run(3, 'Same');
  expect(told('create')).toEqual(numbers(3, 'applied'));
  expect(scene.mailchimp.writes.filter(({ action }) => action === 'create')).toHaveLength(3);
}, 60_000);

test('somebody who signed up meanwhile was not created by us', async () => {
  silence('reset-before');
  await run(3, 'Same');
  scene.mailchimp.faults.clear();
  scene.mailchimp.audiences.addMember(scene.list, { email: 'y100001@customer.example' });
  await run(3, 'Same');
  expect(told('create')).toEqual(['Y100000 applied', 'Y100001 superseded answer-lost', 'Y100002 applied']);
  expect(told('update')).toEqual(['Y100001 applied']);
}, 60_000);

test('a record that changed before the next run has a new effect, and the old one is not told as done', async () => {
  silence('reset-before');
  await run(1, 'Before');
  scene.mailchimp.faults.clear();
  await run(1, 'After');
  expect(told('create')).toEqual(['Y100000 applied', 'Y100000 superseded answer-lost']);
}, 60_000);

test('what was refused, and is there by another hand, was not written by us', async () => {
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', method: 'PUT', status: 400, times: 10, path: /members/ },
    body: { title: 'Invalid Resource', status: 400, detail: 'No.' },
  });
  await run(1, 'Same');
  expect(told('create')).toEqual(['Y100000 quarantined refused-record']);
  scene.mailchimp.faults.clear();
  scene.mailchimp.audiences.addMember(scene.list, {
    ...{ email: 'y100000@customer.example', mergeFields: { FNAME: 'Same', CUSTNO: 'Y100000' } },
  });
  // Opened again by a replay.
  for (const row of ledger.values()) row.status = 'failed';
  await run(1, 'Same');
  expect(told('create')).toEqual(['Y100000 superseded']);
}, 60_000);
