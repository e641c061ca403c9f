import { createHash } from 'node:crypto';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

const START = Date.parse('2026-03-02T10:00:00Z');
const md5 = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;
let now: number;

beforeEach(async () => {
  now = START;
  mailchimp = await startMailchimpSimulator({ clock: () => now });
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
});

afterEach(() => mailchimp.close());

const path = (email: string): string => `/lists/${list}/members/${md5(email)}`;
const get = (email: string): ReturnType<Api> => api('GET', path(email));
const put = (email: string, body: object): ReturnType<Api> => api('PUT', path(email), body);
const add = (email: string, status = 'subscribed'): ReturnType<Api> =>
  api('POST', `/lists/${list}/members`, { email_address: email, status });

describe('last_changed', () => {
  const lastChanged = async (): Promise<unknown> => (await get('a@shop.example')).body['last_changed'];

  test('has whole seconds, stays on a no-op and moves on a change, a tag or an archiving', async () => {
    const values = { email_address: 'a@shop.example', merge_fields: { FNAME: 'Anna', NOSUCHTAG: 'x' } };
    await put('a@shop.example', { ...values, status_if_new: 'subscribed' });
    const rows = mailchimp.writes.length;
    now += 1999;
    await put('a@shop.example', { ...values, status_if_new: 'subscribed' });
    await api('PATCH', path('a@shop.example'), values);
    await api('POST', `${path('a@shop.example')}/tags`, { tags: [{ name: 'None', status: 'inactive' }] });
    expect(await lastChanged()).toBe('2026-03-02T10:00:00+00:00');
    expect(mailchimp.writes).toHaveLength(rows);
    const tags = { tags: [{ name: 'Retail', status: 'active' }] };
    expect((await api('POST', `${path('a@shop.example')}/tags`, tags)).status).toBe(204);
    expect(await lastChanged()).toBe('2026-03-02T10:00:01+00:00');
    now += 5000;
    expect((await api('DELETE', path('a@shop.example'))).text).toBe('');
    expect(await lastChanged()).toBe('2026-03-02T10:00:06+00:00');
    expect(mailchimp.writes.map(({ action }) => action)).toEqual(['create', 'tags', 'archive']);
  });

  test('comes with a new opt-in time when an archived contact is taken back', async () => {
    await add('a@shop.example');
    await api('DELETE', path('a@shop.example'));
    now += 60_000;
    expect((await add('a@shop.example')).body).toMatchObject({
      timestamp_opt: '2026-03-02T10:01:00+00:00',
      last_changed: '2026-03-02T10:01:00+00:00',
    });
  });

  test('filters and sorts lists; "since" leaves out its own second unless set otherwise', async () => {
    for (const name of ['a', 'b', 'c']) {
      await add(`${name}@shop.example`);
      now += 1000;
    }
    const since = async (time: string): Promise<unknown[]> => {
      const answer = await api(
        'GET',
        `/lists/${list}/members?sort_field=last_changed&sort_dir=DESC&since_last_changed=${encodeURIComponent(time)}`,
      );
      return (answer.body['members'] as Array<Record<string, unknown>>).map(
        (member) => member['email_address'],
      );
    };
    expect(await since('2026-03-02T10:00:00+00:00')).toEqual(['c@shop.example', 'b@shop.example']);
    expect(await since('2026-03-02T10:00:01.999Z')).toEqual(['c@shop.example']);
    expect(await since('2026-03-02T11:00:01+01:00')).toEqual(['c@shop.example']);
    mailchimp.settings.sinceIsInclusive = true;
    expect(await since('2026-03-02T10:00:02Z')).toEqual(['c@shop.example']);
  });
});

describe('lists of members', () => {
  test('show archived contacts only when asked, or as the setting says', async () => {
    await add('a@shop.example');
    await add('b@shop.example');
    await api('DELETE', path('a@shop.example'));
    const total = async (query: string): Promise<unknown> =>
      (await api('GET', `/lists/${list}/members?${query}`)).body['total_items'];
    expect(await total('')).toBe(1);
    expect(await total('status=archived')).toBe(1);
    mailchimp.settings.listIncludesArchived = true;
    expect(await total('')).toBe(2);
  });
});
