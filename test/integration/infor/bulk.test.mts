import type { INode } from 'n8n-workflow';
import { itemsOf, startScene, type Scene } from './scene.mts';

/** Writes of many items: what was done is told, whatever happens to the rest. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 3 })));
afterEach(() => scene.ion.close());

const FIELDS = '={{ JSON.stringify({ FILE: "OCUSMA", PK01: $json.number, A030: "x" }) }}';

const addAll = (count: number, onError?: INode['onError'], fields = FIELDS) =>
  scene.run(
    {
      resource: 'm3Transaction',
      specifyInput: 'json',
      operation: 'callInBulk',
      program: { __rl: true, mode: 'name', value: 'CUSEXTMI' },
      transaction: { __rl: true, mode: 'name', value: 'AddFieldValue' },
      fields,
    },
    { input: Array.from({ length: count }, (_, i) => ({ number: `N${i}` })), onError },
  );

test('a lost answer is the error of its own hundred items and of no other', async () => {
  scene.ion.faults.add({ kind: 'reset-after', path: /execute/, skip: 1 });
  const items = itemsOf(await addAll(250, 'continueRegularOutput'));
  expect(items).toHaveLength(250);
  const failed = items.flatMap(({ code }, i) => (code === 'ION_UNAVAILABLE' ? [i] : []));
  expect(failed).toEqual(Array.from({ length: 100 }, (_, i) => 100 + i));
  expect(items.filter(({ success }) => success === true)).toHaveLength(150);
  expect(scene.ion.writes).toHaveLength(250);
  expect(scene.ion.requests.all).toHaveLength(3);
});

test('an item whose input cannot be read stops no other', async () => {
  const broken =
    '={{ $json.number === "N1" ? "no JSON" : JSON.stringify({ FILE: "OCUSMA", PK01: $json.number, A030: "x" }) }}';
  const items = itemsOf(await addAll(3, 'continueRegularOutput', broken));
  expect(items).toMatchObject([{ success: true }, { code: 'M3_FIELD' }, { success: true }]);
});

test('without permission to continue, unreadable input is found before the first write', async () => {
  const broken =
    '={{ $json.number === "N2" ? "no JSON" : JSON.stringify({ FILE: "OCUSMA", PK01: $json.number, A030: "x" }) }}';
  const { error } = await addAll(3, undefined, broken);
  expect(error?.message).toContain('[M3_FIELD]');
  expect(scene.ion.writes).toEqual([]);
});

test('a failed item leaves by the error output where there is one', async () => {
  scene.ion.settings.deniedPrograms.add('CUSEXTMI');
  const { outputs } = await addAll(2, 'continueErrorOutput');
  expect(outputs[0]).toEqual([]);
  expect(outputs[1]).toHaveLength(2);
  expect(JSON.stringify(outputs[1]!.map(({ json }) => json))).toContain('[M3_RIGHTS]');
});
