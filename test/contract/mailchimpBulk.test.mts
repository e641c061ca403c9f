import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({
    name: 'Customers',
    mergeFields: [{ tag: 'LIMIT', name: 'Credit limit', type: 'number' }],
  }).id;
});

afterEach(() => mailchimp.close());

const bulk = (members: unknown, options: object = {}, query = ''): ReturnType<Api> =>
  api('POST', `/lists/${list}${query}`, { members, ...options });
const person = (name: string, more: object = {}): object => ({
  email_address: `${name}@shop.example`,
  status: 'subscribed',
  ...more,
});
const tagsOf = async (name: string): Promise<unknown> =>
  (await api('GET', `/lists/${list}/members/${name}@shop.example?fields=tags.name`)).body['tags'];

describe('POST /lists/{id}', () => {
  test('takes 500 and refuses 501, keeping nothing', async () => {
    const people = Array.from({ length: 501 }, (_, n) => person(`c${n}`));
    expect((await bulk(people)).body).toMatchObject({ status: 400, title: 'Invalid Resource' });
    expect(mailchimp.writes).toEqual([]);
    expect((await bulk(people.slice(1))).body).toMatchObject({ total_created: 500, error_count: 0 });
    expect(mailchimp.writeRequests()).toHaveLength(2);
    expect(new Set(mailchimp.writes.map(({ via }) => via))).toEqual(new Set(['bulk']));
  });

  test('answers 200 with one error for each that fails, and does the others', async () => {
    mailchimp.audiences.addMember(list, { email: 'known@shop.example' });
    const answer = await bulk([
      person('good'),
      person('known'),
      { email_address: 'no address', status: 'subscribed' },
      { email_address: 'x@example.com', status: 'subscribed' },
      person('limit', { merge_fields: { LIMIT: 'much' } }),
      person('null', { merge_fields: { FNAME: null } }),
      { email_address: 'nostatus@shop.example', status_if_new: 'subscribed' },
      { status: 'subscribed' },
    ]);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).slice(0, 6)).toEqual([
      'new_members',
      'updated_members',
      'errors',
      'total_created',
      'total_updated',
      'error_count',
    ]);
    expect(answer.body).toMatchObject({ total_created: 1, error_count: 7 });
    expect(answer.body['errors']).toMatchObject([
      {
        email_address: 'known@shop.example',
        error:
          'known@shop.example is already a list member, do you want to update? please provide update_existing:true in the request body',
        error_code: 'ERROR_CONTACT_EXISTS',
      },
      { error: 'Please provide a valid email address.', error_code: 'ERROR_GENERIC' },
      { error: 'x@example.com looks fake or invalid, please enter a real email address.' },
      {
        error: 'Your merge fields were invalid.',
        field: 'LIMIT',
        field_message: 'Please enter a number',
      },
      { field: 'merge_fields.FNAME', error_code: 'ERROR_GENERIC' },
      { email_address: 'nostatus@shop.example', error_code: 'ERROR_GENERIC' },
      { email_address: '', error_code: 'ERROR_GENERIC' },
    ]);
    expect((answer.body['errors'] as object[])[0]).not.toHaveProperty('field');
  });

  test('update_existing overwrites a status without a word', async () => {
    mailchimp.audiences.addMember(list, { email: 'a@shop.example', status: 'pending' });
    const answer = await bulk([person('a', { merge_fields: { FNAME: 'Anna' } })], { update_existing: true });
    expect(answer.body).toMatchObject({
      total_updated: 1,
      updated_members: [{ status: 'subscribed', merge_fields: { FNAME: 'Anna' } }],
    });
    expect(mailchimp.consentViolations).toHaveLength(1);
  });

  test('update_existing without status changes fields only', async () => {
    mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
    mailchimp.audiences.unsubscribe(list, 'a@shop.example');
    const member = { email_address: 'a@shop.example', merge_fields: { FNAME: 'Anna' } };
    const answer = await bulk([member], { update_existing: true });
    expect(answer.body).toMatchObject({ updated_members: [{ status: 'unsubscribed' }], error_count: 0 });
    expect(mailchimp.consentViolations).toEqual([]);
  });

  test('refuses a second appearance unless told to skip the check; then the first status wins', async () => {
    const twice = [person('a'), person('A', { status: 'unsubscribed', merge_fields: { FNAME: 'Anna' } })];
    expect((await bulk(twice)).body).toMatchObject({ total_created: 1, error_count: 1 });
    mailchimp.audiences.forget(list, 'a@shop.example');
    mailchimp.audiences.get(list)!.forgotten.clear();
    const answer = await bulk(twice, {}, '?skip_duplicate_check=true');
    expect(answer.body).toMatchObject({ total_created: 1, total_updated: 0, error_count: 0 });
    expect(mailchimp.audiences.member(list, 'a@shop.example')).toMatchObject({
      status: 'subscribed',
      mergeFields: { FNAME: 'Anna' },
    });
  });

  test('adds tags; sync_tags drops all others', async () => {
    mailchimp.audiences.addMember(list, { email: 'a@shop.example', tags: ['Old'] });
    await bulk([{ email_address: 'a@shop.example', tags: ['New'] }], { update_existing: true });
    expect(await tagsOf('a')).toEqual([{ name: 'Old' }, { name: 'New' }]);
    const options = { update_existing: true, sync_tags: true };
    await bulk([{ email_address: 'a@shop.example', tags: ['New'] }], options);
    expect(await tagsOf('a')).toEqual([{ name: 'New' }]);
    await bulk([{ email_address: 'a@shop.example' }], options);
    expect(await tagsOf('a')).toEqual([]);
  });

  test('writes one row for a new member, tags included', async () => {
    await bulk([person('a', { tags: ['New'] })]);
    expect(mailchimp.writes).toMatchObject([
      { action: 'create', via: 'bulk', changed: ['email_address', 'status', 'tags'] },
    ]);
  });

  test('ignores tags where the undocumented key is gone', async () => {
    mailchimp.settings.bulkHonoursTags = false;
    await bulk([person('a', { tags: ['New'] })], { sync_tags: true });
    expect(await tagsOf('a')).toEqual([]);
  });

  test('skips missing required fields only when told to', async () => {
    mailchimp.audiences.get(list)!.mergeFields[0]!.required = true;
    expect((await bulk([person('a')])).body).toMatchObject({ error_count: 1, errors: [{ field: 'FNAME' }] });
    expect((await bulk([person('a')], {}, '?skip_merge_validation=true')).body).toMatchObject({
      error_count: 0,
    });
  });

  test('doing it twice without update_existing changes nothing the second time', async () => {
    const people = [person('a'), person('b')];
    await bulk(people);
    const rows = mailchimp.writes.length;
    expect((await bulk(people)).body).toMatchObject({ total_created: 0, error_count: 2 });
    expect(mailchimp.writes).toHaveLength(rows);
    expect(mailchimp.consentViolations).toEqual([]);
  });
});
