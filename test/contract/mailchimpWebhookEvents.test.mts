import { createHash } from 'node:crypto';
import client from '@mailchimp/mailchimp_marketing';
import { ALL_SOURCES, startScene, type Scene } from './webhookReceiver.mts';

/** Which acts and which writes make the simulated Mailchimp say what, as captured deliveries have it. */

const EMAIL = 'Anna+Shop@Hafen.example';
const hash = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  const { audiences } = scene.mailchimp;
  audiences.addMember(scene.list, {
    email: EMAIL,
    mergeFields: { FNAME: 'Anna Maria', LNAME: 'Höger & Co' },
  });
});

afterEach(() => scene.close());

/** The hook hears of it; sorted, because Mailchimp promises no order. */
async function heard(act: () => unknown): Promise<string[]> {
  const before = scene.receiver.posts().length;
  await act();
  await scene.mailchimp.webhooks.idle();
  return scene.receiver.types().slice(before).sort();
}

const lastForm = (): Record<string, string> => Object.fromEntries(scene.receiver.forms().at(-1)!);

describe('what people and the admin do', () => {
  beforeEach(() => scene.addHook());
  const audiences = (): Scene['mailchimp']['audiences'] => scene.mailchimp.audiences;

  test('an unsubscribe is told pair by pair as captured: order, plus signs, brackets, empty fields', async () => {
    await heard(() => audiences().unsubscribe(scene.list, EMAIL));
    const member = audiences().member(scene.list, EMAIL)!;
    const [post] = scene.receiver.posts();
    const { 'content-type': type, 'x-mailchimp-signature': signature } = post!.headers;
    expect([post!.path, type]).toEqual(['/hook?secret=s', 'application/x-www-form-urlencoded']);
    expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    const unlike = /data%5Bid%5D=[0-9a-f]{10}&/;
    expect(post!.body).toMatch(unlike);
    expect(post!.body.replace(unlike, 'ID&')).toBe(
      'type=unsubscribe&fired_at=2026-01-02+03%3A04%3A05&data%5Baction%5D=unsub&data%5Breason%5D=manual&ID&' +
        'data%5Bemail%5D=Anna%2BShop%40Hafen.example&data%5Bemail_type%5D=html&data%5Bip_opt%5D=&' +
        `data%5Bweb_id%5D=${member.webId}&data%5Bmerges%5D%5BEMAIL%5D=Anna%2BShop%40Hafen.example&` +
        'data%5Bmerges%5D%5BFNAME%5D=Anna+Maria&data%5Bmerges%5D%5BLNAME%5D=H%C3%B6ger+%26+Co&' +
        'data%5Bmerges%5D%5BADDRESS%5D=&data%5Bmerges%5D%5BPHONE%5D=&' +
        `data%5Blist_id%5D=${scene.list}`,
    );
  });

  test.each<[string, (a: Scene['mailchimp']['audiences'], list: string) => void, string[]]>([
    ['unsubscribe', (a, list) => a.unsubscribe(list, EMAIL), ['unsubscribe']],
    ['unsubscribe by the admin', (a, list) => a.unsubscribeByAdmin(list, EMAIL), ['unsubscribe']],
    ['sign up again', (a, list) => a.resubscribe(list, EMAIL), ['subscribe']],
    ['sign up for the first time', (a, list) => a.resubscribe(list, 'new@shop.example'), ['subscribe']],
    ['edit the profile', (a, list) => a.changeProfile(list, EMAIL, { FNAME: 'A' }), ['profile']],
    ['give another address', (a, list) => a.changeEmail(list, EMAIL, 'b@x.example'), ['profile', 'upemail']],
    ['bounce', (a, list) => a.hardBounce(list, EMAIL), ['cleaned']],
    ['are archived', (a, list) => a.archiveByAdmin(list, EMAIL), ['unsubscribe']],
    ['are forgotten', (a, list) => a.forget(list, EMAIL), ['unsubscribe']],
    ['get a campaign', (a, list) => a.sendCampaign(list, 'Spring'), ['campaign']],
    ['text START', (a, list) => a.consentBySms(list, '+491511234567', true), ['sms_subscribe']],
    ['text STOP', (a, list) => a.consentBySms(list, '+491511234567', false), ['sms_unsubscribe']],
    ['are imported', (a, list) => void a.addMember(list, { email: 'c@shop.example' }), []],
  ])('contacts %s: told once, all of it', async (_name, act, types) => {
    expect(await heard(() => act(audiences(), scene.list))).toEqual(types);
    for (const form of scene.receiver.forms()) expect([...form.keys()].at(0)).toBe('type');
    for (const form of scene.receiver.forms()) expect(form.get('data[list_id]')).toBe(scene.list);
  });

  test('archived and forgotten contacts are told as deleted, before nothing is left to tell', async () => {
    await heard(() => audiences().archiveByAdmin(scene.list, EMAIL));
    expect(lastForm()).toMatchObject({ 'data[action]': 'delete', 'data[email]': EMAIL });
    await heard(() => audiences().forget(scene.list, EMAIL));
    expect(lastForm()).toMatchObject({ 'data[action]': 'delete', 'data[email]': EMAIL });
  });

  test('a changed address names both addresses and nothing else; a bounce and a campaign likewise', async () => {
    await heard(() => audiences().changeEmail(scene.list, EMAIL, 'b@x.example'));
    const upemail = scene.receiver.forms().find((form) => form.get('type') === 'upemail')!;
    expect([...upemail.keys()]).toEqual(
      ['type', 'fired_at'].concat(
        ['new_id', 'new_email', 'old_email', 'list_id'].map((key) => `data[${key}]`),
      ),
    );
    expect([upemail.get('data[new_email]'), upemail.get('data[old_email]')]).toEqual(['b@x.example', EMAIL]);
    await heard(() => audiences().hardBounce(scene.list, 'b@x.example'));
    expect(lastForm()).toMatchObject({ 'data[reason]': 'hard', 'data[email]': 'b@x.example' });
    await heard(() => audiences().sendCampaign(scene.list, 'Spring & summer'));
    expect(lastForm()).toMatchObject({ 'data[subject]': 'Spring & summer', 'data[status]': 'sent' });
  });

  test('consent by SMS comes in either shape that Mailchimp’s own plugin reads, with no address', async () => {
    await heard(() => audiences().consentBySms(scene.list, '+491511234567', true, 'flat'));
    expect(lastForm()).toHaveProperty(['data[sms_phone_number]'], '+491511234567');
    await heard(() => audiences().consentBySms(scene.list, '+491511234567', true, 'channel'));
    expect(lastForm()).toHaveProperty(['data[sms_channel][sms_phone]'], '+491511234567');
    for (const { body } of scene.receiver.posts()) expect(body).not.toContain('%40');
  });
});

describe('what the API writes', () => {
  const { lists } = client;
  const added = { email_address: 'new@shop.example', status: 'subscribed' };
  const put = (body: object): unknown => lists.setListMember(scene.list, hash(EMAIL), { ...body });
  const writes: Array<[string, () => unknown, string[]]> = [
    ['add', () => lists.addListMember(scene.list, added), ['subscribe']],
    ['add pending', () => lists.addListMember(scene.list, { ...added, status: 'pending' }), ['profile']],
    [
      'add transactional',
      () => lists.addListMember(scene.list, { ...added, status: 'transactional' }),
      ['profile'],
    ],
    ['put fields', () => put({ merge_fields: { FNAME: 'B' } }), ['profile']],
    [
      'patch fields',
      () => lists.updateListMember(scene.list, hash(EMAIL), { merge_fields: { FNAME: 'B' } }),
      ['profile'],
    ],
    ['unsubscribe', () => put({ status: 'unsubscribed' }), ['unsubscribe']],
    ['readdress', () => put({ email_address: 'b@x.example' }), ['profile', 'upemail']],
    ['archive', () => lists.deleteListMember(scene.list, hash(EMAIL)), ['unsubscribe']],
    [
      'bulk',
      () =>
        lists.batchListMembers(scene.list, {
          members: [added, { ...added, email_address: 'n2@shop.example' }],
        }),
      ['subscribe', 'subscribe'],
    ],
    ['delete for good', () => lists.deleteListMemberPermanent(scene.list, hash(EMAIL)), []],
    [
      'tag',
      () =>
        lists.updateListMemberTags(scene.list, hash(EMAIL), { tags: [{ name: 'VIP', status: 'active' }] }),
      [],
    ],
    [
      'add a merge field',
      () => lists.addListMergeField(scene.list, { name: 'N', type: 'text', tag: 'N' }),
      [],
    ],
    ['change nothing', () => put({ merge_fields: { FNAME: 'Anna Maria' } }), []],
  ];

  test.each(writes)('%s: heard with the source api', async (_name, write, types) => {
    await scene.addHook({ sources: { user: false, admin: false, api: true } });
    expect(await heard(write)).toEqual(types);
  });

  test.each(writes)('%s: not heard without the source api', async (_name, write) => {
    await scene.addHook({ sources: { ...ALL_SOURCES, api: false } });
    expect(await heard(write)).toEqual([]);
  });

  test('a batch: each of its operations is heard, and only with the source api', async () => {
    await scene.addHook({ sources: { user: false, admin: false, api: true } });
    await scene.addHook({ url: `${scene.receiver.url}/quiet`, sources: { ...ALL_SOURCES, api: false } });
    const operations = ['a@x.example', 'b@x.example'].map((email) => ({
      method: 'PUT',
      path: `/lists/${scene.list}/members/${hash(email)}`,
      body: JSON.stringify({ email_address: email, status_if_new: 'subscribed' }),
    }));
    const run = async (): Promise<void> => {
      const { id } = await client.batches.start({ operations });
      for (let polls = 0; polls < 5; polls += 1) await client.batches.status(String(id));
    };
    expect(await heard(run)).toEqual(['subscribe', 'subscribe']);
    expect(scene.receiver.posts().map(({ path }) => path)).toEqual(Array(2).fill('/hook?secret=s'));
  });

  test('a write that changes nothing is heard only where the account is set so', async () => {
    scene.mailchimp.settings.unchangedWritesTell = true;
    await scene.addHook({ sources: { user: false, admin: false, api: true } });
    await scene.addHook({ url: `${scene.receiver.url}/quiet`, sources: { ...ALL_SOURCES, api: false } });
    expect(await heard(() => put({ merge_fields: { FNAME: 'Anna Maria' } }))).toEqual(['profile']);
    expect(scene.receiver.posts().at(-1)!.path).toBe('/hook?secret=s');
  });

  test('a hook hears its own events, sources and audience only', async () => {
    await scene.addHook({ events: { unsubscribe: true }, sources: { user: true } });
    const { audiences } = scene.mailchimp;
    const other = audiences.create({ name: 'Suppliers' }).id;
    audiences.addMember(other, { email: EMAIL });
    const acts = (): void => {
      audiences.unsubscribe(other, EMAIL);
      audiences.unsubscribeByAdmin(scene.list, EMAIL);
      audiences.resubscribe(scene.list, EMAIL);
      audiences.unsubscribe(scene.list, EMAIL);
    };
    expect(await heard(acts)).toEqual(['unsubscribe']);
    expect(lastForm()).toMatchObject({ 'data[list_id]': scene.list, 'data[reason]': 'manual' });
  });
});
