import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { nextSecond, startCircle, until, type Circle } from './circle.mts';

/** The tests build on each other in their order. */
let circle: Circle;

const CUSTOMERS = 120;
const number = 'Y99001';
const email = 'anna@circle.example';

const world = () => circle.lab.world;
const audiences = () => world().mailchimp.audiences;
const list = () => world().audience.id;
const webhooks = () => world().mailchimp.webhooks;
const member = (address = email) => audiences().member(list(), address);
const reference = () => circle.reference(number);
const ledger = () => circle.lab.api.tableRows('infor_mailchimp_ledger');
const counts = () => [world().mailchimp.writes.length, world().ion.writes.length];
const runs = async () => (await circle.lab.api.executionsOf(circle.toCustomers)).length;

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-circle'), seed: 11, customers: CUSTOMERS });
});
afterAll(() => circle?.lab.stop());

test('publishing template 02 unchanged registers one signed webhook, without the source api', async () => {
  await circle.listen();
  expect(webhooks().of(list())).toMatchObject([{ sources: { user: true, admin: true, api: false } }]);
  expect(webhooks().of(list())[0]!.secret).not.toBe('');
});

test('a customer made in M3 appears in the audience, and carries the contact’s id', async () => {
  world().ion.m3.addCustomer({ CUNO: number, CUNM: 'Circle AB', MAIL: email });
  await circle.run(circle.toAudience);
  expect(member()).toMatchObject({ status: 'transactional', mergeFields: { CUSTNO: number } });
  expect(reference()).toMatchObject({ A030: 'transactional', A121: member()!.contactId });
});

test('an unsubscription reaches the customer within one webhook', async () => {
  audiences().resubscribe(list(), email);
  await circle.settled();
  expect(reference()).toMatchObject({ A030: 'subscribed' });
  audiences().unsubscribe(list(), email);
  await circle.settled();
  expect(reference()).toMatchObject({ A030: 'unsubscribed', A121: member()!.contactId });
  const rows = (await ledger()).filter((row) => row.recordNumber === number && row.kind === 'crossReference');
  expect(rows.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
});

test('a new address of the contact reaches the customer, and the sync agrees', async () => {
  await nextSecond();
  audiences().resubscribe(list(), email);
  audiences().changeEmail(list(), email, 'anna@moved.example');
  await circle.settled();
  expect(world().ion.m3.customers.get(number)).toMatchObject({ MAIL: 'anna@moved.example' });
});

test('a new address of the customer reaches the same contact', async () => {
  const { contactId } = member('anna@moved.example')!;
  world().ion.m3.changeCustomer(number, { MAIL: 'anna@third.example' });
  await circle.run(circle.toAudience);
  expect(member('anna@third.example')).toMatchObject({ contactId });
  expect(member('anna@moved.example')).toBeUndefined();
});

test('both systems fall silent', async () => {
  await circle.settled();
  await circle.run(circle.toAudience);
  const before = counts();
  for (let cycle = 0; cycle < 3; cycle++) {
    await circle.run(circle.toAudience);
    await circle.run(circle.sweep);
  }
  expect(counts()).toEqual(before);
  expect((await ledger()).filter(({ status }) => status === 'started')).toEqual([]);
  expect(world().mailchimp.consentViolations).toEqual([]);
});

test('forged posts start no execution', async () => {
  const before = await runs();
  const { url } = webhooks().of(list())[0]!;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = `type=unsubscribe&fired_at=2026-11-23+10%3A00%3A00&data%5Bemail%5D=x&data%5Blist_id%5D=${list()}`;
  for (const target of [url, url.split('?')[0]!, `${url}x`])
    expect((await fetch(target, { method: 'POST', headers, body })).status).toBe(401);
  expect(await runs()).toBe(before);
});

test('no secret and no address is in n8n’s log or in the ledger', async () => {
  const log = readFileSync(circle.lab.n8n.logFile, 'utf8');
  const { url, secret } = webhooks().of(list())[0]!;
  const secrets = [new URL(url).searchParams.get('secret')!, secret, world().mailchimp.apiKey];
  const text = log + JSON.stringify(await ledger());
  expect(secrets.filter((one) => text.includes(one))).toEqual([]);
  expect(text).not.toMatch(/@(circle|moved|third)\.example/);
});

test('taking template 02 back removes the webhook', async () => {
  await circle.lab.api.unpublish(circle.toCustomers);
  await until('the webhook is gone', () => webhooks().of(list()).length === 0);
});
