import { join } from 'node:path';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { startCircle, type Circle } from './circle.mts';

/** Mailchimp gave up on a thousand events, as after an outage of 80 minutes. */
const LOST = 1000;

let circle: Circle;
const world = () => circle.lab.world;
const members = () => [...world().audience.members.values()];
const reads = (): number =>
  world().mailchimp.requests.all.filter(
    ({ method, path }) => method === 'GET' && /\/lists\/[^/]+\/members$/.test(path),
  ).length;

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-sweep'), seed: 23, customers: 1400 });
  await circle.run(circle.toAudience);
  await circle.run(circle.sweep);
});
afterAll(() => circle?.lab.stop());

/** Each customer that keeps a contact, with what it keeps and what is so. */
const preferences = (): Array<[kept: string | undefined, is: string]> =>
  members().flatMap(({ mergeFields, status }) =>
    String(mergeFields.CUSTNO)
      .split(',')
      .map((number): [string | undefined, string] => [circle.reference(number)?.A030, status]),
  );

test('1,000 lost events are all restored, in at most two reads more than the one that it takes', async () => {
  world().mailchimp.webhooks.mode = 'off';
  const lost = members().slice(0, LOST);
  expect(lost).toHaveLength(LOST);
  for (const { email } of lost) world().mailchimp.audiences.unsubscribe(world().audience.id, email);
  const before = reads();
  await circle.run(circle.sweep);
  expect(reads() - before).toBeLessThanOrEqual(1 + 2);
  expect(preferences().filter(([kept, is]) => kept !== is)).toEqual([]);
  expect(preferences().filter(([kept]) => kept === 'unsubscribed').length).toBeGreaterThanOrEqual(LOST);
});

test('each customer has its row in the ledger', async () => {
  const rows = await circle.lab.api.tableRows('infor_mailchimp_ledger');
  const told = rows.filter(
    ({ kind, flow }) => kind === 'crossReference' && String(flow).startsWith('contacts of'),
  );
  expect(told.length).toBeGreaterThanOrEqual(LOST);
  expect(told.every(({ status }) => status === 'applied')).toBe(true);
});

test('the next sweep writes nothing', async () => {
  const before = [world().mailchimp.writes.length, world().ion.writes.length];
  await circle.run(circle.sweep);
  expect([world().mailchimp.writes.length, world().ion.writes.length]).toEqual(before);
});

test('a customer whose write failed is told with the next sweep, in its old ledger row', async () => {
  const { audiences } = world().mailchimp;
  const one = members().find(({ status, mergeFields }) => status === 'transactional' && mergeFields.CUSTNO)!;
  const number = String(one.mergeFields.CUSTNO);
  audiences.resubscribe(world().audience.id, one.email);
  const isWrite = ({ url, body }: { url: string; body: unknown }): boolean =>
    /(Chg|Add)Field/.test(url + JSON.stringify(body ?? ''));
  world().ion.faults.add({ kind: 'answer', status: 503, times: 99, where: isWrite });
  await circle.run(circle.sweep);
  expect(world().ion.faults.struck).toBeGreaterThan(0);
  world().ion.faults.clear();
  const failed = (await circle.lab.api.tableRows('infor_mailchimp_ledger')).filter(
    ({ recordNumber, status }) => recordNumber === number && status === 'failed',
  );
  expect(failed.length).toBeGreaterThan(0);
  await circle.run(circle.sweep);
  expect(circle.reference(number)).toMatchObject({ A030: 'subscribed' });
  const rows = await circle.lab.api.tableRows('infor_mailchimp_ledger');
  expect(rows.filter(({ recordNumber, status }) => recordNumber === number && status === 'failed')).toEqual(
    [],
  );
});
