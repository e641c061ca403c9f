import { customers, startScene } from '../mailchimp/sync.mts';

test('50,000 customers become contacts with at most 4 write requests a 1,000, and a second run writes nothing', async () => {
  const scene = await startScene();
  const input = customers(50_000);
  const first = await scene.sync(input, { tagsToAdd: 'Customer' });
  expect(first.error).toBeUndefined();
  expect(first.done).toHaveLength(50_000);
  expect(scene.mailchimp.writeRequests().length).toBeLessThanOrEqual(200);
  expect(scene.mailchimp.requests.peakConcurrency).toBeLessThanOrEqual(9);
  scene.mailchimp.requests.clear();
  const second = await scene.sync(input, { tagsToAdd: 'Customer' });
  expect(second.skipped).toHaveLength(50_000);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  await scene.mailchimp.close();
}, 300_000);
