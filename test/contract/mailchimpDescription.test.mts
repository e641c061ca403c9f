import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';
import { departures, type Schema } from '../support/openapi.mts';

/** Every answer has the keys and types of Mailchimp's own OpenAPI description (3.0.55), no more and no less. */

interface Description {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >;
}

const FILE = join(process.cwd(), '../shared/specs/mailchimp/marketing-3.0.55.openapi.json');
const present = existsSync(FILE);
const description = present ? (JSON.parse(readFileSync(FILE, 'utf8')) as Description) : { paths: {} };

if (!present) {
  test.skip('SKIPPED: the description ../shared/specs/mailchimp/marketing-3.0.55.openapi.json is absent', () =>
    undefined);
}

/** What real answers leave out: groups, notes, permissions and shop data where an audience has none. */
const optional = new Set([
  'schema',
  'targetSchema',
  'unsubscribe_reason',
  'interests',
  'last_note',
  'marketing_permissions',
  'ecommerce_data',
  'region',
  'total_contacts',
  'phone_format',
  'date_format',
  'default_country',
  'choices',
  'size',
  'field',
  'field_message',
]);

const EMAIL = 'anna@shop.example';
const MEMBER = `/lists/{list_id}/members/${memberId(EMAIL)}`;
let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  mailchimp.settings.batchPendingPolls = 0;
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  const address = {
    addr1: '1 Harbour Street',
    addr2: '',
    city: 'Rotterdam',
    state: '',
    zip: '3011',
    country: 'NL',
  };
  mailchimp.audiences.addMember(list, { email: EMAIL, mergeFields: { ADDRESS: address }, tags: ['Retail'] });
});

afterEach(() => mailchimp.close());

const schemaOf = (template: string, method: string): Schema => {
  const schema =
    description.paths[template]?.[method.toLowerCase()]?.responses['200']?.content?.['application/json'];
  if (!schema) throw new Error(`${method} ${template} is not described`);
  return schema.schema;
};

async function expectDescribed(
  method: string,
  template: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await api(method, path.replace('{list_id}', list), body);
  expect(answer.status).toBe(200);
  expect(departures(answer.body, schemaOf(template, method), { optional })).toEqual([]);
  return answer.body;
}

(present ? describe : describe.skip)('answers as described', () => {
  test.each([
    ['GET', '/', '/'],
    ['GET', '/ping', '/ping'],
    ['GET', '/lists', '/lists'],
    ['GET', '/lists', '/lists?include_total_contacts=true'],
    ['GET', '/lists/{list_id}', '/lists/{list_id}'],
    ['GET', '/lists/{list_id}/merge-fields', '/lists/{list_id}/merge-fields'],
    ['GET', '/lists/{list_id}/merge-fields/{merge_id}', '/lists/{list_id}/merge-fields/1'],
    ['GET', '/lists/{list_id}/members', '/lists/{list_id}/members'],
    ['GET', '/lists/{list_id}/members/{subscriber_hash}', MEMBER],
    ['GET', '/lists/{list_id}/members/{subscriber_hash}/tags', `${MEMBER}/tags`],
    ['GET', '/lists/{list_id}/segments', '/lists/{list_id}/segments'],
    ['GET', '/lists/{list_id}/tag-search', '/lists/{list_id}/tag-search?name=R'],
    ['GET', '/search-members', `/search-members?query=${EMAIL}`],
  ])('%s %s', async (method, template, path) => {
    await expectDescribed(method, template, path);
  });

  test('writes of members, one by one and in bulk', async () => {
    const bo = { email_address: 'bo@shop.example', status: 'subscribed' };
    await expectDescribed('POST', '/lists/{list_id}/members', '/lists/{list_id}/members', bo);
    await expectDescribed('PUT', '/lists/{list_id}/members/{subscriber_hash}', MEMBER, {
      status: 'unsubscribed',
    });
    await expectDescribed('PATCH', '/lists/{list_id}/members/{subscriber_hash}', MEMBER, { vip: true });
    const body = {
      members: [
        { email_address: 'cy@shop.example', status: 'subscribed', tags: ['x'] },
        bo,
        { ...bo, email_address: 'no' },
      ],
      update_existing: true,
    };
    const answer = await expectDescribed('POST', '/lists/{list_id}', '/lists/{list_id}', body);
    expect(answer).toMatchObject({ total_created: 1, total_updated: 1, error_count: 1 });
  });

  test('writes of merge fields and segments', async () => {
    const field = { name: 'Group', type: 'dropdown', options: { choices: ['a'] } };
    await expectDescribed('POST', '/lists/{list_id}/merge-fields', '/lists/{list_id}/merge-fields', field);
    await expectDescribed(
      'PATCH',
      '/lists/{list_id}/merge-fields/{merge_id}',
      '/lists/{list_id}/merge-fields/1',
      { name: 'x' },
    );
    const made = await expectDescribed('POST', '/lists/{list_id}/segments', '/lists/{list_id}/segments', {
      name: 'S',
      static_segment: [EMAIL],
    });
    const one = `/lists/{list_id}/segments/${String(made['id'])}`;
    await expectDescribed('GET', '/lists/{list_id}/segments/{segment_id}', one);
    await expectDescribed('GET', '/lists/{list_id}/segments/{segment_id}/members', `${one}/members`);
    await expectDescribed('POST', '/lists/{list_id}/segments/{segment_id}', one, {
      members_to_remove: [EMAIL],
      members_to_add: ['x@shop.example'],
    });
  });

  test('saved segments, written and read', async () => {
    const SEGMENTS = '/lists/{list_id}/segments';
    const condition = { condition_type: 'TextMerge', field: 'FNAME', op: 'is', value: 'Anna' };
    const options = { match: 'all', conditions: [condition] };
    const saved = await expectDescribed('POST', SEGMENTS, SEGMENTS, { name: 'Saved', options });
    const one = `${SEGMENTS}/${String(saved['id'])}`;
    await expectDescribed('PATCH', `${SEGMENTS}/{segment_id}`, one, {
      name: 'Saved',
      options: { match: 'any', conditions: [{ ...condition, op: 'blank' }] },
    });
    await expectDescribed('GET', `${SEGMENTS}/{segment_id}`, one);
    const members = await expectDescribed('GET', `${SEGMENTS}/{segment_id}/members`, `${one}/members`);
    expect(members).toMatchObject({ total_items: 1 });
    await expectDescribed('GET', SEGMENTS, `${SEGMENTS}?type=saved`);
  });

  test('batches, pending and finished', async () => {
    const operations = [{ method: 'GET', path: '/ping' }];
    const batch = await expectDescribed('POST', '/batches', '/batches', { operations });
    await expectDescribed('GET', '/batches/{batch_id}', `/batches/${String(batch['id'])}`);
    await expectDescribed('GET', '/batches', '/batches');
  });

  test('the check itself finds a wrong type, a missing key and a key too many', () => {
    const schema: Schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } };
    expect(departures({ a: 1, c: true }, schema, { optional })).toEqual([
      '$.b: missing',
      '$.c: not described',
      '$.a: integer where string is described',
    ]);
  });
});
