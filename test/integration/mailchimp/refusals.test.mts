import { customer, customers, startScene, type Scene } from './sync.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

describe('a run that cannot begin says why and writes nothing', () => {
  const key = (apiKey: string) => ({ apiKey, baseUrl: scene.mailchimp.url });

  test('a deleted audience', async () => {
    scene.mailchimp.audiences.remove(scene.list);
    const { error } = await scene.sync([customer('Y1')]);
    expect(error?.message).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
    expect(scene.mailchimp.writeRequests()).toEqual([]);
  });

  test.each([
    ['an unknown key', () => key('ffffffffffffffffffffffffffffffff-us21'), /\[MAILCHIMP_KEY_REFUSED\]/],
    [
      'a key of another data center',
      () => key('0123456789abcdef0123456789abcdef-us7'),
      /\[MAILCHIMP_(FORBIDDEN|KEY_REFUSED)\]/,
    ],
    [
      'a key without data center',
      () => ({ apiKey: 'canary0123456789', baseUrl: '' }),
      /\[MAILCHIMP_KEY_FORMAT\]/,
    ],
    [
      'a server that is off',
      () => ({ ...key('a-us21'), baseUrl: 'http://127.0.0.1:9' }),
      /\[MAILCHIMP_UNREACHABLE\]/,
    ],
  ])(
    '%s',
    async (_case, credential, code) => {
      const { error } = await scene.sync([customer('Y1')], {}, {}, credential());
      expect(error?.message).toMatch(code);
      expect(error?.description).toBeTruthy();
      const text = JSON.stringify([error?.message, error?.description, error?.context, error?.stack]);
      for (const canary of ['canary0123456789', 'ffffffffffffffff', 'y1@customer.example', 'Name Y1'])
        expect(text).not.toContain(canary);
    },
    60_000,
  );

  test('a mapping to a field that the audience lacks', async () => {
    const { error } = await scene.sync([customer('Y1')], {
      mergeFields: { mappingMode: 'defineBelow', value: { NOPE: 'x' }, schema: [] },
    });
    expect(error?.message).toContain('[MAILCHIMP_MERGE_FIELD_MISSING]');
    expect(error?.message).toContain('NOPE');
    expect(scene.mailchimp.writeRequests()).toEqual([]);
  });
});

test('a number field cannot hold customer numbers, and that is said before anything is written', async () => {
  const { audiences } = scene.mailchimp;
  audiences.removeMergeField(scene.list, 'CUSTNO');
  const typed = audiences.create({
    name: 'Typed',
    mergeFields: [{ tag: 'CUSTNO', name: 'Customer number', type: 'number' }],
  });
  const { error } = await scene.sync([customer('Y1')], {
    audience: { __rl: true, mode: 'id', value: typed.id },
  });
  expect(error?.message).toContain('[SYNC_SETTING]');
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test('a missing field is created once, with the type that was asked for, and Plan creates nothing', async () => {
  const newMergeFields = { field: [{ tag: 'credit', name: 'Credit', type: 'number', value: '={{ 12.5 }}' }] };
  const tags = () => scene.mailchimp.audiences.get(scene.list)!.mergeFields.map(({ tag }) => tag);
  const plan = await scene.sync([customer('Y1')], { newMergeFields, mode: 'plan' });
  expect(plan.done[0]!.effects).toMatchObject([{ mergeFields: { CREDIT: 12.5 } }]);
  expect(tags()).not.toContain('CREDIT');
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  const apply = await scene.sync([customer('Y1')], { newMergeFields });
  expect(apply.done.map(({ effects }) => effects)).toEqual(plan.done.map(({ effects }) => effects));
  expect(tags().filter((tag) => tag === 'CREDIT')).toEqual(['CREDIT']);
});

test('a merge field that vanishes between plan and write is named, and nothing is reported as done', async () => {
  scene.mailchimp.faults.add({
    kind: 'delay',
    delayMs: 0,
    where: ({ method }) =>
      method === 'PUT' ? (scene.mailchimp.audiences.removeMergeField(scene.list, 'FNAME'), true) : false,
  });
  const { attention, done } = await scene.sync([customer('Y1')]);
  expect(done).toEqual([]);
  expect(attention).toMatchObject([
    { reason: 'merge-field-vanished', explanation: expect.stringContaining('FNAME') },
  ]);
});

test('one bad record stops no other', async () => {
  const input = [
    customer('Y1'),
    customer('Y2', { emails: ['nobody'] }),
    customer('Y3', { emails: ['x@example.com'] }),
    customer('Y4', { emails: [] }),
    customer('Y5', { emails: ['too.many.signups@one.example'] }),
    { foo: 'bar' },
    {},
    customer('Y6'),
  ];
  const { done, skipped, attention, error } = await scene.sync(input);
  expect(error).toBeUndefined();
  expect(done.map(({ number }) => number)).toEqual(['Y1', 'Y6']);
  expect(skipped.map(({ number, reason }) => [number, reason])).toEqual([['Y4', 'no-email']]);
  expect(attention.map(({ number, reason }) => [number, reason])).toEqual([
    ['Y2', 'malformed-email'],
    ['Y3', 'refused-email'],
    ['Y5', 'too-many-signups'],
    ['', 'not-a-party'],
  ]);
});

test('the same bad records in a large run stop no other either', async () => {
  const bad = [
    customer('Y1', { emails: ['x@example.com'] }),
    customer('Y2', { emails: ['too.many.signups@one.example'] }),
  ];
  const { done, attention } = await scene.sync([...bad, ...customers(600)]);
  expect(done).toHaveLength(600);
  expect(attention.map(({ reason }) => reason)).toEqual(['refused-email', 'too-many-signups']);
});

test('never more than 9 connections at once, however many runs there are', async () => {
  scene.mailchimp.settings.latencyMs = 15;
  const runs = await Promise.all(
    [0, 1, 2, 3].map((run) =>
      scene.sync(
        customers(10, (i) => ({ number: `R${run}N${i}`, emails: [`r${run}n${i}@customer.example`] })),
      ),
    ),
  );
  expect(runs.every(({ done }) => done.length === 10)).toBe(true);
  expect(scene.mailchimp.requests.peakConcurrency).toBeLessThanOrEqual(9);
  expect(scene.mailchimp.requests.all.filter(({ status }) => status === 429)).toEqual([]);
});
