import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  for (const name of ['a', 'b', 'c']) mailchimp.audiences.addMember(list, { email: `${name}@shop.example` });
});

afterEach(() => mailchimp.close());

const setTags = (name: string, tags: object[]): ReturnType<Api> =>
  api('POST', `/lists/${list}/members/${memberId(`${name}@shop.example`)}/tags`, { tags });
const tagsOf = async (name: string): Promise<unknown> =>
  (await api('GET', `/lists/${list}/members/${name}@shop.example/tags?fields=tags.name,total_items`)).body;

describe('tags', () => {
  test('are static segments, made when first given', async () => {
    expect((await setTags('a', [{ name: 'Overdue', status: 'active' }])).status).toBe(204);
    const { body } = await api('GET', `/lists/${list}/segments`);
    expect(body).toMatchObject({
      total_items: 1,
      segments: [{ name: 'Overdue', type: 'static', member_count: 1, list_id: list }],
    });
    expect((await api('GET', `/lists/${list}/tag-search?name=OVER`)).body).toMatchObject({ total_items: 1 });
    expect((await api('GET', `/lists/${list}/tag-search?name=due`)).body).toMatchObject({ total_items: 0 });
  });

  test('an empty list clears nothing, an unheld tag may be taken, an unknown member is 404', async () => {
    await setTags('a', [{ name: 'Overdue', status: 'active' }]);
    await setTags('a', []);
    await setTags('a', [{ name: 'Never', status: 'inactive' }]);
    expect(await tagsOf('a')).toEqual({ tags: [{ name: 'Overdue' }], total_items: 1 });
    expect((await setTags('nobody', [])).status).toBe(404);
    expect(mailchimp.writes).toHaveLength(1);
  });

  test.each([
    [{}],
    [{ tags: 'Overdue' }],
    [{ tags: ['Overdue'] }],
    [{ tags: [{ name: 'Overdue' }] }],
    [{ tags: [{ name: 'Overdue', status: 'on' }] }],
    [{ tags: [[{ name: 'Overdue', status: 'active' }]] }],
  ])('refuse %j', async (body) => {
    const path = `/lists/${list}/members/${memberId('a@shop.example')}/tags`;
    expect((await api('POST', path, body)).status).toBe(400);
  });

  test('in the body of PUT and PATCH are ignored', async () => {
    const body = { email_address: 'a@shop.example', status_if_new: 'subscribed', tags: ['Overdue'] };
    expect((await api('PUT', `/lists/${list}/members/a@shop.example`, body)).body).toMatchObject({
      tags_count: 0,
    });
    expect((await api('PATCH', `/lists/${list}/members/a@shop.example`, body)).body).toMatchObject({
      tags: [],
    });
    expect(mailchimp.writes).toEqual([]);
  });

  test('stay with an archived contact, who can still be tagged', async () => {
    await setTags('a', [{ name: 'Overdue', status: 'active' }]);
    await api('DELETE', `/lists/${list}/members/a@shop.example`);
    expect((await setTags('a', [{ name: 'Retail', status: 'active' }])).status).toBe(204);
    expect(await tagsOf('a')).toMatchObject({ total_items: 2 });
    expect((await api('GET', `/lists/${list}/segments`)).body).toMatchObject({
      segments: [{ member_count: 0 }, { member_count: 0 }],
    });
  });
});

describe('a static segment', () => {
  const make = (body: object): ReturnType<Api> => api('POST', `/lists/${list}/segments`, body);

  test('adds and removes up to 500 addresses a call and names those it does not know', async () => {
    const { id } = (await make({ name: 'Overdue', static_segment: ['a@shop.example', 'x@shop.example'] }))
      .body;
    const path = `/lists/${list}/segments/${String(id)}`;
    const answer = await api('POST', path, {
      members_to_add: ['b@shop.example', 'x@shop.example'],
      members_to_remove: ['A@shop.example', 'c@shop.example'],
    });
    expect(answer.body).toMatchObject({
      members_added: [{ email_address: 'b@shop.example' }],
      members_removed: [{ email_address: 'a@shop.example' }],
      errors: [{ email_addresses: ['x@shop.example'] }],
      total_added: 1,
      total_removed: 1,
      error_count: 1,
    });
    const many = Array.from({ length: 501 }, (_, n) => `c${n}@shop.example`);
    expect((await api('POST', path, { members_to_add: many })).status).toBe(400);
    expect((await api('GET', `${path}/members`)).body).toMatchObject({ total_items: 1 });
  });

  test('is refused without a name, twice, or together with conditions', async () => {
    expect((await make({ static_segment: [] })).status).toBe(400);
    expect((await make({ name: 'Overdue', static_segment: [] })).status).toBe(200);
    expect((await make({ name: 'Overdue', static_segment: [] })).status).toBe(400);
    const options = { match: 'any', conditions: [] };
    expect((await make({ name: 'Both', static_segment: [], options })).status).toBe(400);
  });

  test('takes its tag along when deleted', async () => {
    const { id } = (await make({ name: 'Overdue', static_segment: ['a@shop.example'] })).body;
    expect((await api('DELETE', `/lists/${list}/segments/${String(id)}`)).status).toBe(204);
    expect(await tagsOf('a')).toEqual({ tags: [], total_items: 0 });
    expect((await api('GET', `/lists/${list}/segments/${String(id)}`)).status).toBe(404);
  });
});
