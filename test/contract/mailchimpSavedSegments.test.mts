import client from '@mailchimp/mailchimp_marketing';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

/** Saved segments: what is refused, who belongs to them, and that no tag is taken for one. */

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({
    name: 'Customers',
    mergeFields: [
      { tag: 'CREDIT', name: 'Credit', type: 'number' },
      { tag: 'SINCE', name: 'Since', type: 'date' },
      { tag: 'KIND', name: 'Kind', type: 'dropdown', options: { choices: ['Retail', 'Wholesale'] } },
    ],
  }).id;
  const add = (name: string, mergeFields: Record<string, string | number>, tags: string[] = []) =>
    mailchimp.audiences.addMember(list, { email: `${name}@shop.example`, mergeFields, tags });
  add('a', { FNAME: 'Anna', CREDIT: 90, SINCE: '2024-01-30', KIND: 'Retail' }, ['Overdue']);
  add('b', { FNAME: 'BERT', CREDIT: 1000, SINCE: '2025-12-01', KIND: 'Wholesale' });
  add('c', {});
  add('d', { FNAME: 'Anna' }, ['Overdue']);
  mailchimp.audiences.unsubscribe(list, 'd@shop.example');
});

afterEach(() => mailchimp.close());

const text = (op: string, value?: unknown, field = 'FNAME') => ({
  ...{ condition_type: 'TextMerge', field, op },
  ...(value === undefined ? {} : { value }),
});
const save = (conditions: unknown, match = 'all', name = 'Saved') =>
  api('POST', `/lists/${list}/segments`, { name, options: { match, conditions } });
const tagId = (): number => mailchimp.audiences.get(list)!.tagNamed('Overdue')!.id;

async function namesIn(conditions: unknown, match = 'all', query = ''): Promise<string[]> {
  const { body } = await save(conditions, match, `Saved ${String(mailchimp.requests.all.length)}`);
  const path = `/lists/${list}/segments/${String(body['id'])}/members?count=100&fields=members.email_address${query}`;
  const members = (await api('GET', path)).body['members'] as Array<{ email_address: string }>;
  return members.map(({ email_address }) => email_address.slice(0, 1));
}

test.each<[string, object, string[]]>([
  ['text is, in any case', text('is', 'bert'), ['b']],
  ['text is not, also without a value', text('not', 'bert'), ['a', 'c']],
  ['text contains', text('contains', 'NN'), ['a']],
  ['text does not contain', text('notcontain', 'nn'), ['b', 'c']],
  ['text starts', text('starts', 'be'), ['b']],
  ['text ends', text('ends', 'na'), ['a']],
  ['text is blank', text('blank'), ['c']],
  ['text is not blank', text('blank_not'), ['a', 'b']],
  ['a number is greater by size, not by letters', text('greater', '100', 'CREDIT'), ['b']],
  ['a number is less, and none is not', text('less', '100', 'CREDIT'), ['a']],
  ['a number is', text('is', '90.0', 'CREDIT'), ['a']],
  [
    'a date is later',
    { condition_type: 'DateMerge', field: 'SINCE', op: 'greater', value: '01/30/2024' },
    ['b'],
  ],
  ['a date is', { condition_type: 'DateMerge', field: 'SINCE', op: 'is', value: '01/30/2024' }, ['a']],
  ['a choice is', { condition_type: 'SelectMerge', field: 'KIND', op: 'is', value: 'Retail' }, ['a']],
  [
    'a choice contains',
    { condition_type: 'SelectMerge', field: 'KIND', op: 'contains', value: 'whole' },
    ['b'],
  ],
  [
    'an address ends',
    { condition_type: 'EmailAddress', field: 'EMAIL', op: 'starts', value: 'C@shop' },
    ['c'],
  ],
])('who fits: %s', async (_, condition, expected) => {
  expect(await namesIn([condition])).toEqual(expected);
});

test('tags, any and all, and contacts who are no subscribers', async () => {
  const tagged = {
    condition_type: 'StaticSegment',
    field: 'static_segment',
    op: 'static_is',
    value: tagId(),
  };
  expect(await namesIn([tagged])).toEqual(['a']);
  expect(await namesIn([{ ...tagged, op: 'static_not' }])).toEqual(['b', 'c']);
  expect(await namesIn([tagged, text('is', 'bert')], 'any')).toEqual(['a', 'b']);
  expect(await namesIn([tagged, text('is', 'bert')], 'all')).toEqual([]);
  expect(await namesIn([tagged], 'all', '&include_unsubscribed=true')).toEqual(['a', 'd']);
  const { segments } = (await api('GET', `/lists/${list}/segments?type=saved`)).body;
  expect((segments as Array<{ member_count: number }>).map((one) => one.member_count)).toEqual([
    1, 2, 2, 0, 1,
  ]);
});

test.each<[string, unknown]>([
  ['an unknown condition type', { condition_type: 'Nonsense', field: 'FNAME', op: 'is', value: 'x' }],
  ['a type that is not simulated', { condition_type: 'MemberRating', field: 'rating', op: 'is', value: 3 }],
  ['no condition type', { field: 'FNAME', op: 'is', value: 'x' }],
  ['no field', { condition_type: 'TextMerge', op: 'is', value: 'x' }],
  ['no operator', { condition_type: 'TextMerge', field: 'FNAME', value: 'x' }],
  ['an operator of another type', text('static_is', 'x')],
  ['a merge tag that the audience does not have', text('is', 'x', 'NOPE')],
  ['a merge field of another type', text('is', 'x', 'KIND')],
  ['no value', text('is')],
  ['an empty value', text('is', '')],
  ['a number as value of a text', text('is', 90, 'CREDIT')],
  ['an ISO date', { condition_type: 'DateMerge', field: 'SINCE', op: 'is', value: '2024-01-30' }],
  ['a date that is none', { condition_type: 'DateMerge', field: 'SINCE', op: 'is', value: '02/30/2024' }],
  ['no choice of the field', { condition_type: 'SelectMerge', field: 'KIND', op: 'is', value: 'Other' }],
  [
    'an unknown tag',
    { condition_type: 'StaticSegment', field: 'static_segment', op: 'static_is', value: 999 },
  ],
  [
    'a tag by its name',
    { condition_type: 'StaticSegment', field: 'static_segment', op: 'static_is', value: 'Overdue' },
  ],
  ['a condition that is no object', 'FNAME is x'],
])('refuses %s', async (_, condition) => {
  const answer = await save([text('blank_not'), condition]);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    title: 'Invalid Resource',
    errors: [{ field: expect.stringMatching(/^options\.conditions\.1/) as string }],
  });
  expect(mailchimp.audienceWrites).toEqual([]);
});

test('refuses conditions that are no list, in Mailchimp’s words', async () => {
  expect((await save({ 0: text('blank') })).body).toMatchObject({
    errors: [{ field: 'options.conditions', message: 'Schema describes array, object found instead' }],
  });
  expect((await save([])).status).toBe(400);
  expect((await save([text('blank')], 'some')).status).toBe(400);
  for (const body of [
    { name: 'x' },
    { options: { match: 'all', conditions: [text('blank')] } },
    { name: 'x', static_segment: [], options: { match: 'all', conditions: [text('blank')] } },
  ]) {
    expect((await api('POST', `/lists/${list}/segments`, body)).status).toBe(400);
  }
});

test('two of one name: refused or not, as the settings say; a tag of that name does not count', async () => {
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(200);
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(400);
  mailchimp.settings.segmentNames = 'free';
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(200);
  expect((await api('GET', `/lists/${list}/segments?type=saved`)).body).toMatchObject({ total_items: 2 });
  expect((await api('GET', `/lists/${list}/segments?type=static`)).body).toMatchObject({ total_items: 1 });
});

test('a saved segment is no tag: not searched, not given, not taken, its contacts not moved by hand', async () => {
  const { id } = (await save([text('blank_not')], 'all', 'Over all')).body;
  expect((await api('GET', `/lists/${list}/tag-search?name=over`)).body).toMatchObject({
    tags: [{ name: 'Overdue' }],
    total_items: 1,
  });
  const path = `/lists/${list}/members/a@shop.example`;
  expect((await api('GET', path)).body).toMatchObject({ tags_count: 1 });
  const moved = { members_to_add: ['c@shop.example'] };
  expect((await api('POST', `/lists/${list}/segments/${String(id)}`, moved)).status).toBe(400);
  mailchimp.audiences.addMember(list, { email: 'e@shop.example', tags: ['Over all'] });
  expect((await api('GET', `/lists/${list}/tag-search?name=over`)).body).toMatchObject({ total_items: 2 });
});

test('a change needs a name, keeps the type, and is written down only when it changes something', async () => {
  const { id } = (await save([text('is', 'Anna')])).body;
  const change = (body: object) => api('PATCH', `/lists/${list}/segments/${String(id)}`, body);
  const options = { match: 'any', conditions: [text('blank')] };
  expect((await change({ options })).status).toBe(400);
  expect((await change({ name: 'Saved', static_segment: [] })).status).toBe(400);
  expect((await change({ name: 'Saved', options })).body).toMatchObject({ options, member_count: 1 });
  expect((await change({ name: 'Saved', options })).status).toBe(200);
  await api('DELETE', `/lists/${list}/segments/${String(id)}`);
  expect((await change({ name: 'Saved', options })).status).toBe(404);
  expect(mailchimp.audienceWrites).toMatchObject([
    { audience: list, action: 'create-segment', subject: id, name: 'Saved' },
    { action: 'update-segment', subject: id },
    { action: 'delete-segment', subject: id },
  ]);
  expect(mailchimp.writes).toEqual([]);
});

test('conditions may come back rewritten, and a renamed merge field keeps them', async () => {
  mailchimp.settings.segmentConditions = 'rewritten';
  const tagged = {
    condition_type: 'StaticSegment',
    field: 'static_segment',
    op: 'static_is',
    value: tagId(),
  };
  const { id, options } = (await save([text('blank'), tagged])).body;
  expect(options).toMatchObject({
    conditions: [{ ...tagged, value: String(tagId()) }, text('blank', '')],
  });
  await api('PATCH', `/lists/${list}/merge-fields/1`, { name: 'First', tag: 'FIRST' });
  await api('DELETE', `/lists/${list}/merge-fields/2`);
  expect((await api('GET', `/lists/${list}/segments/${String(id)}`)).body).toMatchObject({
    options: { conditions: [{}, { field: 'FIRST' }] },
  });
  const made = await api('POST', `/lists/${list}/merge-fields`, { name: 'New', type: 'text', tag: 'NEW' });
  expect(mailchimp.audienceWrites.slice(1)).toMatchObject([
    { action: 'update-merge-field', subject: 1, name: 'FIRST' },
    { action: 'delete-merge-field', subject: 2 },
    { action: 'create-merge-field', subject: made.body['merge_id'], name: 'NEW' },
  ]);
});

test('a fault after the work leaves the segment made', async () => {
  mailchimp.faults.add({ kind: 'answer-after', status: 504, method: 'POST', path: /segments$/ });
  expect((await save([text('blank')])).status).toBe(504);
  expect((await api('GET', `/lists/${list}/segments?type=saved`)).body).toMatchObject({ total_items: 1 });
});

test('the official client makes, changes, reads and deletes one', async () => {
  client.setConfig({ apiKey: mailchimp.apiKey, server: 'us21' });
  client.basePath = `${mailchimp.url}/3.0`;
  const options = { match: 'any', conditions: [text('is', 'Anna')] };
  const made = await client.lists.createSegment(list, { name: 'Annas', options });
  const id = String(made['id']);
  expect(made).toMatchObject({ type: 'saved', member_count: 1, options });
  await client.lists.updateSegment(list, id, { name: 'Anyone', options: { ...options, match: 'all' } });
  expect(await client.lists.getSegment(list, id)).toMatchObject({
    name: 'Anyone',
    options: { match: 'all' },
  });
  expect(await client.lists.listSegments(list, { type: 'saved' })).toMatchObject({ total_items: 1 });
  expect(await client.lists.getSegmentMembersList(list, id)).toMatchObject({ total_items: 1 });
  await client.lists.deleteSegment(list, id);
  expect(await client.lists.listSegments(list, { type: 'saved' })).toMatchObject({ total_items: 0 });
});
