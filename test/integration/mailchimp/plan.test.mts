import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { customer, startScene, type Scene, type SyncRun } from './sync.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

/** Few numbers and addresses, so that customers meet: twice in a run, on one address, known, gone, malformed. */
const party = fc.record({
  number: fc.integer({ min: 1, max: 12 }),
  name: fc.constantFrom('North', 'South', '', 'x'.repeat(300)),
  addresses: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'F', 'not an address'), { maxLength: 2 }),
  status: fc.constantFrom('active', 'active', 'inactive', 'preliminary'),
});
const parties = fc.array(party, { maxLength: 25 }).map((rows) =>
  rows.map(
    ({ number, name, addresses, status }): IDataObject =>
      customer(`Y${number}`, {
        name,
        status: status as 'active',
        emails: addresses.map((one) => (one.length === 1 ? `${one}@shared.example` : one)),
      }),
  ),
);

const decisions = ({ done, skipped, attention }: SyncRun) =>
  [...done, ...skipped, ...attention]
    .map(({ itemIndex: _, ledger: __, ...outcome }) => ({ ...outcome, mode: '' }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

test('Plan writes nothing and says exactly what Apply does; every input comes out once; then all is silent', async () => {
  const parameters = { tagsToAdd: 'Customer' };
  const options = { inactiveParties: 'archive', addresses: 'all' };
  await fc.assert(
    fc.asyncProperty(parties, parties, async (before, input) => {
      await scene.mailchimp.close();
      scene = await startScene();
      await scene.sync(before, {}, options);
      const { faults: _, requests, consentViolations } = scene.mailchimp;
      requests.clear();
      const plan = await scene.sync(input, { ...parameters, mode: 'plan' }, options);
      expect(scene.mailchimp.writeRequests()).toEqual([]);
      const apply = await scene.sync(input, parameters, options);
      expect(decisions(apply)).toEqual(decisions(plan));
      expect(decisions(apply)).toHaveLength(input.length);
      expect(plan.done.flatMap(({ ledger }) => ledger)).toEqual([]);
      requests.clear();
      expect((await scene.sync(input, parameters, options)).done).toEqual([]);
      expect(scene.mailchimp.writeRequests()).toEqual([]);
      expect(consentViolations).toEqual([]);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('every output item leads back to its input item', async () => {
  const input = [customer('Y1'), {}, customer('Y2', { emails: [] }), { not: 'a party' }, customer('Y4')];
  const { outputs } = await scene.sync(input);
  expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
    [{ item: 0 }, { item: 4 }],
    [{ item: 2 }],
    [{ item: 3 }],
  ]);
});

test('Plan names the merge fields that Apply adds, and adds none', async () => {
  const newMergeFields = { field: [{ tag: 'CREDIT', type: 'number', value: '12.5' }] };
  const { hints } = await scene.sync([customer('Y1')], { newMergeFields, mode: 'plan' });
  expect(hints).toEqual(['Planned, nothing written: read 1, create 1; Apply adds the merge fields CREDIT']);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test('one address of several customers is one contact with all their numbers, in any order of the input', async () => {
  const shared = { emails: ['Office@shared.example'] };
  const input = [
    customer('Y3', shared),
    customer('Y1', shared),
    customer('Y2', { emails: ['office@shared.example'] }),
  ];
  const { done, skipped } = await scene.sync(input);
  expect(done.map(({ number }) => number)).toEqual(['Y1']);
  expect(skipped.map(({ number, reason }) => [number, reason])).toEqual([
    ['Y3', 'shared-address'],
    ['Y2', 'shared-address'],
  ]);
  expect(Object.values(scene.state())).toEqual([['subscribed', 'Name Y1', 'Y1,Y2,Y3']]);
  scene.mailchimp.requests.clear();
  expect((await scene.sync([...input].reverse())).done).toEqual([]);
  expect((await scene.sync([input[0]!])).done).toEqual([]);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});
