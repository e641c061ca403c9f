import { composeParty } from '../../../connectors/infor/bod/compose.ts';
import { InforBodTrigger } from '../../../nodes/InforBodTrigger/InforBodTrigger.node.ts';
import { Random } from '../../../sandbox/kit/random.mts';
import type { Party } from '../../../sync/party.ts';
import { startTrigger, type TriggerServer } from '../../support/trigger.mts';

const LOGIN = { user: 'ion', password: 'a long secret of its own' };
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const RIGHT = basic(LOGIN.user, LOGIN.password);

let server: TriggerServer;
const start = async (parameters = {}): Promise<void> => {
  server = await startTrigger(new InforBodTrigger(), {
    type: 'inforBodTrigger',
    parameters: { authentication: 'basicAuth', nouns: 'CustomerPartyMaster', verbs: ['Sync'], ...parameters },
    credentials: { httpBasicAuth: { ...LOGIN }, httpHeaderAuth: { name: 'x-key', value: LOGIN.password } },
  });
};
afterEach(() => server.close());

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url.replace(/\/bod$/, '') + '/bod', {
    method: 'POST',
    headers: { 'content-type': 'application/xml', authorization: RIGHT, ...headers },
    body,
  });

const party = (number: string, name: string): Party => ({
  ...{ kind: 'customer', number, name, emails: [`${number}@x.example`], phone: '', taxId: '', language: '' },
  address: { line1: '', line2: '', city: '', state: '', postalCode: '', country: '' },
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

const bodOf = (number: string, version: number, verb = 'Sync', noun = 'CustomerPartyMaster'): string =>
  composeParty(
    {
      ...{ verb, noun, bodId: `id:${number}:${version}`, fromLogicalId: 'lid://infor.m3.m3', tenantId: 'T' },
      ...{
        creationDateTime: new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString(),
        accountingEntityId: '',
      },
    },
    party(number, `Version ${version}`),
  );

test('1,000 deliveries, doubled and in any order, end in the newest state of each, no document twice', async () => {
  await start();
  const random = new Random(7);
  const documents = Array.from({ length: 20 }, (_, n) =>
    Array.from({ length: 25 }, (_unused, version) => bodOf(`Y${n}`, version)),
  ).flat();
  const deliveries = [...documents, ...documents].map((xml) => ({ xml, at: random.next() }));
  for (const { xml } of deliveries.sort((a, b) => a.at - b.at)) expect((await post(xml)).status).toBe(200);
  const runs = server.runs.flat() as Array<{ number: string; name: string }>;
  const last = new Map(runs.map(({ number, name }) => [number, name]));
  expect([...last.values()].every((name) => name === 'Version 24')).toBe(true);
  expect(last.size).toBe(20);
  expect(new Set(runs.map(({ number, name }) => `${number} ${name}`)).size).toBe(runs.length);
}, 60_000);

test('2,000 posts that are not quite the right ones start nothing', async () => {
  await start();
  const random = new Random(11);
  for (let n = 0; n < 2000; n++) {
    const at = random.int(0, RIGHT.length - 1);
    const sign = String.fromCharCode(random.int(33, 126));
    const near = RIGHT.slice(0, at) + sign + RIGHT.slice(at + random.int(0, 1));
    if (near.replace(/^basic /i, '') === RIGHT.replace(/^Basic /, '')) continue;
    expect((await post('<a/>', { authorization: near })).status).toBe(401);
  }
  expect(server.runs).toEqual([]);
}, 60_000);

test.each([
  ['no XML', 'hello', 400],
  ['a bomb of entities', '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>', 400],
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', 400],
  ['no BOD', '<html><body/></html>', 400],
  ['more than 5 MB', `<a>${'x'.repeat(5 * 1024 * 1024)}</a>`, 413],
  ['another noun', bodOf('Y1', 1, 'Sync', 'ItemMaster'), 200],
  ['another verb', bodOf('Y1', 1, 'Process'), 200],
])('%s starts nothing', async (_what, body, status) => {
  await start();
  expect((await post(body)).status).toBe(status);
  expect(server.runs).toEqual([]);
});

test('another tenant, a packed body and another content type start nothing', async () => {
  await start({ options: { tenant: 'ACME_PRD' } });
  const xml = bodOf('Y1', 1);
  expect((await post(xml)).status).toBe(403);
  expect((await post(xml, { 'x-tenantid': 'ACME_DEM' })).status).toBe(403);
  const ours = { 'x-tenantid': 'ACME_PRD' };
  expect((await post(xml, { ...ours, 'content-encoding': 'gzip' })).status).toBe(415);
  expect((await post(xml, { ...ours, 'content-type': 'image/png' })).status).toBe(415);
  expect(server.runs).toEqual([]);
  expect((await post(xml, ours)).status).toBe(200);
  expect(server.runs).toHaveLength(1);
});

test('a header can be the secret instead', async () => {
  await start({ authentication: 'headerAuth' });
  expect((await post(bodOf('Y1', 1), { 'x-key': `${LOGIN.password} ` })).status).toBe(200);
  for (const key of ['', 'wrong', `${LOGIN.password}x`])
    expect((await post(bodOf('Y2', 1), { 'x-key': key })).status).toBe(401);
  expect(server.runs).toHaveLength(1);
});

test('after a restart repeats and older versions are still known, and nothing kept names a person', async () => {
  await start();
  await post(bodOf('Y1', 5));
  const stored = server.staticData();
  expect(JSON.stringify(stored)).not.toMatch(/@|Version/);
  await server.close();
  await start();
  server.restore(stored);
  await post(bodOf('Y1', 5));
  await post(bodOf('Y1', 4));
  expect(server.runs).toEqual([]);
  await post(bodOf('Y1', 6));
  expect(server.runs).toHaveLength(1);
});
