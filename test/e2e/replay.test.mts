import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ERRORS_TEMPLATE, EVENTS_TEMPLATE, readTemplate, REPLAY_TEMPLATE } from '../../sandbox/lab.mts';
import type { StoredWorkflow, WorkflowFile } from '../../sandbox/n8n/rest.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { startCircle, until, type Circle } from './circle.mts';
import { addReplayLogin, LOGIN, refuseReferences, replayIn, type Wish } from './replaying.mts';

/** Templates 10 and 11 beside 01 and 02 in a real n8n. The tests build on each other in their order. */
let circle: Circle;
let server: Server;
const notified: string[] = [];
/** Whose event met an Infor that refuses. */
let failing = '';

const NUMBER = 'Y99001';
const EMAIL = 'anna@replay.example';

const world = () => circle.lab.world;
const api = () => circle.lab.api;
const list = () => world().audience.id;
const member = (email = EMAIL) => world().mailchimp.audiences.member(list(), email);
const ledger = async (fits: (row: Record<string, unknown>) => boolean) =>
  (await api().tableRows('infor_mailchimp_ledger')).filter(fits);
const rowsOfAnna = () => ledger(({ recordNumber, kind }) => recordNumber === NUMBER && kind === 'create');
const counts = () => world().mailchimp.writes.length + world().ion.writes.length;
const puts = () =>
  world().mailchimp.requests.all.filter(
    ({ method, path }) => method === 'PUT' && path.includes(memberId(EMAIL)),
  ).length;

const replay = (wish: Wish = {}) => replayIn(circle.lab, wish);

/** Mailchimp refuses this one contact, whatever is asked. */
function refuseAnna(status = 400): void {
  const body = { title: 'Invalid Resource', status, detail: 'No.' };
  const path = new RegExp(`/members/${memberId(EMAIL)}`);
  world().mailchimp.faults.add({ kind: 'answer', method: 'PUT', path, status, body, times: 1_000 });
}

async function published(file: WorkflowFile): Promise<StoredWorkflow> {
  const workflow = await api().importWorkflow(file);
  await api().publish(workflow);
  return workflow;
}

/** The rows of template 02. */
const told = (status: string) =>
  ledger((row) => String(row.flow).startsWith('contacts of') && row.status === status);

/** A person unsubscribes while Infor writes nothing. */
async function failToTell(email: string): Promise<void> {
  refuseReferences(circle.lab);
  world().mailchimp.audiences.unsubscribe(list(), email);
  await until('the event has failed', async () => (await told('failed')).length > 0);
  world().ion.faults.clear();
}

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-replay'), seed: 31, customers: 20 });
  await addReplayLogin(circle.lab);
  await api().publish(circle.toAudience);
  await circle.run(circle.toAudience);
  world().ion.m3.addCustomer({ CUNO: NUMBER, CUNM: 'Replay AB', MAIL: EMAIL, PYNO: '' });
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      notified.push(text);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server?.close();
  await circle?.lab.stop();
});

test('a record that Mailchimp refuses is quarantined, and is tried five times in its life', async () => {
  refuseAnna();
  await circle.run(circle.toAudience);
  expect(await rowsOfAnna()).toMatchObject([{ status: 'quarantined', attempts: 1 }]);
  for (let i = 0; i < 7; i += 1) await replay({ record: NUMBER });
  expect(await rowsOfAnna()).toMatchObject([{ status: 'quarantined', attempts: 5 }]);
  expect(puts()).toBe(5);
});

test('a person re-arms it, and the record of now is written, not that of then', async () => {
  world().mailchimp.faults.clear();
  world().ion.m3.changeCustomer(NUMBER, { CUNM: 'Replay and Sons AB' });
  await replay({ record: NUMBER, rearm: 'yes' });
  expect(member()).toMatchObject({ mergeFields: { COMPANY: 'Replay and Sons AB', CUSTNO: NUMBER } });
  const open = await ledger(
    ({ recordNumber, status }) =>
      recordNumber === NUMBER && ['failed', 'quarantined'].includes(String(status)),
  );
  expect(open).toEqual([]);
});

test('replaying everything of the day again writes nothing', async () => {
  const before = counts();
  const day = new Date().toISOString().slice(0, 10);
  await replay({ day });
  await replay();
  expect(counts()).toBe(before);
});

test('only what fits the wish is opened again', async () => {
  refuseAnna();
  world().ion.m3.changeCustomer(NUMBER, { CUNM: 'Third AB' });
  await circle.run(circle.toAudience);
  const quarantined = () => ledger(({ status }) => status === 'quarantined');
  const before = await quarantined();
  expect(before.length).toBeGreaterThan(0);
  for (const wish of [{ record: 'Y00000' }, { day: '2020-01-01' }, { reason: 'no-such' }, { flow: 'none' }])
    await replay(wish);
  expect(await quarantined()).toEqual(before);
});

test('the form takes a wish from who may, and from nobody else', async () => {
  const workflow = await published(readTemplate(REPLAY_TEMPLATE));
  const { webhookId } = workflow.nodes.find(({ name }) => name === 'Ask for a Replay') as {
    webhookId?: string;
  };
  const address = `${circle.lab.n8n.url}/form/${webhookId}`;
  const authorization = `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`;
  const send = (headers: Record<string, string>): Promise<Response> => {
    const body = new FormData();
    ['', '', '', ` ${NUMBER} `, 'no'].forEach((value, i) => body.set(`field-${i}`, value));
    return fetch(address, { method: 'POST', headers, body });
  };
  await until('the form is there', async () => (await fetch(address, { headers: { authorization } })).ok);
  world().mailchimp.faults.clear();
  for (const headers of [{}, { authorization: `${authorization}x` }] as Array<Record<string, string>>) {
    expect((await fetch(address, { headers })).status).toBe(401);
    expect((await send(headers)).status).toBe(401);
  }
  expect(await api().executionsOf(workflow)).toEqual([]);
  expect((await send({ authorization })).ok).toBe(true);
  await until(
    'the customer is in the audience as it is now',
    () => member()!.mergeFields.COMPANY === 'Third AB',
  );
});

test('a failed execution becomes one row and one notification, without a word of the error', async () => {
  const file = readTemplate(ERRORS_TEMPLATE);
  const settings = file.nodes.find(({ name }) => name === 'Settings') as unknown as {
    parameters?: { assignments: { assignments: Array<{ value: string }> } };
  };
  settings.parameters!.assignments.assignments[0]!.value = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const handler = await published(file);
  const events = await published({
    ...readTemplate(EVENTS_TEMPLATE),
    settings: { executionOrder: 'v1', errorWorkflow: handler.id },
  } as WorkflowFile);
  await until('the webhook is registered', () => world().mailchimp.webhooks.of(list()).length > 0);
  world().ion.faults.add({ kind: 'answer', status: 403, body: {}, times: 1_000 });
  const someone = [...world().audience.members.values()].find(({ status }) => status !== 'archived')!;
  world().mailchimp.audiences.resubscribe(list(), someone.email);
  await until('the notification has come', () => notified.length > 0);
  world().ion.faults.clear();
  failing = someone.email;
  const rows = await ledger(({ kind }) => kind === 'execution');
  expect(rows).toMatchObject([
    { status: 'failed', source: 'node Apply Contact Changes', workflowId: events.id },
  ]);
  expect(String(rows[0]!.reason)).toMatch(/^[A-Z0-9_]+$/);
  expect(String(rows[0]!.link)).toContain(`/workflow/${events.id}/executions/`);
  expect(notified).toHaveLength(1);
  expect(notified[0]).not.toMatch(/@/);
  expect(JSON.stringify(rows)).not.toMatch(/@/);
});

test('what an event could not write is written by a replay, from the contact as it is now', async () => {
  const preference = (): string =>
    circle.reference(String(member(failing)!.mergeFields.CUSTNO).split(',')[0]!.trim())?.A030 ?? '';
  await failToTell(failing);
  expect(preference()).not.toBe('unsubscribed');
  await replay({ flow: `contacts of ${list()}` });
  expect(preference()).toBe('unsubscribed');
  expect(await told('failed')).toEqual([]);
});

test('a contact that cannot be read counts as an attempt, and rests after five', async () => {
  const someone = [...world().audience.members.values()].find(
    ({ status, email, mergeFields }) => status !== 'archived' && email !== failing && mergeFields.CUSTNO,
  )!;
  await failToTell(someone.email);
  const path = new RegExp(`/members/${memberId(someone.email)}`);
  const body = { title: 'Forbidden', status: 403, detail: 'No.' };
  world().mailchimp.faults.add({ kind: 'answer', method: 'GET', path, status: 403, body, times: 1_000 });
  for (let i = 0; i < 6; i += 1) await replay({ flow: `contacts of ${list()}` });
  expect(await told('failed')).toEqual([]);
  expect(await told('quarantined')).toMatchObject([{ attempts: 5 }]);
});
