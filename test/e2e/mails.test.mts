import { join } from 'node:path';
import { MAIL_LOG_TEMPLATE, readTemplate } from '../../sandbox/lab.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { startCircle, until, type Circle } from './circle.mts';
import { joinAtRest } from './join.mts';
import { addReplayLogin, refuseReferences, replayIn } from './replaying.mts';

/** Template 07 beside 01 in a real n8n: what becomes of order mails stands on the customer. */

let circle: Circle;

const world = () => circle.lab.world;
const noted = (number: string) => ['A430', 'A530'].map((field) => world().ion.m3.customField(number, field));
const statusOf = (email: string) => world().mailchimp.audiences.member(world().audience.id, email)?.status;
const counts = () => world().mailchimp.writes.length + world().ion.writes.length;

/** Rows of this template that may be replayed. */
const failed = async () =>
  (await circle.lab.api.tableRows('infor_mailchimp_ledger')).filter(({ status }) => status === 'failed');

const mailTo = (email: string, order: string) =>
  world().mandrill.messages.create({ email, metadata: { order_id: order } });

const refuseCleaning = (): void => {
  const path = /members/;
  world().mailchimp.faults.add({
    kind: 'answer',
    method: 'PATCH',
    path,
    status: 500,
    body: {},
    times: 1_000,
  });
};

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-mails'), seed: 7, customers: 10 });
  await addReplayLogin(circle.lab);
  for (const [CUNO, name] of Object.entries({ W0001: 'anna', W0002: 'carl', W0003: 'dora' }))
    world().ion.m3.addCustomer({ CUNO, CUNM: name, MAIL: `${name}@shop.example`, PYNO: '' });
  await circle.run(circle.toAudience);
  await circle.lab.api.publish(await circle.lab.api.importWorkflow(readTemplate(MAIL_LOG_TEMPLATE)));
});
afterAll(() => circle?.lab.stop());

test('what becomes of order mails is on the customer, and a dead address is marked in both systems', async () => {
  const { mandrill, mailchimp } = world();
  const mail = mailTo('anna@shop.example', 'o1');
  mandrill.emit('send', mail);
  await mandrill.webhooks.flush();
  await until('the mail is on the customer', () => noted('W0001')[1] === 'o1');
  mandrill.emit('hard_bounce', mail);
  await mandrill.webhooks.flush(3);
  await until('the contact is cleaned', () => statusOf('anna@shop.example') === 'cleaned');
  await until('the customer says so', () => (noted('W0001')[0] ?? '').startsWith('hard_bounce'));
  await until('the preference is there', () => circle.reference('W0001')?.A030 === 'cleaned');
  expect(mailchimp.consentViolations).toEqual([]);
  expect(mandrill.webhooks.pending).toEqual([]);
});

test('what of a bounce Infor did not take is written by a replay, and once', async () => {
  const { mandrill, ion } = world();
  refuseReferences(circle.lab);
  mandrill.emit('hard_bounce', mailTo('carl@shop.example', 'o2'));
  await mandrill.webhooks.flush();
  await until('both writes have failed', async () => (await failed()).length === 2);
  expect([...noted('W0002'), circle.reference('W0002')?.A030]).not.toContain('cleaned');
  ion.faults.clear();
  await replayIn(circle.lab, {});
  expect(await failed()).toEqual([]);
  expect(noted('W0002')).toEqual([expect.stringMatching(/^hard_bounce/), 'o2']);
  expect(circle.reference('W0002')?.A030).toBe('cleaned');
  const before = counts();
  await replayIn(circle.lab, { day: new Date().toISOString().slice(0, 10) });
  expect(counts()).toBe(before);
});

test('a contact that Mailchimp did not clean is cleaned by a replay, and its customer says so', async () => {
  const { mandrill, mailchimp } = world();
  const email = 'dora@shop.example';
  refuseCleaning();
  mandrill.emit('hard_bounce', mailTo(email, 'o3'));
  await mandrill.webhooks.flush();
  await until('the write has failed', async () => (await failed()).length === 1);
  expect(await failed()).toMatchObject([{ kind: 'markBounced', attempts: 1 }]);
  mailchimp.faults.clear();
  await replayIn(circle.lab, {});
  expect(await failed()).toEqual([]);
  expect(statusOf(email)).toBe('cleaned');
  expect(circle.reference('W0003')?.A030).toBe('cleaned');
});

test('a mail that has not bounced after all cleans nobody, and counts as an attempt', async () => {
  const { mandrill, mailchimp, audience } = world();
  const email = 'emma@shop.example';
  mailchimp.audiences.addMember(audience.id, { email });
  const mail = mailTo(email, 'o4');
  refuseCleaning();
  mandrill.emit('hard_bounce', mail);
  await mandrill.webhooks.flush();
  await until('the write has failed', async () => (await failed()).length === 1);
  mailchimp.faults.clear();
  mail.state = 'sent';
  await replayIn(circle.lab, {});
  expect(await failed()).toMatchObject([{ kind: 'markBounced', attempts: 2 }]);
  expect(statusOf(email)).toBe('subscribed');
  mail.state = 'bounced';
  await replayIn(circle.lab, {});
  expect([statusOf(email), await failed()]).toEqual(['cleaned', []]);
});

test('a mail that Mailchimp does not know any more counts as an attempt', async () => {
  const { mandrill, ion } = world();
  const mail = mailTo('anna@shop.example', 'o9');
  refuseReferences(circle.lab);
  mandrill.emit('soft_bounce', mail);
  await mandrill.webhooks.flush();
  await until('the run has failed', async () => (await failed()).length === 1);
  ion.faults.clear();
  mandrill.messages.all.delete(mail.id);
  await replayIn(circle.lab, {});
  expect(await failed()).toMatchObject([{ kind: 'logMail', attempts: 2 }]);
});

test('every write is in the ledger, and every row is a write', async () => {
  expect(await joinAtRest(circle.lab)).toMatchObject({ untold: [], unmade: [] });
});
