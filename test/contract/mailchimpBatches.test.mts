import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';
import { archiveEntries, batchResults, type BatchResult } from '../support/mailchimpArchive.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-03-02T10:00:00Z');
  mailchimp = await startMailchimpSimulator({ clock: () => now });
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
});

afterEach(() => mailchimp.close());

const submit = async (operations: unknown): Promise<Record<string, unknown>> =>
  (await api('POST', '/batches', { operations })).body;
const poll = async (batch: Record<string, unknown>): Promise<Record<string, unknown>> =>
  (await api('GET', `/batches/${String(batch['id'])}`)).body;

async function finish(batch: Record<string, unknown>): Promise<Record<string, unknown>> {
  for (let turn = 0; turn < 200; turn += 1) {
    const seen = await poll(batch);
    if (seen['status'] === 'finished') return seen;
  }
  throw new Error('The batch does not finish');
}

const run = async (operations: unknown): Promise<BatchResult[]> =>
  batchResults(String((await finish(await submit(operations)))['response_body_url']));

const put = (name: string): object => ({
  method: 'PUT',
  path: `/lists/${list}/members/${memberId(`${name}@shop.example`)}`,
  operation_id: name,
  body: JSON.stringify({ email_address: `${name}@shop.example`, status_if_new: 'subscribed' }),
});

describe('a batch', () => {
  test('begins with zero counters and is finished after as many polls as set', async () => {
    mailchimp.settings.batchPendingPolls = 2;
    const batch = await submit([put('a'), put('b')]);
    expect(batch).toMatchObject({
      status: 'pending',
      total_operations: 0,
      finished_operations: 0,
      completed_at: '',
      response_body_url: '',
    });
    const unfinished = [await poll(batch), await poll(batch)];
    for (const seen of unfinished) {
      expect(['preprocessing', 'started', 'finalizing']).toContain(seen['status']);
      expect(seen).toMatchObject({ total_operations: 2, response_body_url: '', completed_at: '' });
    }
    expect(await poll(batch)).toMatchObject({
      status: 'finished',
      total_operations: 2,
      finished_operations: 2,
      errored_operations: 0,
      completed_at: '2026-03-02T10:00:00+00:00',
    });
  });

  test('does its work although nobody ever asks for it', async () => {
    mailchimp.settings.batchPendingPolls = Infinity;
    const batch = await submit([put('a')]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(mailchimp.writes).toMatchObject([{ email: 'a@shop.example', via: 'batch', action: 'create' }]);
    expect((await poll(batch))['status']).not.toBe('finished');
  });

  test('is finished although operations fail, and counts them', async () => {
    const bad = {
      ...put('x'),
      body: JSON.stringify({ email_address: 'x@example.com', status_if_new: 'subscribed' }),
    };
    const batch = await finish(await submit([put('a'), bad, { method: 'GET', path: '/nowhere' }]));
    expect(batch).toMatchObject({ finished_operations: 3, errored_operations: 2 });
  });

  test('goes through the same rules as single calls, in the order given', async () => {
    mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
    mailchimp.audiences.unsubscribe(list, 'a@shop.example');
    const member = `lists/${list}/members/${memberId('a@shop.example')}`;
    const results = await run([
      { method: 'PATCH', path: member, body: '{"status":"subscribed"}', operation_id: 'breach' },
      {
        method: 'POST',
        path: `/${member}/tags`,
        body: '{"tags":[{"name":"T","status":"active"}]}',
        operation_id: 'tag',
      },
      { method: 'GET', path: member, params: { fields: 'status,tags_count' }, operation_id: 'read' },
      { method: 'GET', path: `${member}?fields=status`, operation_id: 'query' },
      { method: 'DELETE', path: `/${member}`, operation_id: 'archive' },
      {
        method: 'GET',
        path: `/lists/${list}/members`,
        params: { count: 1, status: 'archived' },
        operation_id: 'list',
      },
      { method: 'PATCH', path: member, body: '{"merge_fields":', operation_id: 'broken' },
      { method: 'POST', path: '/batches/x', operation_id: 'method' },
    ]);
    const byId = Object.fromEntries(results.map((row) => [row.operation_id, row]));
    expect(byId['breach']!.status_code).toBe(400);
    expect(JSON.parse(byId['breach']!.response)).toMatchObject({ title: 'Member In Compliance State' });
    expect(byId['tag']).toEqual({ status_code: 204, operation_id: 'tag', response: '' });
    expect(JSON.parse(byId['read']!.response)).toEqual({ status: 'unsubscribed', tags_count: 1 });
    expect(JSON.parse(byId['query']!.response)).toEqual({ status: 'unsubscribed' });
    expect(byId['archive']!.status_code).toBe(204);
    expect(JSON.parse(byId['list']!.response)).toMatchObject({ total_items: 1 });
    expect(JSON.parse(byId['broken']!.response)).toMatchObject({ title: 'JSON Parse Error' });
    expect(byId['method']!.status_code).toBe(405);
    expect(mailchimp.consentViolations).toMatchObject([{ via: 'batch', to: 'subscribed' }]);
    expect(mailchimp.writeRequests()).toHaveLength(1);
  });

  test('names itself as the way of a bulk call that it carries', async () => {
    const members = [{ email_address: 'a@shop.example', status: 'subscribed' }];
    await run([{ method: 'POST', path: `/lists/${list}`, body: JSON.stringify({ members }) }]);
    expect(mailchimp.writes).toMatchObject([{ via: 'batch', action: 'create' }]);
  });

  test.each([
    ['a body that is no text', { method: 'POST', path: '/lists', body: { a: 1 } }],
    ['an unknown method', { method: 'HEAD', path: '/lists' }],
    ['no path', { method: 'GET' }],
    ['params that are no object', { method: 'GET', path: '/lists', params: 'count=1' }],
    ['an operation that is no object', 'GET /lists'],
  ])('with %s is refused as a whole', async (_what, operation) => {
    expect(await submit([put('a'), operation])).toMatchObject({ status: 400, title: 'Invalid Resource' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(mailchimp.writes).toEqual([]);
  });

  test('stopped by DELETE leaves the rest undone and its results unavailable', async () => {
    const batch = await submit(Array.from({ length: 2000 }, (_, n) => put(`c${n}`)));
    expect((await api('DELETE', `/batches/${String(batch['id'])}`)).status).toBe(204);
    const done = mailchimp.writes.length;
    expect(done).toBeLessThan(2000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(mailchimp.writes).toHaveLength(done);
    expect((await poll(batch))['status']).toBe(404);
  });

  test('number 501 is refused while 500 are pending', async () => {
    mailchimp.settings.batchPendingPolls = Infinity;
    const read = { method: 'GET', path: '/ping' };
    for (let n = 0; n < 500; n += 1) await submit([read]);
    expect(await submit([read])).toMatchObject({ status: 429, title: 'Too Many Requests' });
    mailchimp.settings.batchPendingPolls = 0;
    expect((await api('GET', '/batches?count=1')).body).toMatchObject({ total_items: 500 });
  });
});

describe('the results', () => {
  test('are a gzip-compressed tar: ./ first, several files, an empty one, no order', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `c${n}`);
    const batch = await finish(await submit(names.map(put)));
    const url = String(batch['response_body_url']);
    const entries = await archiveEntries(await (await fetch(url)).arrayBuffer());
    expect(entries[0]).toEqual({ name: './', type: 'directory', text: '' });
    const files = entries.slice(1);
    expect(files.length).toBeGreaterThan(2);
    expect(files.some(({ text }) => text === '')).toBe(true);
    const ids = (await batchResults(url)).map((row) => row.operation_id);
    expect(ids).not.toEqual(names);
    expect([...ids].sort()).toEqual([...names].sort());
  });

  test('need no key and refuse whoever shows one', async () => {
    const url = String((await finish(await submit([put('a')])))['response_body_url']);
    expect((await fetch(url)).status).toBe(200);
    const shown = await fetch(url, { headers: { authorization: 'Bearer anything' } });
    expect(shown.status).toBe(400);
    expect(shown.headers.get('content-type')).toContain('xml');
  });

  test('have an address for ten minutes, renewed by asking again, and are kept for a week', async () => {
    const batch = await finish(await submit([put('a')]));
    const old = String(batch['response_body_url']);
    now += 601_000;
    const expired = await fetch(old);
    expect([expired.status, (await expired.text()).includes('expired')]).toEqual([403, true]);
    const renewed = String((await poll(batch))['response_body_url']);
    expect(renewed).not.toBe(old);
    expect((await fetch(renewed)).status).toBe(200);
    now += 8 * 24 * 3600 * 1000;
    expect((await poll(batch))['status']).toBe(404);
  });

  test('cannot be guessed', async () => {
    expect((await fetch(`${mailchimp.url}/batch-results/none-response.tar.gz`)).status).toBe(404);
  });
});
