import { createHash } from 'node:crypto';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

const md5 = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
});

afterEach(() => mailchimp.close());

const path = (email: string): string => `/lists/${list}/members/${md5(email)}`;
const get = (email: string): ReturnType<Api> => api('GET', path(email));
const put = (email: string, body: object): ReturnType<Api> => api('PUT', path(email), body);
const add = (email: string, status = 'subscribed'): ReturnType<Api> =>
  api('POST', `/lists/${list}/members`, { email_address: email, status });

describe('who a member is', () => {
  test('is found by MD5 of the lower-case address, by address and by contact id', async () => {
    const { body } = await add('Anna@Shop.example');
    expect(body['id']).toBe(md5('anna@shop.example'));
    for (const key of [
      body['id'],
      'ANNA@shop.example',
      encodeURIComponent('anna@shop.example'),
      body['contact_id'],
    ]) {
      expect((await api('GET', `/lists/${list}/members/${String(key)}`)).body).toEqual(body);
    }
  });

  test('tags and permanent deletion take the MD5 only', async () => {
    await add('a@shop.example');
    const byAddress = `/lists/${list}/members/a@shop.example`;
    expect((await api('POST', `${byAddress}/tags`, { tags: [] })).status).toBe(404);
    expect((await api('POST', `${byAddress}/actions/delete-permanent`)).status).toBe(404);
  });

  test('an e-mail change keeps contact id, values and tags, and leaves nothing at the old address', async () => {
    const before = (await add('old@shop.example')).body;
    await api('POST', `${path('old@shop.example')}/tags`, { tags: [{ name: 'Retail', status: 'active' }] });
    const after = (await put('old@shop.example', { email_address: 'new@shop.example' })).body;
    expect(after).toMatchObject({
      id: md5('new@shop.example'),
      contact_id: before['contact_id'],
      timestamp_opt: before['timestamp_opt'],
      tags: [{ name: 'Retail' }],
    });
    expect(after['unique_email_id']).not.toBe(before['unique_email_id']);
    expect((await get('old@shop.example')).status).toBe(404);
  });

  test('refuses an address that another member has', async () => {
    await add('a@shop.example');
    await add('b@shop.example');
    const answer = await api('PATCH', path('a@shop.example'), { email_address: 'B@shop.example' });
    expect(answer.body).toMatchObject({ status: 400, title: 'Member Exists' });
    expect(answer.body).not.toHaveProperty('type');
  });

  test('refuses an address that was deleted permanently', async () => {
    await add('a@shop.example');
    mailchimp.audiences.addMember(list, { email: 'gone@shop.example' });
    mailchimp.audiences.forget(list, 'gone@shop.example');
    const answer = await put('a@shop.example', { email_address: 'gone@shop.example' });
    expect(answer.body['title']).toBe('Forgotten Email Not Subscribed');
  });

  test('changes an address only while subscribed', async () => {
    mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
    mailchimp.audiences.hardBounce(list, 'a@shop.example');
    const answer = await put('a@shop.example', { email_address: 'b@shop.example' });
    expect(answer.status).toBe(400);
    expect(answer.body['detail']).toContain('You can only update email addresses');
  });
});

describe('what is new', () => {
  test('PUT at a hash of nobody creates the address of its body', async () => {
    const answer = await api('PUT', `/lists/${list}/members/${md5('typo@shop.example')}`, {
      email_address: 'right@shop.example',
      status_if_new: 'subscribed',
    });
    expect(answer.body['id']).toBe(md5('right@shop.example'));
  });

  test('and refuses with Member Exists when that address is there already', async () => {
    await add('right@shop.example');
    const body = { email_address: 'right@shop.example', status_if_new: 'subscribed' };
    expect((await api('PUT', `/lists/${list}/members/${md5('typo@shop.example')}`, body)).body).toMatchObject(
      {
        status: 400,
        title: 'Member Exists',
      },
    );
  });

  test('takes status alone, status_if_new alone, but not neither', async () => {
    expect(
      (await put('a@shop.example', { email_address: 'a@shop.example', status: 'subscribed' })).status,
    ).toBe(200);
    expect(
      (await put('b@shop.example', { email_address: 'b@shop.example', status_if_new: 'pending' })).body,
    ).toMatchObject({ status: 'pending' });
    expect((await put('c@shop.example', { email_address: 'c@shop.example' })).body).toMatchObject({
      status: 400,
      title: 'Invalid Resource',
    });
    expect((await put('d@shop.example', { status_if_new: 'subscribed' })).status).toBe(400);
  });

  test.each([
    ['POST', 'archived'],
    ['POST', 'active'],
    ['PATCH', 'transactional'],
    ['PATCH', 'archived'],
    ['PUT', 'archived'],
  ])('%s refuses the status %s', async (method, status) => {
    await add('a@shop.example');
    const target = method === 'POST' ? `/lists/${list}/members` : path('a@shop.example');
    const answer = await api(method, target, { email_address: 'a@shop.example', status });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'status' }] });
  });

  test('tells which keys are missing and which have the wrong type', async () => {
    const empty = await api('POST', `/lists/${list}/members`, {});
    expect(empty.body['errors']).toEqual([
      { field: '', message: 'Required fields were not provided: email_address, status' },
    ]);
    const wrong = await api('POST', `/lists/${list}/members`, { email_address: null, status: 'subscribed' });
    expect(wrong.body['errors']).toEqual([
      { field: 'email_address', message: 'Schema describes string, NULL found instead' },
    ]);
  });
});

describe('addresses', () => {
  test.each([
    '',
    'plain',
    'a@b',
    'a b@shop.example',
    'a@shop..example',
    '.a@shop.example',
    'a@-shop.example',
    'ä@shop.example',
    `${'x'.repeat(65)}@shop.example`,
  ])('refuses "%s" as no address', async (email) => {
    expect((await add(email)).body['detail']).toBe('Please provide a valid email address.');
  });

  test.each(['jo@example.com', 'jo@EXAMPLE.org'])('refuses %s as fake', async (email) => {
    expect((await add(email)).body['detail']).toBe(
      `${email} looks fake or invalid, please enter a real email address.`,
    );
  });

  test.each(["o'brien+erp@shop.example", 'a@sub.shop.example', 'x@b-c.example'])(
    'takes %s',
    async (email) => {
      expect((await add(email)).status).toBe(200);
    },
  );

  test('refuses too many signups for a while', async () => {
    const refused = await add('too.many.signups@shop.example');
    expect(refused.body['title']).toBe('Invalid Resource');
    expect(refused.body['detail']).toContain('has signed up to a lot of lists very recently');
    mailchimp.settings.refuseManySignups = false;
    expect((await add('too.many.signups@shop.example')).status).toBe(200);
  });
});
