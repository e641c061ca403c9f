import client from '@mailchimp/mailchimp_marketing';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

/** Saved segments: how they are made, changed and deleted. */

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  mailchimp.audiences.addMember(list, {
    email: 'a@shop.example',
    mergeFields: { FNAME: 'Anna' },
    tags: ['Overdue'],
  });
  mailchimp.audiences.addMember(list, { email: 'c@shop.example' });
});

afterEach(() => mailchimp.close());

const text = (op: string, value?: unknown) => ({
  ...{ condition_type: 'TextMerge', field: 'FNAME', op },
  ...(value === undefined ? {} : { value }),
});
const save = (conditions: unknown, match = 'all', name = 'Saved') =>
  api('POST', `/lists/${list}/segments`, { name, options: { match, conditions } });

test('two of one name: refused or not, as the settings say; a tag of that name does not count', async () => {
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(200);
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(400);
  mailchimp.settings.segmentNames = 'free';
  expect((await save([text('blank')], 'all', 'Overdue')).status).toBe(200);
  expect((await api('GET', `/lists/${list}/segments?type=saved`)).body).toMatchObject({ total_items: 2 });
  expect((await api('GET', `/lists/${list}/segments?type=static`)).body).toMatchObject({ total_items: 1 });
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
