import { MailchimpSync } from '../../../nodes/MailchimpSync/MailchimpSync.node.ts';
import { editorOf } from '../../support/harness.mts';
import { startScene, type Scene } from './sync.mts';

/** What n8n's editor asks while somebody fills in the node. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const { searchAudiences } = new MailchimpSync().methods.listSearch;
const { getMergeFields } = new MailchimpSync().methods.resourceMapping;

const editor = (audience = scene.list, apiKey = scene.mailchimp.apiKey) =>
  editorOf({
    type: 'mailchimpSync',
    parameters: {
      resource: 'contact',
      operation: 'sync',
      audience: { __rl: true, mode: 'id', value: audience },
    },
    credentials: { mailchimpMarketingApi: { apiKey, baseUrl: scene.mailchimp.url } },
  });

test('all audiences are offered, not the first ten, and the search ignores case', async () => {
  for (let i = 0; i < 15; i++) scene.mailchimp.audiences.create({ name: `Region ${i}` });
  expect((await searchAudiences.call(editor())).results).toHaveLength(16);
  expect((await searchAudiences.call(editor(), 'CUSTOMERS')).results).toEqual([
    { name: 'Customers', value: scene.list },
  ]);
});

test('all merge fields are offered with their types, not the first ten', async () => {
  const mergeFields = [
    { tag: 'CREDIT', name: 'Credit', type: 'number' as const },
    { tag: 'GROUP', name: 'Group', type: 'dropdown' as const, options: { choices: ['Retail', 'Wholesale'] } },
    ...Array.from({ length: 12 }, (_, i) => ({ tag: `T${i}`, name: `Text ${i}`, type: 'text' as const })),
  ];
  const { id } = scene.mailchimp.audiences.create({ name: 'Typed', mergeFields });
  const { fields } = await getMergeFields.call(editor(id));
  expect(fields).toHaveLength(4 + mergeFields.length);
  const of = (tag: string) => fields.find((field) => field.id === tag);
  expect(of('CREDIT')).toMatchObject({ displayName: 'Credit (CREDIT)', type: 'number', required: false });
  expect(of('GROUP')).toMatchObject({
    type: 'options',
    options: [
      { name: 'Retail', value: 'Retail' },
      { name: 'Wholesale', value: 'Wholesale' },
    ],
  });
  expect(of('ADDRESS')).toMatchObject({ type: 'object' });
});

test('before an audience is chosen the mapping says so instead of failing', async () => {
  expect(await getMergeFields.call(editor(''))).toEqual({
    fields: [],
    emptyFieldsNotice: 'Choose an audience first.',
  });
});

test('a wrong key and a wrong audience are explained with their codes, without the key', async () => {
  const messages = await Promise.all([
    searchAudiences.call(editor(scene.list, 'canarycanarycanary-us21')).catch((error: Error) => error),
    getMergeFields.call(editor('0000000000')).catch((error: Error) => error),
  ]);
  expect(String(messages[0])).toContain('[MAILCHIMP_KEY_REFUSED]');
  expect(String(messages[1])).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
  expect(JSON.stringify(messages)).not.toContain('canary');
});
