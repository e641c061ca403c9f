import { createHash } from 'node:crypto';
import client from '@mailchimp/mailchimp_marketing';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { batchResults } from '../support/mailchimpArchive.mts';

/** Mailchimp's own Node client, which we did not write, finds in the simulator what it expects of Mailchimp. */

const hash = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');

let mailchimp: MailchimpSimulator;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  client.setConfig({ apiKey: mailchimp.apiKey, server: 'us21' });
  // The client builds https://{server}.api.mailchimp.com/3.0 by itself; this is its one way to another host.
  client.basePath = `${mailchimp.url}/3.0`;
});

afterEach(() => mailchimp.close());

/** The client rejects with superagent's error; its response body is the problem document. */
async function problemOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const response = (error as { response?: { text?: string } } | undefined)?.response;
  return JSON.parse(response?.text ?? '{}') as Record<string, unknown>;
}

describe('the official client against the Mailchimp simulator', () => {
  test('pings, reads the account and the audiences', async () => {
    expect(await client.ping.get()).toEqual({ health_status: "Everything's Chimpy!" });
    expect(await client.root.getRoot({ fields: ['account_name'] })).toEqual({
      account_name: 'Sandbox Distribution',
    });
    expect(await client.lists.getAllLists({ count: 1 })).toMatchObject({
      lists: [{ id: list, name: 'Customers' }],
      total_items: 1,
    });
    expect(await client.lists.getList(list)).toMatchObject({ id: list, stats: { member_count: 0 } });
  });

  test('works with an access token as well as with a key', async () => {
    client.setConfig({ accessToken: mailchimp.apiKey, server: 'us21' });
    expect(await client.ping.get()).toHaveProperty('health_status');
    client.setConfig({ apiKey: 'no-such-key-us21', server: 'us21' });
    expect(await problemOf(client.ping.get())).toMatchObject({ status: 401, title: 'API Key Invalid' });
  });

  test('adds, sets, updates, tags, archives and forgets a member', async () => {
    const email = 'Anna@Hafen.example';
    const added = await client.lists.addListMember(list, {
      email_address: email,
      status: 'subscribed',
      tags: ['Retail'],
    });
    expect(added).toMatchObject({ id: hash(email), email_address: email, tags_count: 1 });
    const set = await client.lists.setListMember(list, hash(email), {
      email_address: email,
      status_if_new: 'pending',
      merge_fields: { FNAME: 'Anna' },
    });
    expect(set).toMatchObject({ status: 'subscribed', full_name: 'Anna' });
    expect(
      await client.lists.updateListMember(list, hash(email), { merge_fields: { LNAME: 'Höger' } }),
    ).toMatchObject({ full_name: 'Anna Höger' });
    await client.lists.updateListMemberTags(list, hash(email), {
      tags: [
        { name: 'Retail', status: 'inactive' },
        { name: 'Overdue', status: 'active' },
      ],
    });
    expect(await client.lists.getListMemberTags(list, hash(email))).toMatchObject({
      tags: [{ name: 'Overdue' }],
      total_items: 1,
    });
    await client.lists.deleteListMember(list, hash(email));
    expect(await client.lists.getListMember(list, hash(email))).toMatchObject({ status: 'archived' });
    await client.lists.deleteListMemberPermanent(list, hash(email));
    expect(await problemOf(client.lists.getListMember(list, hash(email)))).toMatchObject({ status: 404 });
  });

  test('subscribes in bulk and reads the members page by page', async () => {
    const members = Array.from({ length: 25 }, (_, n) => ({
      email_address: `customer${n}@shop.example`,
      status: 'subscribed',
    }));
    expect(await client.lists.batchListMembers(list, { members, update_existing: false })).toMatchObject({
      total_created: 25,
      total_updated: 0,
      error_count: 0,
    });
    const usual = await client.lists.getListMembersInfo(list);
    expect(usual['members']).toHaveLength(10);
    const last = await client.lists.getListMembersInfo(list, { count: 20, offset: 20 });
    expect(last['members']).toHaveLength(5);
    const lean = await client.lists.getListMembersInfo(list, { fields: ['members.id'], count: 1 });
    expect(lean).toEqual({ members: [{ id: hash('customer0@shop.example') }] });
  });

  test('makes merge fields, segments and tags', async () => {
    await client.lists.addListMergeField(list, { name: 'Customer', type: 'text', tag: 'CUSTNO' });
    expect(await client.lists.getListMergeFields(list, { count: 1000 })).toMatchObject({ total_items: 5 });
    mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
    const segment = await client.lists.createSegment(list, { name: 'Overdue', static_segment: [] });
    expect(
      await client.lists.batchSegmentMembers(
        { members_to_add: ['a@shop.example', 'nobody@shop.example'] },
        list,
        String(segment['id']),
      ),
    ).toMatchObject({ total_added: 1, error_count: 1 });
    expect(await client.lists.listSegments(list)).toMatchObject({ segments: [{ member_count: 1 }] });
    expect(await client.lists.tagSearch(list, { name: 'over' })).toMatchObject({
      tags: [{ name: 'Overdue' }],
    });
    expect(await client.searchMembers.search('a@shop.example')).toMatchObject({
      exact_matches: { total_items: 1 },
    });
  });

  test('runs a batch to its results', async () => {
    const operations = ['a', 'b', 'c'].map((name) => ({
      method: 'PUT',
      path: `/lists/${list}/members/${hash(`${name}@shop.example`)}`,
      operation_id: name,
      body: JSON.stringify({ email_address: `${name}@shop.example`, status_if_new: 'subscribed' }),
    }));
    const started = await client.batches.start({ operations });
    expect(started).toMatchObject({ status: 'pending', total_operations: 0, response_body_url: '' });
    let batch = started;
    for (let poll = 0; poll < 5 && batch['status'] !== 'finished'; poll += 1) {
      batch = await client.batches.status(String(started['id']));
    }
    expect(batch).toMatchObject({ status: 'finished', finished_operations: 3, errored_operations: 0 });
    const results = await batchResults(String(batch['response_body_url']));
    expect(results.map((row) => row.operation_id).sort()).toEqual(['a', 'b', 'c']);
    expect(JSON.parse(String(results[0]!.response))).toHaveProperty('status', 'subscribed');
    expect(await client.batches.list()).toMatchObject({ total_items: 1 });
    await client.batches.deleteRequest(String(started['id']));
    expect(await problemOf(client.batches.status(String(started['id'])))).toMatchObject({ status: 404 });
  });
});
