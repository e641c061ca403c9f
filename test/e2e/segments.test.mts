import { join } from 'node:path';
import { readTemplate, SEGMENTS_TEMPLATE } from '../../sandbox/lab.mts';
import { itemsOf, type Execution } from '../../sandbox/n8n/execution.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { startCircle, type Circle } from './circle.mts';
import { joinAtRest } from './join.mts';

/** Template 08, imported unchanged, beside 01, 02 and 03 in a real n8n. The tests build on each other in their order. */
let circle: Circle;
let standing: StoredWorkflow;

const CUSTOMERS = 80;
const NUMBER = 'Y99001';
const EMAIL = 'anna@standing.example';

const world = () => circle.lab.world;
const list = () => world().audience.id;
const member = () => world().mailchimp.audiences.member(list(), EMAIL)!;
const tagsNow = () =>
  [...member().tags.keys()]
    .map((id) => world().audience.segments.get(id)!.name)
    .filter((name) => name.startsWith('Account: '));
const segments = () =>
  [...world().audience.segments.values()].filter(({ rule }) => rule).map(({ name }) => name);
const counts = () => [
  world().mailchimp.writes.length,
  world().mailchimp.audienceWrites.length,
  world().ion.writes.length,
];
const ledger = () => circle.lab.api.tableRows('infor_mailchimp_ledger');

/** Segment → who would be in it, as the node counts. */
const previews = (execution: Execution) =>
  Object.fromEntries(
    itemsOf(execution, 'Ensure Segments').map(({ name, previewCount }) => [name, previewCount]),
  );
let planning: StoredWorkflow;
let planned: Record<string, unknown>;

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-segments'), seed: 21, customers: CUSTOMERS });
  world().ion.m3.addCustomer({ CUNO: NUMBER, CUNM: 'Standing AB', MAIL: EMAIL, PYNO: '', CUST: '' });
  standing = await circle.lab.api.importWorkflow(readTemplate(SEGMENTS_TEMPLATE));
  await circle.run(circle.toAudience);
  for (const { email } of world().audience.members.values())
    if (email !== EMAIL) world().mailchimp.audiences.resubscribe(list(), email);
  await circle.listen();
});
afterAll(() => circle?.lab.stop());

test('with both modes at Plan it writes nothing, and says of an audience without the fields who would be in', async () => {
  const file = readTemplate(SEGMENTS_TEMPLATE);
  for (const { parameters } of file.nodes) if (parameters.mode === 'apply') parameters.mode = 'plan';
  const before = counts();
  planning = await circle.lab.api.importWorkflow({ ...file, name: 'A plan' });
  planned = previews(await circle.run(planning));
  expect(counts()).toEqual(before);
  expect(Object.keys(planned)).toHaveLength(5);
  expect(planned['Active Customers']).toBeGreaterThan(0);
  expect(planned['Delinquent Customers']).toBeGreaterThan(0);
  expect((await ledger()).filter(({ workflowId }) => workflowId === planning.id)).toMatchObject([
    { kind: 'run', status: 'skipped', reason: 'planned' },
  ]);
});

test('template 08 gives contacts the status of their customers, and the audience its segments', async () => {
  const contacts = world().audience.members.size;
  expect(previews(await circle.run(standing))).toEqual(planned);
  expect(member().mergeFields).toMatchObject({ FINSTATUS: 'Dormant', ACCTGROUP: NUMBER });
  expect(tagsNow()).toEqual(['Account: Dormant']);
  expect(segments().sort()).toEqual([
    'Active Customers',
    'Customers on Hold',
    'Customers to Leave in Peace',
    'Delinquent Customers',
    'Dormant Customers',
  ]);
  expect(world().audience.members.size).toBe(contacts);
});

test('a second run writes nothing', async () => {
  const before = counts();
  await circle.run(standing);
  expect(counts()).toEqual(before);
});

test('a credit stop changes one contact and nothing else', async () => {
  const before = counts();
  world().ion.m3.changeCustomer(NUMBER, { BLCD: '1' });
  await circle.run(standing);
  expect(member().mergeFields).toMatchObject({ FINSTATUS: 'On Hold' });
  expect(tagsNow()).toEqual(['Account: On Hold']);
  const written = world().mailchimp.writes.slice(before[0]);
  expect(new Set(written.map(({ email }) => email))).toEqual(new Set([EMAIL]));
  expect(counts().slice(1)).toEqual(before.slice(1));
});

test('every write of both systems is in the ledger, and every row is a write', async () => {
  world().mailchimp.audiences.resubscribe(list(), EMAIL);
  await circle.settled();
  world().mailchimp.audiences.unsubscribe(list(), EMAIL);
  await circle.settled();
  await circle.run(circle.sweep);
  const joined = await joinAtRest(circle.lab);
  expect({ untold: joined.untold, unmade: joined.unmade }).toEqual({ untold: [], unmade: [] });
  expect(joined.writes).toBeGreaterThan(CUSTOMERS);
  expect(world().mailchimp.consentViolations).toEqual([]);
});

test('every row leads to an execution that n8n knows, and names no person', async () => {
  const rows = await ledger();
  const { api, n8n } = circle.lab;
  const known = new Set<string>();
  for (const workflow of [circle.toAudience, circle.toCustomers, circle.sweep, planning, standing])
    for (const { id } of await api.executionsOf(workflow))
      known.add(`${n8n.url}/workflow/${workflow.id}/executions/${id}`);
  expect(rows.filter(({ link }) => !known.has(String(link))).map(({ link }) => link)).toEqual([]);
  expect(JSON.stringify(rows)).not.toMatch(/@|Standing AB/);
});
