import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  const extra = Array.from({ length: 8 }, (_, n) => ({
    tag: `EXTRA${n}`,
    name: `Extra ${n}`,
    type: 'text' as const,
  }));
  list = mailchimp.audiences.create({ name: 'Customers', mergeFields: extra }).id;
  mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
});

afterEach(() => mailchimp.close());

const patch = (merge_fields: object): ReturnType<Api> =>
  api('PATCH', `/lists/${list}/members/a@shop.example`, { merge_fields });

describe('the fields of an audience', () => {
  const fields = `/merge-fields`;
  const make = (body: object): ReturnType<Api> => api('POST', `/lists/${list}${fields}`, body);

  test('are listed ten at a time and never show EMAIL', async () => {
    const first = await api('GET', `/lists/${list}${fields}`);
    expect(first.body['merge_fields']).toHaveLength(10);
    const all = await api('GET', `/lists/${list}${fields}?count=1000`);
    const tags = (all.body['merge_fields'] as Array<{ tag: string }>).map(({ tag }) => tag);
    expect(tags).toHaveLength(12);
    expect(tags).not.toContain('EMAIL');
  });

  test('get an upper-case tag, or one of their own', async () => {
    expect((await make({ name: 'Parent', type: 'text', tag: 'parent' })).body['tag']).toBe('PARENT');
    expect((await make({ name: 'Payer', type: 'text' })).body['tag']).toMatch(/^MMERGE\d+$/);
  });

  test.each([
    [{ name: 'x', type: 'text', tag: 'ELEVENCHARS' }],
    [{ name: 'x', type: 'text', tag: 'FNAME' }],
    [{ name: 'x', type: 'text', tag: 'EMAIL' }],
    [{ name: 'x', type: 'text', tag: 'A B' }],
    [{ name: 'x', type: 'string' }],
    [{ name: 'x' }],
    [{ type: 'text' }],
  ])('refuse %j', async (body) => {
    expect((await make(body)).body).toMatchObject({ status: 400, title: 'Invalid Resource' });
  });

  test('end at the limit of the plan', async () => {
    mailchimp.settings.mergeFieldLimit = 12;
    expect((await make({ name: 'x', type: 'text' })).body['detail']).toContain('Merge Max Limit Exceeded');
  });

  test('take their values along when deleted, and a later call with the tag is no error', async () => {
    await patch({ EXTRA1: '1001' });
    const field = mailchimp.audiences.get(list)!.mergeFields.find(({ tag }) => tag === 'EXTRA1')!;
    expect((await api('DELETE', `/lists/${list}${fields}/${field.mergeId}`)).status).toBe(204);
    expect((await patch({ EXTRA1: '1002' })).status).toBe(200);
    const { body } = await api('GET', `/lists/${list}/members/a@shop.example`);
    expect(body['merge_fields']).not.toHaveProperty('EXTRA1');
    expect((await api('GET', `/lists/${list}${fields}/${field.mergeId}`)).status).toBe(404);
  });

  test('keep their type for ever', async () => {
    const one = `/lists/${list}${fields}/1`;
    expect((await api('PATCH', one, { type: 'number' })).status).toBe(400);
    expect((await api('PATCH', one, { name: 'Given name', type: 'number' })).body).toMatchObject({
      name: 'Given name',
      type: 'text',
    });
  });
});
