import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { memberId, type Audience } from '../../sandbox/mailchimp/model.mts';
import { forAudience, httpRequestWorkflow } from './workflows.mts';

/** One n8n for the whole file; the tests build on each other in their order, as days in the life of an installation. */
let lab: Lab;
let workflow: StoredWorkflow;

const CUSTOMERS = 300;
const ledger = () => lab.api.tableRows('infor_mailchimp_ledger');
const cursor = async () => (await lab.api.tableRows('infor_mailchimp_cursor'))[0];
const membersOf = (audience: Audience) => [...audience.members.values()];
const members = () => membersOf(lab.world.audience);
const idsOf = (audience: Audience): string[] =>
  membersOf(audience)
    .map(({ email }) => memberId(email))
    .sort();
const ionFile = () =>
  JSON.parse(String(lab.world.credentials[0]!.data.ionApiSecretFile)) as Record<string, string>;
const secrets = (): string[] => {
  const { cs, saak, sask } = ionFile();
  return [cs!, saak!, sask!, lab.world.mailchimp.apiKey];
};

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e'), seed: 7, customers: CUSTOMERS });
  workflow = await lab.api.importWorkflow(readTemplate());
});
afterAll(() => lab?.stop());

test('both credentials test green', async () => {
  for (const credential of lab.credentials) {
    expect(await lab.api.testCredential(credential)).toMatchObject({ status: 'OK' });
  }
});

test('n8n linked the template’s credentials by their names, nothing was edited', () => {
  const linked = workflow.nodes.flatMap((node) => Object.values(node.credentials ?? {}));
  expect(linked).toHaveLength(5);
  expect(linked.map(({ id }) => id).every((id) => lab.credentials.some((known) => known.id === id))).toBe(
    true,
  );
});

test('the HTTP Request node can use the Infor login as a predefined credential', async () => {
  const [credential] = lab.credentials;
  const { iu, ti } = ionFile();
  const url = `${iu}/${ti}/M3/m3api-rest/v2/execute/GENERAL/GetServerTime`;
  const stored = await lab.api.importWorkflow(httpRequestWorkflow(url, credential!));
  const execution = await lab.api.run(stored, 'Start');
  expect(errorOf(execution)).toBe('');
  expect(JSON.stringify(itemsOf(execution, 'Call'))).toMatch(/GetServerTime|DATE|TIME/);
});

test('the first run brings every customer with a good address into the audience', async () => {
  const execution = await lab.api.run(workflow, 'Run Now', 280_000);
  expect(errorOf(execution)).toBe('');
  expect(itemsOf(execution, 'Get Changed Customers')).toHaveLength(CUSTOMERS);
  const outcomes = [0, 1, 2].flatMap((output) => itemsOf(execution, 'Sync Contacts', output));
  expect(outcomes).toHaveLength(CUSTOMERS);
  const created = itemsOf(execution, 'Sync Contacts', 0).flatMap(({ memberIds }) => memberIds as string[]);
  expect(idsOf(lab.world.audience)).toEqual([...new Set(created)].sort());
  expect(members().every(({ status }) => status === 'transactional')).toBe(true);
  expect(lab.world.mailchimp.consentViolations).toEqual([]);
});

test('it left a ledger row for each effect and a cursor, and neither names a person', async () => {
  const rows = await ledger();
  const creates = rows.filter(({ kind }) => kind === 'create');
  expect(creates.map((row) => row.memberId).sort()).toEqual(idsOf(lab.world.audience));
  expect(creates.every(({ status }) => status === 'applied')).toBe(true);
  expect(await cursor()).toMatchObject({ flow: workflow.id, cursor: expect.stringMatching(/./) });
  const text = JSON.stringify(rows).toLowerCase();
  expect(members().filter(({ email }) => text.includes(email.toLowerCase()))).toEqual([]);
});

test('a second run without changes writes nothing', async () => {
  const before = lab.world.mailchimp.writeRequests().length;
  const execution = await lab.api.run(workflow, 'Run Now');
  expect(errorOf(execution)).toBe('');
  expect(lab.world.mailchimp.writeRequests().length - before).toBe(0);
});

test('a failed record comes again; one that cannot be read counts as an attempt and stops nobody', async () => {
  const known = (await ledger()).find(({ kind }) => kind === 'create')!;
  const failed = { flow: workflow.id, kind: 'update', status: 'failed', reason: 'mailchimp-unavailable' };
  await lab.api.insertRows('infor_mailchimp_ledger', [
    { ...failed, effectKey: 'update:test:known', recordNumber: known.recordNumber, attempts: 1 },
    { ...failed, effectKey: 'update:test:gone', recordNumber: 'NOBODY', attempts: 4 },
  ]);
  const execution = await lab.api.run(workflow, 'Run Now');
  expect(errorOf(execution)).toBe('');
  const rows = new Map((await ledger()).map((row) => [row.effectKey, row]));
  expect(rows.get('update:test:known')).toMatchObject({ status: 'superseded' });
  expect(rows.get('update:test:gone')).toMatchObject({ status: 'quarantined', attempts: 5 });
});

test('n8n killed in the middle of a run: the next run finishes it, nothing lost, nothing doubled', async () => {
  const { mailchimp, audience: first } = lab.world;
  const audience = mailchimp.audiences.create({ name: 'After a power cut' });
  const again = await lab.api.importWorkflow(forAudience(readTemplate(), audience.name, audience.id));
  const requests = mailchimp.writeRequests().length;
  const writes = mailchimp.writes.length;
  mailchimp.settings.latencyMs = 300;
  await lab.api.start(again, 'Run Now');
  while (mailchimp.writeRequests().length === requests) await pause(5);
  await lab.n8n.kill();
  mailchimp.settings.latencyMs = 0;
  await lab.restart();
  const execution = await lab.api.run(again, 'Run Now', 280_000);
  expect(errorOf(execution)).toBe('');
  expect(idsOf(audience)).toEqual(idsOf(first));
  const created = mailchimp.writes.slice(writes).filter(({ action }) => action === 'create');
  expect(created.map(({ id }) => id).sort()).toEqual(idsOf(first));
  expect(mailchimp.consentViolations).toEqual([]);
});

test('no secret and no address is in n8n’s log', async () => {
  const log = readFileSync(lab.n8n.logFile, 'utf8');
  expect(secrets().filter((secret) => log.includes(secret))).toEqual([]);
  expect(members().filter(({ email }) => log.includes(email))).toEqual([]);
});
