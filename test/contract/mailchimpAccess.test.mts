import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { basicAuth, plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
});

afterEach(() => mailchimp.close());

const withAuth = (authorization: string): ReturnType<Api> =>
  api('GET', '/ping', undefined, { headers: { authorization } });

describe('who may come in', () => {
  test.each(['anyone', '', 'apikey'])('takes the key by Basic with the user name "%s"', async (user) => {
    expect((await withAuth(basicAuth(mailchimp.apiKey, user))).status).toBe(200);
  });

  test.each(['Bearer', 'bearer', 'OAuth', 'apikey'])('takes the key as %s', async (scheme) => {
    expect((await withAuth(`${scheme} ${mailchimp.apiKey}`)).status).toBe(200);
  });

  test('takes the key from the query, but not together with another one', async () => {
    const good = await fetch(`${mailchimp.url}/3.0/ping?apikey=${mailchimp.apiKey}`);
    expect(good.status).toBe(200);
    const conflict = await api('GET', '/ping?apikey=another-us21');
    expect(conflict.body).toMatchObject({ status: 401, title: 'API Key Invalid' });
  });

  test.each([
    ['an unknown key', basicAuth('ffffffffffffffffffffffffffffffff-us21')],
    ['a key without data center', basicAuth('0123456789abcdef0123456789abcdef')],
    ['an unknown scheme', 'Digest 0123456789abcdef0123456789abcdef-us21'],
    ['a key with a blank behind it', basicAuth('0123456789abcdef0123456789abcdef-us21 ')],
  ])('refuses %s with 401 API Key Invalid', async (_what, authorization) => {
    const answer = await withAuth(authorization);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      title: 'API Key Invalid',
      detail: "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
    });
  });

  test('tells a missing key from a wrong one', async () => {
    const answer = await fetch(`${mailchimp.url}/3.0/ping`);
    expect(await answer.json()).toMatchObject({ status: 401, title: 'API Key Missing' });
  });

  test('answers the right key of a wrong data center as the setting says', async () => {
    const elsewhere = basicAuth(mailchimp.apiKey.replace('us21', 'us9'));
    expect((await withAuth(elsewhere)).body).toMatchObject({ status: 403, title: 'Wrong Datacenter' });
    mailchimp.settings.wrongDataCenterStatus = 401;
    expect((await withAuth(elsewhere)).body).toMatchObject({ status: 401, title: 'API Key Invalid' });
  });

  test('does nothing for a request without a good key', async () => {
    const path = `${mailchimp.url}/3.0/lists/${list}/members`;
    const body = JSON.stringify({ email_address: 'a@shop.example', status: 'subscribed' });
    expect((await fetch(path, { method: 'POST', body })).status).toBe(401);
    expect(mailchimp.audiences.member(list, 'a@shop.example')).toBeUndefined();
    expect(mailchimp.writes).toEqual([]);
  });
});

describe('how it refuses', () => {
  test('names a problem document and repeats the request id in it', async () => {
    const answer = await api('GET', '/lists/0000000000');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('link')).toContain('ProblemDetailDocument.json>; rel="describedBy"');
    expect(answer.body).toEqual({
      type: 'https://mailchimp.com/developer/marketing/docs/errors/',
      title: 'Resource Not Found',
      status: 404,
      detail: 'The requested resource could not be found.',
      instance: answer.headers.get('x-request-id'),
    });
  });

  test('names the methods that a resource allows', async () => {
    const answer = await api('PUT', `/lists/${list}/members`, {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
    expect(answer.body['title']).toBe('Method Not Allowed');
  });

  test('refuses a body that is no JSON, whatever the content type', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const headers = { 'content-type': type };
      const answer = await api('POST', `/lists/${list}/members`, '{"email_address": ', { headers });
      expect(answer.body).toMatchObject({ status: 400, title: 'JSON Parse Error' });
    }
  });

  test.each([['null'], ['[]'], ['"text"'], ['7'], [undefined]])(
    'survives the body %s on every write',
    async (body) => {
      mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
      const member = `/lists/${list}/members/a@shop.example`;
      for (const [method, path] of [
        ['POST', `/lists/${list}`],
        ['POST', `/lists/${list}/members`],
        ['PUT', member],
        ['PATCH', member],
        ['POST', `/lists/${list}/merge-fields`],
        ['POST', `/lists/${list}/segments`],
        ['POST', '/batches'],
      ] as const) {
        expect((await api(method, path, body)).status).toBe(400);
      }
      expect(mailchimp.writes).toEqual([]);
    },
  );
});

describe('pages and fields', () => {
  beforeEach(() => {
    for (let n = 0; n < 30; n += 1) {
      mailchimp.audiences.addMember(list, { email: `c${n}@shop.example`, tags: ['All'] });
    }
  });

  const members = (query: string): ReturnType<Api> => api('GET', `/lists/${list}/members?${query}`);

  test('gives 10 rows unless asked for more, and none past the end', async () => {
    expect((await members('')).body['members']).toHaveLength(10);
    expect((await members('count=1000')).body['members']).toHaveLength(30);
    const past = await members('offset=30');
    expect(past.status).toBe(200);
    expect(past.body).toMatchObject({ members: [], total_items: 30 });
  });

  test.each(['count=1001', 'count=-1', 'count=ten', 'offset=-1', 'status=active', 'since_last_changed=now'])(
    'refuses %s',
    async (query) => {
      expect((await members(query)).body).toMatchObject({ status: 400, title: 'Invalid Resource' });
    },
  );

  test('keeps or leaves out fields by dot paths through lists', async () => {
    const kept = await members('count=1&fields=members.tags.name,members.stats.avg_open_rate,total_items');
    expect(kept.body).toEqual({
      members: [{ stats: { avg_open_rate: 0 }, tags: [{ name: 'All' }] }],
      total_items: 30,
    });
    const left = await members('count=1&exclude_fields=members.tags,members.stats.avg_open_rate,_links');
    const [member] = left.body['members'] as Array<Record<string, unknown>>;
    expect(member).not.toHaveProperty('tags');
    expect(member).toMatchObject({ stats: { avg_click_rate: 0 }, tags_count: 1 });
    expect(left.body).not.toHaveProperty('_links');
  });
});
