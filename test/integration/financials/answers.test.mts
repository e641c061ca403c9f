import { financials } from '../../../connectors/infor/financials/index.ts';
import { writeCarefully } from '../../../connectors/infor/careful.ts';
import type { RawOperation } from '../../../connectors/infor/productLine.ts';
import { errorOf, settingsOf, startScene, type Scene } from './scene.mts';

/** Landmark tells much at HTTP 200, and in the tenant's language. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.ion.close());

const LIST = /\/lists\//;
const BATCH = /\/batch$/;
const answerWith = (path: RegExp, body: unknown, status = 200): void =>
  scene.ion.faults.add({ kind: 'answer', status, body, path, times: 1000 });

test.each([
  ['an exception at HTTP 200', { exception: { message: 'Class is locked' } }],
  ['an exception as a text', { exception: 'Class is locked' }],
  ['an exception instead of a row', [{ _count: 1 }, { exception: { message: 'Class is locked' } }]],
  ['an exception beside rows', [{ _fields: { Customer: '1' } }, { exception: { message: 'is locked' } }]],
])('%s is an error, never a short list', async (_name, body) => {
  answerWith(LIST, body);
  const error = await errorOf(scene.read('customer'));
  expect(error.errorCode).toBe('INFOR_REFUSED');
  expect(error.what).toContain('locked');
});

test.each([
  ['XML', '<?xml version="1.0"?><list/>'],
  ['a number', 7],
  ['a list of texts', ['a', 'b']],
  ['null', null],
  ['an object without records', { _count: 3 }],
])('%s in place of a list is an error', async (_name, body) => {
  answerWith(LIST, body);
  expect((await errorOf(scene.read('customer'))).errorCode).toBe('ION_ANSWER');
});

test('missing rights are told by the status, in any language, with the name of the class', async () => {
  answerWith(LIST, { exception: { message: 'Zugriff verweigert' } }, 403);
  const error = await errorOf(scene.read('supplier'));
  expect(error.errorCode).toBe('INFOR_RIGHTS');
  expect(error.what).toContain('Vendor');
});

test('what Landmark says reaches no error with its addresses', async () => {
  answerWith(LIST, { exception: { message: 'Value anna@secret.example of "Anna Secret" is wrong' } }, 400);
  const { message, remedy } = await errorOf(scene.read('customer'));
  expect(message + remedy).not.toMatch(/anna|secret/i);
});

const change = async (fields: Record<string, string>) => {
  const [number] = scene.db.sorted('customer')[2]!;
  const { records } = scene.open().homes('customer');
  return (await writeCarefully(records, new Map([[number, { fields }]]))).get(number)!;
};

test('a change told in another language is looked up, and made once', async () => {
  scene.db.settings.words = 'other';
  expect(await change({ Phone: '4711' })).toEqual({ applied: true });
  expect(scene.db.writes).toHaveLength(1);
});

test.each(['exception', 'message'] as const)(
  'a refusal told as %s is one of its record',
  async (refusals) => {
    scene.db.settings.refusals = refusals;
    expect(await change({ Phone: 'x'.repeat(31) })).toEqual({
      applied: false,
      reason: 'refused-by-infor',
      subject: 'Phone',
    });
    expect(scene.db.writes).toEqual([]);
  },
);

test.each([
  ['no outcomes', [{ batchStatus: 'Complete' }]],
  ['fewer outcomes than records', [{ message: 'Customer updated' }, { batchStatus: 'Complete' }]],
  ['words that contradict themselves', Array(2).fill({ message: 'Customer not updated' })],
])('%s are no proof of a change', async (_name, body) => {
  answerWith(BATCH, body);
  const numbers = scene.db.sorted('customer').map(([number]) => number);
  const rows = new Map(numbers.slice(0, 2).map((number) => [number, { Phone: '1' }]));
  const { records } = scene.open().homes('customer');
  const answers = await records.write(rows, await records.read([...rows.keys()]));
  expect(answers).toEqual(Array(2).fill({ done: false, because: 'unknown' }));
});

test('an action that the tenant does not have is told, and nothing is changed', async () => {
  const [number] = scene.db.sorted('customer')[0]!;
  const { records } = scene.open({ updateAction: 'Change' }).homes('customer');
  const error = await errorOf(writeCarefully(records, new Map([[number, { fields: { Phone: '1' } }]])));
  expect([error.errorCode, error.what]).toEqual(['INFOR_NOT_FOUND', expect.stringContaining('Change')]);
});

test('custom fields are the tenant’s own, without the usual ones', async () => {
  const [number] = scene.db.sorted('customer')[0]!;
  const { customFields } = scene.open().homes('customer');
  const row = (await customFields.read([number])).get(number)!;
  expect(row).toHaveProperty('MailchimpContact');
  for (const usual of ['Customer', 'Name', 'Phone', 'EmailAddress', 'CreditHold'])
    expect(row).not.toHaveProperty(usual);
});

test('250 changes are three batches', async () => {
  for (let n = 0; n < 250; n++)
    scene.db.add('customer', { number: `N${String(n).padStart(3, '0')}`, name: 'x', status: 'active' });
  const numbers = scene.db.sorted('customer').flatMap(([number]) => (number.startsWith('N') ? number : []));
  const { records } = scene.open().homes('customer');
  const wanted = new Map(numbers.slice(0, 250).map((number) => [number, { fields: { Phone: '99' } }]));
  const results = await writeCarefully(records, wanted);
  expect([...results.values()].every(({ applied }) => applied)).toBe(true);
  expect(scene.ion.requests.matching('POST', BATCH)).toHaveLength(3);
});

const operation = (value: string): RawOperation =>
  financials.raw[0]!.operations.find((one) => one.value === value)!;
const raw = (value: string, values: Record<string, string>) =>
  operation(value).run(scene.gateway, settingsOf(), values);

test('the raw list gives rows of any class, as asked', async () => {
  const rows = await raw('list', {
    businessClass: 'Vendor',
    fields: 'Vendor, VendorName',
    lplFilter: 'Vendor like "S*"',
    limit: '3',
  });
  expect(rows).toHaveLength(3);
  expect(Object.keys(rows[0]!)).toEqual(['Vendor', 'VendorName']);
  const error = await errorOf(raw('list', { businessClass: 'Vendor', lplFilter: 'Nothing = "1"' }));
  expect(error.what).toContain('Nothing');
});

test('the raw action tells each record’s outcome in Landmark’s own words', async () => {
  const [number] = scene.db.sorted('customer')[0]!;
  const records = [
    { CustomerGroup: 'ACME', Customer: number, Phone: '12' },
    { CustomerGroup: 'ACME', Customer: 'NOBODY', Phone: '12' },
  ];
  const outcomes = await raw('action', {
    businessClass: 'Customer',
    action: 'Update',
    records: JSON.stringify(records),
  });
  expect(outcomes).toMatchObject([
    { record: 0, done: true, message: 'Customer updated' },
    { record: 1, done: false, because: 'gone', message: 'Customer record does not exist' },
  ]);
});

test('raw input that cannot be read is found before anything is sent', async () => {
  scene.ion.requests.clear();
  for (const records of ['no JSON', '{}', '[1]'])
    expect(
      (await errorOf(raw('action', { businessClass: 'Customer', action: 'Update', records }))).errorCode,
    ).toBe('INFOR_FIELD');
  expect(scene.ion.requests.all).toEqual([]);
});
