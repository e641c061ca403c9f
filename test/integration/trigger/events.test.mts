import type { IDataObject } from 'n8n-workflow';
import { memberIdOf } from '../../../sync/email.ts';
import type { Member } from '../../../sync/member.ts';
import { email, startScene, type Scene } from './scene.mts';

let scene: Scene;
const { stringify } = JSON;

async function start(parameters: Record<string, unknown> = {}): Promise<void> {
  scene = await startScene(parameters);
  await scene.trigger.activate();
}

afterEach(async () => scene.close());

/** The items of all runs, once Mailchimp has nothing on its way. */
async function items(): Promise<IDataObject[]> {
  await scene.mailchimp.webhooks.idle();
  return scene.trigger.runs.flat();
}

describe('what a contact does starts one run, with the contact as it is now', () => {
  beforeEach(() => start());

  test('an unsubscription names the customers and the new status', async () => {
    scene.mailchimp.audiences.unsubscribe(scene.list, email);
    const [item] = await items();
    expect(item).toMatchObject({
      event: { type: 'unsubscribe', action: 'unsub', reason: 'manual', email, audienceId: scene.list },
      member: { email, status: 'unsubscribed', audienceId: scene.list },
      customerNumbers: ['Y1', 'Y2'],
      deletedMemberId: '',
    });
    expect(scene.trigger.runs).toHaveLength(1);
  });

  test('events that come late tell today’s state, not theirs', async () => {
    scene.mailchimp.webhooks.mode = 'manual';
    scene.mailchimp.audiences.unsubscribe(scene.list, email);
    scene.mailchimp.audiences.resubscribe(scene.list, email);
    await scene.mailchimp.webhooks.flush();
    expect((await items()).map(({ member }) => (member as unknown as Member).status)).toEqual([
      'subscribed',
      'subscribed',
    ]);
  });

  test('a changed address is found under the new one, or under the old one where it was changed back', async () => {
    scene.mailchimp.webhooks.mode = 'manual';
    scene.mailchimp.audiences.changeEmail(scene.list, email, 'anna@new.example');
    await scene.mailchimp.webhooks.flush();
    scene.mailchimp.audiences.changeEmail(scene.list, 'anna@new.example', 'anna@third.example');
    scene.mailchimp.audiences.changeEmail(scene.list, 'anna@third.example', 'anna@new.example');
    await scene.mailchimp.webhooks.flush();
    const found = (await items()).filter(({ event }) => (event as IDataObject).type === 'upemail');
    expect(found.map(({ member }) => (member as unknown as Member).email)).toEqual(
      Array.from({ length: 3 }, () => 'anna@new.example'),
    );
    expect(found[0]).toMatchObject({ event: { oldEmail: email, email: 'anna@new.example' } });
  });

  test('an archived contact is archived', async () => {
    scene.mailchimp.audiences.archiveByAdmin(scene.list, email);
    expect(await items()).toMatchObject([{ member: { status: 'archived' }, deletedMemberId: '' }]);
  });

  test('a deleted contact is named by its hash', async () => {
    scene.mailchimp.audiences.forget(scene.list, email);
    expect(await items()).toMatchObject([
      { member: null, customerNumbers: ['Y1', 'Y2'], deletedMemberId: memberIdOf(email) },
    ]);
  });

  test('a bounce is told although the event holds nothing but the address', async () => {
    scene.mailchimp.audiences.hardBounce(scene.list, email);
    expect((await items())[0]).toMatchObject({
      event: { type: 'cleaned', reason: 'hard' },
      member: { status: 'cleaned' },
      customerNumbers: ['Y1', 'Y2'],
    });
  });

  test('changes by the API make no event, and none by kinds that are not chosen', async () => {
    scene.mailchimp.audiences.sendCampaign(scene.list, 'News');
    scene.mailchimp.audiences.consentBySms(scene.list, '+4681234567', false);
    expect(await items()).toEqual([]);
    expect(scene.mailchimp.webhooks.deliveries).toEqual([]);
  });
});

test.each(['flat', 'channel'] as const)(
  'SMS consent of somebody without an address is told (%s shape)',
  async (shape) => {
    await start({ events: ['sms_subscribe', 'sms_unsubscribe'] });
    scene.mailchimp.audiences.consentBySms(scene.list, '+4681234567', false, shape);
    expect(await items()).toMatchObject([
      {
        event: { type: 'sms_unsubscribe', phone: '+4681234567', email: '' },
        member: null,
        customerNumbers: [],
      },
    ]);
  },
);

test('a campaign is told without a contact', async () => {
  await start({ events: ['campaign'] });
  scene.mailchimp.audiences.sendCampaign(scene.list, 'News');
  expect(await items()).toMatchObject([
    { event: { type: 'campaign', subject: 'News', email: '' }, member: null, deletedMemberId: '' },
  ]);
});

test('without reading the contact, the event’s own merge fields name the customers', async () => {
  await start({ readContact: false });
  scene.mailchimp.audiences.unsubscribe(scene.list, email);
  expect(await items()).toMatchObject([{ member: null, customerNumbers: ['Y1', 'Y2'], deletedMemberId: '' }]);
  expect(scene.mailchimp.requests.all.filter(({ path }) => path.includes('/members/'))).toEqual([]);
});

test('forgotten people are left alone', async () => {
  await start();
  const forgotten = 'x1@forgotten.mailchimp.com';
  expect(await scene.post(scene.form({ 'data[email]': forgotten, 'data[merges][EMAIL]': forgotten }))).toBe(
    200,
  );
  expect(scene.trigger.runs).toEqual([]);
});

describe('one event starts one run', () => {
  beforeEach(() => start());

  test('however often it comes, and also after n8n was started anew', async () => {
    const body = scene.form();
    expect(await Promise.all(Array.from({ length: 5 }, () => scene.post(body)))).toEqual([
      200, 200, 200, 200, 200,
    ]);
    expect(scene.trigger.runs).toHaveLength(1);
    expect(stringify(scene.trigger.staticData())).not.toContain('@');
  });

  test('but the same thing done again is another event', async () => {
    for (const second of ['01', '02', '03'])
      await scene.post(scene.form({ type: 'unsubscribe', fired_at: `2026-11-23 10:00:${second}` }));
    await scene.post(scene.form({ 'data[merges][FNAME]': 'Anne' }));
    expect(scene.events()).toEqual(['unsubscribe', 'unsubscribe', 'unsubscribe', 'profile']);
  });
});

describe('while the contact cannot be read', () => {
  beforeEach(() => start());

  test('nothing starts, Mailchimp repeats the event, and then it starts one run', async () => {
    scene.mailchimp.faults.add({ path: /\/members\//, kind: 'answer', status: 500, times: 20 } as never);
    scene.mailchimp.audiences.unsubscribe(scene.list, email);
    expect(await items()).toEqual([]);
    scene.mailchimp.faults.clear();
    await scene.mailchimp.webhooks.advance(10 * 60_000);
    expect(await items()).toHaveLength(1);
    expect(scene.mailchimp.webhooks.deliveries[0]!.attempts).toEqual([503, 200]);
  }, 60_000);

  test('because the key was revoked, somebody is told by a failed execution', async () => {
    scene.mailchimp.faults.add({ path: /\/members\//, kind: 'answer', status: 401, times: 20 } as never);
    scene.mailchimp.audiences.unsubscribe(scene.list, email);
    expect(await items()).toEqual([]);
    expect(scene.mailchimp.webhooks.deliveries[0]!.attempts).toEqual([500]);
  });
});
