import type { IDataObject } from 'n8n-workflow';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import { runNode } from '../../support/harness.mts';

/** An address that does not exist gets no more mail; who opted out stays as they are. */

let mailchimp: MailchimpSimulator;
let list: string;
beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
});
afterEach(() => mailchimp.close());

const mark = (...emails: string[]) => markItems(emails.map((email) => ({ email })));

const markItems = (input: IDataObject[]) =>
  runNode({
    type: 'mailchimpSync',
    parameters: {
      ...{ resource: 'contact', operation: 'markBounced', bouncedEmail: '={{ $json.email }}' },
      audience: { __rl: true, mode: 'id', value: list },
    },
    input,
    credentials: { mailchimpMarketingApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url } },
  });

const statusOf = (email: string) => mailchimp.audiences.member(list, email)?.status;

test('subscribed, pending and transactional contacts become cleaned, all others stay', async () => {
  const statuses = ['subscribed', 'pending', 'transactional', 'unsubscribed', 'cleaned', 'archived'] as const;
  for (const status of statuses)
    mailchimp.audiences.addMember(list, { email: `${status}@shop.example`, status });
  const result = await mark(...statuses.map((status) => `${status}@shop.example`), 'nobody@shop.example');
  expect(result.error).toBeUndefined();
  expect(statuses.map((status) => statusOf(`${status}@shop.example`))).toEqual([
    ...['cleaned', 'cleaned', 'cleaned', 'unsubscribed', 'cleaned', 'archived'],
  ]);
  expect(result.outputs.map((items) => items.length)).toEqual([3, 4, 0]);
  expect(mailchimp.writes).toHaveLength(3);
  expect(mailchimp.consentViolations).toEqual([]);
});

test('the same bounce again writes nothing', async () => {
  mailchimp.audiences.addMember(list, { email: 'anna@shop.example' });
  await mark('anna@shop.example', 'ANNA@shop.example');
  await mark('anna@shop.example');
  expect(mailchimp.writes).toHaveLength(1);
});

test('its items tell the way back what the contact is now', async () => {
  mailchimp.audiences.addMember(list, { email: 'anna@shop.example' });
  const [done] = (await mark('anna@shop.example')).outputs[0]!;
  expect(done!.json).toMatchObject({
    outcome: 'done',
    member: { audienceId: list, status: 'cleaned', email: 'anna@shop.example' },
    customerNumbers: [],
  });
  expect(JSON.stringify(done!.json.ledger)).not.toContain('anna');
});

test('500 bounces at once are a handful of requests', async () => {
  const emails = Array.from({ length: 500 }, (_, i) => `b${i}@shop.example`);
  for (const email of emails) mailchimp.audiences.addMember(list, { email });
  const before = mailchimp.requests.all.length;
  const result = await mark(...emails);
  expect(result.outputs.map((items) => items.length)).toEqual([500, 0, 0]);
  expect(emails.every((email) => statusOf(email) === 'cleaned')).toBe(true);
  expect(mailchimp.writeRequests()).toHaveLength(1);
  expect(mailchimp.requests.all.length - before).toBeLessThanOrEqual(8);
}, 60_000);

test('a refusal is an item that needs attention', async () => {
  mailchimp.audiences.addMember(list, { email: 'anna@shop.example' });
  const refusal = { title: 'Invalid Resource', status: 400, detail: 'No.' };
  mailchimp.faults.add({ kind: 'answer', method: 'PATCH', status: 400, body: refusal });
  expect((await mark('anna@shop.example')).outputs[2]).toMatchObject([
    { json: { reason: 'refused-record', ledger: [{ status: 'quarantined' }, { kind: 'run' }] } },
  ]);
});

/** An item as template 07 makes it of a row that is replayed. */
const replayed = (retryOf: string, attempts: number): IDataObject => ({
  ...{
    email: 'anna@shop.example',
    source: 'message 0123456789abcdef',
    retryOf,
    attempts,
    recordNumber: 'W0001',
  },
});

test('a retry of its own is counted here, and closes the row it belongs to', async () => {
  mailchimp.audiences.addMember(list, { email: 'anna@shop.example' });
  const refusal = { title: 'Invalid Resource', status: 400, detail: 'No.' };
  mailchimp.faults.add({ kind: 'answer', method: 'PATCH', status: 400, body: refusal, times: 1 });
  const refused = (await mark('anna@shop.example')).outputs[2]![0]!.json.ledger as IDataObject[];
  const key = String(refused[0]!.effectKey);
  expect(key).toMatch(/^markBounced:/);
  const [done] = (await markItems([replayed(key, 1)])).outputs[0]!;
  expect(done!.json).toMatchObject({ retryOf: '', attempts: 0 });
  expect(done!.json.ledger).toMatchObject([
    { effectKey: key, status: 'applied', attempts: 2, source: 'message 0123456789abcdef' },
    { kind: 'run' },
  ]);
});

test('a retry of the way back is handed on, whatever the contact is by now', async () => {
  mailchimp.audiences.addMember(list, { email: 'anna@shop.example', status: 'cleaned' });
  const [skipped] = (await markItems([replayed('preference::W0001:x', 3)])).outputs[1]!;
  expect(skipped!.json).toMatchObject({
    ...{ retryOf: 'preference::W0001:x', attempts: 3, recordNumber: 'W0001' },
    member: { status: 'cleaned' },
  });
  expect(skipped!.json.ledger).toMatchObject([{ kind: 'note', attempts: 1 }, { kind: 'run' }]);
  expect(mailchimp.writes).toHaveLength(0);
});
