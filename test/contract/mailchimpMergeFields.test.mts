import fc from 'fast-check';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;
let path: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({
    name: 'Customers',
    mergeFields: [
      { tag: 'CUSTNO', name: 'Customer', type: 'text' },
      { tag: 'LIMIT', name: 'Credit limit', type: 'number' },
      { tag: 'SINCE', name: 'Customer since', type: 'date' },
      { tag: 'GROUP', name: 'Group', type: 'dropdown', options: { choices: ['Retail', 'Trade'] } },
      { tag: 'SITE', name: 'Site', type: 'url' },
      { tag: 'BORN', name: 'Birthday', type: 'birthday' },
      { tag: 'USPHONE', name: 'Phone', type: 'phone', options: { phone_format: 'US' } },
      { tag: 'USZIP', name: 'Zip', type: 'zip' },
    ],
  }).id;
  mailchimp.audiences.addMember(list, { email: 'a@shop.example', mergeFields: { FNAME: 'Anna' } });
  path = `/lists/${list}/members/a@shop.example`;
});

afterEach(() => mailchimp.close());

const patch = (merge_fields: unknown, query = ''): ReturnType<Api> =>
  api('PATCH', `${path}${query}`, { merge_fields });
const values = async (): Promise<Record<string, unknown>> =>
  (await api('GET', path)).body['merge_fields'] as Record<string, unknown>;

describe('values', () => {
  test('are merged per tag; unknown tags vanish without a word, "" clears', async () => {
    expect((await patch({ LNAME: 'Berg', NOSUCHTAG: 'x', custno: '1' })).status).toBe(200);
    expect(await values()).toMatchObject({ FNAME: 'Anna', LNAME: 'Berg', CUSTNO: '' });
    expect(await values()).not.toHaveProperty('NOSUCHTAG');
    await patch({ FNAME: '' });
    expect(await values()).toMatchObject({ FNAME: '', LNAME: 'Berg' });
  });

  test.each([
    ['LIMIT', '15.50', 15.5],
    ['LIMIT', 0, 0],
    ['CUSTNO', 7, '7'],
    ['SINCE', '12/21/1980', '1980-12-21'],
    ['SINCE', '2024-02-29', '2024-02-29'],
    ['GROUP', 'Trade', 'Trade'],
    ['SITE', 'https://shop.example/a', 'https://shop.example/a'],
    ['BORN', '02/29', '02/29'],
    ['USZIP', '12345-6789', '12345-6789'],
    ['PHONE', '+49 (0)40 12', '+49 (0)40 12'],
  ])('%s takes %p and keeps %p', async (tag, sent, kept) => {
    expect((await patch({ [tag]: sent })).status).toBe(200);
    expect((await values())[tag]).toBe(kept);
  });

  test.each([
    ['LIMIT', '1,50'],
    ['LIMIT', '12 EUR'],
    ['LIMIT', '1e3'],
    ['SINCE', '2023-02-29'],
    ['SINCE', '20230201'],
    ['GROUP', 'Wholesale'],
    ['SITE', 'shop.example'],
    ['BORN', '13/01'],
    ['USPHONE', '+49 40 123'],
    ['USZIP', '2048 AB'],
    ['CUSTNO', { a: 1 }],
    ['ADDRESS', '1 Harbour Street'],
  ])('%s refuses %p by its bare tag, and nothing of the call is kept', async (tag, sent) => {
    const answer = await patch({ LNAME: 'Lost', [tag]: sent });
    expect(answer.body).toMatchObject({
      status: 400,
      title: 'Invalid Resource',
      detail: 'Your merge fields were invalid.',
      errors: [{ field: tag }],
    });
    expect(await values()).toMatchObject({ LNAME: '', [tag]: '' });
    expect(mailchimp.writes).toEqual([]);
  });

  test.each([[null], [true], [['a']]])('the schema refuses the value %p', async (value) => {
    expect((await patch({ FNAME: value })).body['errors']).toEqual([
      { field: 'merge_fields.FNAME', message: 'Data did not match any of the schemas described in anyOf.' },
    ]);
  });

  test('the schema refuses a list instead of an object', async () => {
    expect((await patch([])).body['errors']).toEqual([
      { field: 'merge_fields', message: 'Schema describes object, array found instead' },
    ]);
  });

  test('text is cut at 255 bytes, never within a character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }), async (text) => {
        const trimmed = text.trim();
        await patch({ FNAME: trimmed });
        const kept = String((await values())['FNAME']);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255);
        expect(trimmed.startsWith(kept)).toBe(true);
        if (!trimmed.includes('\uFFFD')) expect(kept).not.toContain('\uFFFD');
        if (Buffer.byteLength(trimmed) <= 255) expect(kept).toBe(trimmed);
        else expect(Buffer.byteLength(kept)).toBeGreaterThan(251);
      }),
      { numRuns: 40 },
    );
  });
});

describe('ADDRESS', () => {
  const whole = { addr1: '1 Harbour Street', city: 'Rotterdam', state: '', zip: '3011', country: 'NL' };

  test('is taken when complete; a state is needed in the United States only', async () => {
    expect((await patch({ ADDRESS: whole })).status).toBe(200);
    expect((await values())['ADDRESS']).toEqual({ ...whole, addr2: '' });
    expect((await patch({ ADDRESS: { ...whole, country: 'US' } })).status).toBe(400);
    expect((await patch({ ADDRESS: { ...whole, country: 'US', state: 'NY' } })).status).toBe(200);
  });

  test.each(['addr1', 'city', 'zip'])('is refused without %s', async (part) => {
    for (const value of ['', ' ', undefined]) {
      expect((await patch({ ADDRESS: { ...whole, [part]: value } })).body['errors']).toEqual([
        { field: 'ADDRESS', message: 'Please enter a complete address' },
      ]);
    }
  });

  test('is cleared by ""', async () => {
    await patch({ ADDRESS: whole });
    await patch({ ADDRESS: '' });
    expect((await values())['ADDRESS']).toBe('');
  });
});

describe('required fields', () => {
  beforeEach(async () => {
    const fields = mailchimp.audiences.get(list)!.mergeFields;
    fields.find(({ tag }) => tag === 'CUSTNO')!.required = true;
  });

  test('fail a call that does not even name them', async () => {
    expect((await patch({ FNAME: 'Eva' })).body['errors']).toEqual([
      { field: 'CUSTNO', message: 'Please enter a value' },
    ]);
    expect((await patch({ CUSTNO: '1001' })).status).toBe(200);
    expect((await patch({ FNAME: 'Eva' })).status).toBe(200);
  });

  test('may be missing with skip_merge_validation, but types still count', async () => {
    expect((await patch({ FNAME: 'Eva' }, '?skip_merge_validation=true')).status).toBe(200);
    expect((await patch({ LIMIT: 'much' }, '?skip_merge_validation=true')).status).toBe(400);
  });
});
