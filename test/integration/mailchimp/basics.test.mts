import { customer, customers, startScene, type Scene } from './sync.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

test('a few customers become contacts at once, without a batch', async () => {
  const { done, error, hints } = await scene.sync([customer('Y1'), customer('Y2'), customer('Y3')], {
    tagsToAdd: 'Customer',
  });
  expect(error).toBeUndefined();
  expect(done.map(({ number, actions }) => [number, actions])).toEqual([
    ['Y1', ['create']],
    ['Y2', ['create']],
    ['Y3', ['create']],
  ]);
  expect(scene.state()).toMatchObject({ 'y1@customer.example': ['subscribed', 'Name Y1', 'Y1'] });
  expect(hints).toEqual(['Applied: read 3, create 3']);
  expect(scene.mailchimp.requests.matching('POST', /batches/)).toEqual([]);
});

test.each([0, 1, 10, 11, 500, 501, 1000, 2500])(
  '%d customers are all there afterwards, and a second run writes nothing',
  async (count) => {
    const input = customers(count);
    const first = await scene.sync(input, { tagsToAdd: 'Customer' });
    expect(first.error).toBeUndefined();
    expect(first.done).toHaveLength(count);
    expect(Object.keys(scene.state())).toHaveLength(count);
    const allowed = count <= 10 ? 2 * count : Math.ceil((count / 1000) * 4);
    expect(scene.mailchimp.writeRequests().length).toBeLessThanOrEqual(allowed);
    scene.mailchimp.requests.clear();
    const second = await scene.sync(input, { tagsToAdd: 'Customer' });
    expect(second.skipped.map(({ reason }) => reason)).toEqual(input.map(() => 'unchanged'));
    expect(scene.mailchimp.writeRequests()).toEqual([]);
    expect(scene.mailchimp.consentViolations).toEqual([]);
  },
);
