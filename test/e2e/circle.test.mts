import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EVENTS_TEMPLATE, readTemplate, startLab, SWEEP_TEMPLATE, type Lab } from '../../sandbox/lab.mts';
import { errorOf, type Execution, type StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';

/** The whole circle in one n8n; the tests build on each other in their order. */
let lab: Lab;
let toAudience: StoredWorkflow;
let toCustomers: StoredWorkflow;
let sweep: StoredWorkflow;

const CUSTOMERS = 120;
const number = 'Y99001';
const email = 'anna@circle.example';

const audiences = () => lab.world.mailchimp.audiences;
const list = () => lab.world.audience.id;
const webhooks = () => lab.world.mailchimp.webhooks;
const member = (address = email) => audiences().member(list(), address);
const reference = (customer = number) =>
  [...lab.world.ion.m3.customFields.values()].find(
    ({ FILE, PK01 }) => FILE === 'OCUSMA' && PK01 === customer,
  );
const ledger = () => lab.api.tableRows('infor_mailchimp_ledger');
const counts = () => [lab.world.mailchimp.writes.length, lab.world.ion.writes.length];

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await pause(100))
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
}

async function run(workflow: StoredWorkflow): Promise<Execution> {
  const execution = await lab.api.run(workflow, 'Run Now', 280_000);
  expect(errorOf(execution)).toBe('');
  return execution;
}

/** Mailchimp has delivered, and n8n has done all that followed: each event is one execution. */
async function settled(): Promise<void> {
  await webhooks().idle();
  const events = webhooks().deliveries.length;
  await until('n8n is idle', async () => (await lab.api.executionsOf(toCustomers)).length === events);
}

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-circle'), seed: 11, customers: CUSTOMERS });
  toAudience = await lab.api.importWorkflow(readTemplate());
  toCustomers = await lab.api.importWorkflow(readTemplate(EVENTS_TEMPLATE));
  sweep = await lab.api.importWorkflow(readTemplate(SWEEP_TEMPLATE));
});
afterAll(() => lab?.stop());

test('publishing template 02 unchanged registers one signed webhook, without the source api', async () => {
  await lab.api.publish(toCustomers);
  await until('the webhook is registered', () => webhooks().of(list()).length > 0);
  expect(webhooks().of(list())).toMatchObject([{ sources: { user: true, admin: true, api: false } }]);
  expect(webhooks().of(list())[0]!.secret).not.toBe('');
});

test('a customer made in M3 appears in the audience, and carries the contact’s id', async () => {
  lab.world.ion.m3.addCustomer({ CUNO: number, CUNM: 'Circle AB', MAIL: email });
  await run(toAudience);
  expect(member()).toMatchObject({ status: 'transactional', mergeFields: { CUSTNO: number } });
  expect(reference()).toMatchObject({ A030: 'transactional', A121: member()!.contactId });
});

test('an unsubscription reaches the customer within one webhook', async () => {
  audiences().resubscribe(list(), email);
  await settled();
  expect(reference()).toMatchObject({ A030: 'subscribed' });
  audiences().unsubscribe(list(), email);
  await settled();
  expect(reference()).toMatchObject({ A030: 'unsubscribed', A121: member()!.contactId });
  const rows = (await ledger()).filter((row) => row.recordNumber === number && row.kind === 'crossReference');
  expect(rows.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
});

test('a new address of the contact reaches the customer, and the sync agrees', async () => {
  audiences().resubscribe(list(), email);
  audiences().changeEmail(list(), email, 'anna@moved.example');
  await settled();
  expect(lab.world.ion.m3.customers.get(number)).toMatchObject({ MAIL: 'anna@moved.example' });
});

test('a new address of the customer reaches the same contact', async () => {
  const { contactId } = member('anna@moved.example')!;
  lab.world.ion.m3.changeCustomer(number, { MAIL: 'anna@third.example' });
  await run(toAudience);
  expect(member('anna@third.example')).toMatchObject({ contactId });
  expect(member('anna@moved.example')).toBeUndefined();
});

test('both systems fall silent', async () => {
  await settled();
  await run(toAudience);
  const before = counts();
  for (let cycle = 0; cycle < 3; cycle++) {
    await run(toAudience);
    await run(sweep);
  }
  expect(counts()).toEqual(before);
  expect(lab.world.mailchimp.consentViolations).toEqual([]);
});

test('forged posts start no execution', async () => {
  const before = (await lab.api.executionsOf(toCustomers)).length;
  const { url } = webhooks().of(list())[0]!;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = `type=unsubscribe&fired_at=2026-11-23+10%3A00%3A00&data%5Bemail%5D=x&data%5Blist_id%5D=${list()}`;
  for (const target of [url, url.split('?')[0]!, `${url}x`])
    expect((await fetch(target, { method: 'POST', headers, body })).status).toBe(401);
  expect(await lab.api.executionsOf(toCustomers)).toHaveLength(before);
});

test('no secret and no address is in n8n’s log or in the ledger', async () => {
  const log = readFileSync(lab.n8n.logFile, 'utf8');
  const { url, secret } = webhooks().of(list())[0]!;
  const secrets = [new URL(url).searchParams.get('secret')!, secret, lab.world.mailchimp.apiKey];
  const text = log + JSON.stringify(await ledger());
  expect(secrets.filter((one) => text.includes(one))).toEqual([]);
  expect(text).not.toMatch(/@(circle|moved|third)\.example/);
});

test('taking template 02 back removes the webhook', async () => {
  await lab.api.unpublish(toCustomers);
  await until('the webhook is gone', () => webhooks().of(list()).length === 0);
});
