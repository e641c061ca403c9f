import { join } from 'node:path';
import { composeParty } from '../../connectors/infor/bod/compose.ts';
import { PUSH_TEMPLATE, readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import type { Party } from '../../sync/party.ts';
import { until } from './circle.mts';
import { joinAtRest } from './join.mts';
import { addReplayLogin, replayIn } from './replaying.mts';

/** Template 05, imported unchanged and published: ION pushes to a real n8n. */

const LOGIN = { user: 'ion', password: 'a long secret of its own' };
const basic = (password = LOGIN.password): string =>
  `Basic ${Buffer.from(`${LOGIN.user}:${password}`).toString('base64')}`;

let lab: Lab;
let base: string;
let documents = 0;
const members = () => [...lab.world.audience.members.values()];

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-push'), seed: 3, customers: 5 });
  await lab.api.createCredential({ name: 'ION push account', type: 'httpBasicAuth', data: LOGIN });
  const workflow = await lab.api.importWorkflow(readTemplate(PUSH_TEMPLATE));
  const hook = workflow.nodes.find(({ name }) => name === 'When ION Pushes') as { webhookId?: string };
  base = `${lab.n8n.url}/webhook/${hook.webhookId}`;
  await lab.api.publish(workflow);
  await until('n8n answers ION', async () => (await call('GET', '/service/ping')).status === 200);
});
afterAll(() => lab?.stop());

const call = (method: string, path: string, headers = {}, body?: FormData | string): Promise<Response> =>
  fetch(base + path, { method, headers: { authorization: basic(), ...headers }, ...(body ? { body } : {}) });

const partyNamed = (number: string, name: string, email: string): Party => ({
  ...{ kind: 'customer', number, name, emails: [email], phone: '', taxId: '', language: 'GB' },
  address: { line1: '', line2: '', city: 'Lyon', state: '', postalCode: '', country: 'FR' },
  ...{
    status: 'active',
    financialStatus: 'unknown',
    parentNumber: '',
    payerNumber: '',
    groupNumber: '',
    modifiedAt: '',
    raw: {},
  },
});

const bodOf = (party: Party, creationDateTime: string, bodId = `infor-nid:ACME_DEM:${++documents}`): string =>
  composeParty(
    {
      ...{ verb: 'Sync', noun: 'CustomerPartyMaster', bodId, creationDateTime, tenantId: 'ACME_DEM' },
      ...{ fromLogicalId: 'lid://infor.m3.m3', accountingEntityId: '100_AAA' },
    },
    party,
  );

function push(xml: string, version = 'v2', headers = {}): Promise<Response> {
  const form = new FormData();
  const parameters = { documentName: 'Sync.CustomerPartyMaster', messageId: String(documents) };
  form.set('ParameterRequest', new Blob([JSON.stringify(parameters)], { type: 'application/json' }), 'p');
  form.set('MessagePayload', new Blob([xml], { type: 'application/octet-stream' }), 'MessagePayload');
  return call('POST', `/service/${version}/multipartMessage`, { 'x-tenantid': 'ACME_DEM', ...headers }, form);
}

const named = (name: string) => members().filter(({ mergeFields }) => mergeFields.COMPANY === name);

test('ION’s questions are answered', async () => {
  expect(await (await call('GET', '/service/versions')).json()).toEqual({ versions: ['v2', 'v3'] });
  expect((await call('GET', '/service/protocol')).status).toBe(200);
  const discovery = await call('POST', '/service/v2/discovery', { 'content-type': 'application/json' }, '{}');
  expect(await discovery.json()).toEqual({ documents: [{ documentName: 'Sync.CustomerPartyMaster' }] });
});

test('customers pushed at once become contacts, though each run finds no ledger yet', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Crowd ${i}`);
  const answers = await Promise.all(
    names.map((name, i) =>
      push(bodOf(partyNamed(`C${i}`, name, `c${i}@push.example`), '2026-02-01T09:00:00Z')),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  await until('all of them are contacts', () => names.every((name) => named(name).length === 1));
});

test('a pushed customer becomes a contact, by multipart of either version and by plain XML', async () => {
  const at = '2026-02-01T10:00:00Z';
  const before = members().length;
  expect((await push(bodOf(partyNamed('B1', 'Été & Fils', 'b1@push.example'), at))).status).toBe(201);
  expect((await push(bodOf(partyNamed('B2', 'Second', 'b2@push.example'), at), 'v3')).status).toBe(201);
  const xml = bodOf(partyNamed('B3', 'Third', 'b3@push.example'), at);
  expect((await call('POST', '/bod', { 'content-type': 'application/xml' }, xml)).status).toBe(200);
  await until('all three are contacts', () => members().length === before + 3);
  expect(named('Été & Fils')).toMatchObject([{ email: 'b1@push.example', status: 'transactional' }]);
});

test('a repeated document and an older version change nothing, a newer one does', async () => {
  const party = partyNamed('B1', 'New Name', 'b1@push.example');
  const newer = bodOf(party, '2026-02-03T10:00:00Z', 'infor-nid:ACME_DEM:new');
  expect((await push(newer)).status).toBe(201);
  await until('the contact has its new name', () => named('New Name').length === 1);
  const writes = lab.world.mailchimp.writes.length;
  expect((await push(newer)).status).toBe(201);
  expect(
    (await push(bodOf(partyNamed('B1', 'Old Name', 'b1@push.example'), '2026-02-02T10:00:00Z'))).status,
  ).toBe(201);
  expect(
    (await push(bodOf(partyNamed('B4', 'Fourth', 'b4@push.example'), '2026-02-03T10:00:00Z'))).status,
  ).toBe(201);
  await until('a later document has been worked on', () => named('Fourth').length === 1);
  expect(named('Old Name')).toEqual([]);
  expect(lab.world.mailchimp.writes.length - writes).toBeLessThanOrEqual(2);
});

test('nobody else is let in, and nothing malformed starts anything', async () => {
  const xml = bodOf(partyNamed('B9', 'Forged', 'b9@push.example'), '2026-03-01T10:00:00Z');
  for (const authorization of ['', basic('wrong'), basic(''), 'Bearer x', basic(`${LOGIN.password} `)])
    expect((await push(xml, 'v2', { authorization })).status).toBe(401);
  for (const bad of ['<a', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<SyncCustomerPartyMaster/>', ''])
    expect([400, 415, 422]).toContain(
      (await call('POST', '/bod', { 'content-type': 'text/xml' }, bad)).status,
    );
  expect((await call('POST', '/bod', { 'content-type': 'image/png' }, xml)).status).toBe(415);
  expect(named('Forged')).toEqual([]);
});

const rowsOf = async (number: string) =>
  (await lab.api.tableRows('infor_mailchimp_ledger'))
    .filter(({ recordNumber, kind }) => recordNumber === number && kind !== 'note' && kind !== 'run')
    .map(({ status, attempts }) => `${String(status)} ${String(attempts)}`);

test('a pushed customer that Mailchimp refused is replayed as M3 knows it now, and once', async () => {
  const at = '2026-04-01T10:00:00Z';
  const body = { title: 'Invalid Resource', status: 400, detail: 'No.' };
  lab.world.mailchimp.faults.add({ kind: 'answer', method: 'PUT', status: 400, body, times: 1_000 });
  lab.world.ion.m3.addCustomer({ CUNO: 'B7', CUNM: 'Seventh of Now', MAIL: 'b7@push.example', PYNO: '' });
  for (const number of ['B7', 'B8'])
    await push(bodOf(partyNamed(number, 'Then', `${number.toLowerCase()}@push.example`), at));
  await until('both are told', async () => (await rowsOf('B7')).length + (await rowsOf('B8')).length === 2);
  expect([await rowsOf('B7'), await rowsOf('B8')]).toEqual([['quarantined 1'], ['quarantined 1']]);
  await push(bodOf(partyNamed('B7', 'Then', 'b7@push.example'), '2026-04-02T10:00:00Z'));
  await until('it is tried again', async () => (await rowsOf('B7')).join() !== 'quarantined 1');
  expect(await rowsOf('B7')).toEqual(['quarantined 2']);
  lab.world.mailchimp.faults.clear();
  await addReplayLogin(lab);
  await replayIn(lab, {});
  expect(named('Seventh of Now')).toMatchObject([{ email: 'b7@push.example' }]);
  expect((await rowsOf('B7')).filter((row) => !/^(applied|superseded)/.test(row))).toEqual([]);
  // M3 does not know the other one: that counts as an attempt.
  expect(await rowsOf('B8')).toEqual(['failed 2']);
  const writes = lab.world.mailchimp.writes.length;
  await replayIn(lab, {});
  expect(lab.world.mailchimp.writes).toHaveLength(writes);
  expect(named('Then')).toEqual([]);
});

test('every write is in the ledger, and every row is a write', async () => {
  expect(await joinAtRest(lab)).toMatchObject({ untold: [], unmade: [] });
});
