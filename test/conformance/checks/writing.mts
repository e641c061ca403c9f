import assert from 'node:assert/strict';
import { writeCarefully, type Wanted } from '../../../connectors/infor/careful.ts';
import type { PartyHomes, RecordHome } from '../../../connectors/infor/homes.ts';
import type { EffectResult } from '../../../sync/types.ts';
import { need, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

const homes = ({ line }: LineUnderTest): PartyHomes => line.homes('customer');

const write = async (home: RecordHome, number: string, wanted: Wanted): Promise<EffectResult> =>
  (await writeCarefully(home, new Map([[number, wanted]]))).get(number)!;

interface Scene {
  line: LineUnderTest;
  number: string;
  field: string;
  home: RecordHome;
  stored(): string;
}

const updating = (name: string, run: (scene: Scene) => Promise<void>): Check => ({
  name: `customer: ${name}`,
  changes: true,
  run: async (line) => {
    need(line, 'customer', 'update');
    const [, , number] = line.screens.numbers('customer');
    const field = line.updatableField;
    const stored = (): string => line.screens.stored('customer', number!, field);
    await run({ line, number: number!, field, home: homes(line).records, stored });
  },
});

const lost = (name: string, kind: 'reset-after' | 'answer-after'): Check =>
  updating(`${name} of a write leaves exactly one change`, async ({ line, number, field, home, stored }) => {
    line.ion.faults.add({
      kind,
      status: 504,
      path: line.writePath,
      method: line.writeMethod,
      where: line.isWrite,
    });
    const before = line.writes();
    assert.deepEqual(await write(home, number, { fields: { [field]: '4711' } }), { applied: true });
    assert.equal(line.ion.faults.struck, 1, 'the fault did not strike');
    assert.equal(stored(), '4711');
    assert.equal(line.writes() - before, 1);
  });

const UPDATES: Check[] = [
  updating('a changed field is written once, others stay', async ({ line, number, field, home, stored }) => {
    const before = line.writes();
    assert.deepEqual(await write(home, number, { fields: { [field]: '123' } }), { applied: true });
    assert.equal(stored(), '123');
    assert.equal(line.writes() - before, 1);
  }),
  updating('an equal value costs no write', async ({ line, number, field, home, stored }) => {
    const before = line.writes();
    assert.deepEqual(await write(home, number, { fields: { [field]: stored() } }), { applied: true });
    assert.equal(line.writes(), before);
  }),
  updating('a record that does not exist is gone, and none is made', async ({ line, home, field }) => {
    const before = line.screens.numbers('customer').length;
    const result = await write(home, 'NOBODY', { fields: { [field]: '1' } });
    assert.ok(!result.applied && result.reason === 'customer-gone', JSON.stringify(result));
    assert.equal(line.screens.numbers('customer').length, before);
  }),
  updating('a value that is too long is refused, never cut', async ({ number, field, home, stored }) => {
    const before = stored();
    const result = await write(home, number, { fields: { [field]: 'x'.repeat(3000) } });
    assert.ok(!result.applied && result.reason === 'refused-by-infor', JSON.stringify(result));
    assert.equal(stored(), before);
    assert.ok(!result.subject.includes('xxx'));
  }),
  updating('one refused record leaves the others their change', async ({ line, field, home }) => {
    const [a, b, c] = line.screens.numbers('customer');
    const wanted = new Map([
      [a!, { fields: { [field]: '1' } }],
      [b!, { fields: { [field]: 'x'.repeat(3000) } }],
      [c!, { fields: { [field]: '3' } }],
    ]);
    const results = await writeCarefully(home, wanted);
    assert.deepEqual(
      [a!, b!, c!].map((number) => results.get(number)!.applied),
      [true, false, true],
    );
  }),
  lost('a lost answer', 'reset-after'),
  lost('a 504', 'answer-after'),
  updating('somebody else’s change is not written over', async ({ line, number, field, home, stored }) => {
    const expected = { [field]: stored() };
    line.screens.set('customer', number, field, '999');
    const result = await write(home, number, { fields: { [field]: '111' }, expected });
    assert.ok(!result.applied && result.reason === 'changed-in-infor', JSON.stringify(result));
    assert.equal(stored(), '999');
  }),
  updating('a change between our read and our write is seen, where the system can tell', async (scene) => {
    const { line, number, field, home, stored } = scene;
    if (!line.locks) return;
    line.screens.changeBeforeWrite('customer', number, 1);
    assert.deepEqual(await write(home, number, { fields: { [field]: '222' } }), { applied: true });
    assert.equal(stored(), '222');
    assert.equal(line.screens.stored('customer', number, line.personField!), 'changed by a person');
  }),
  updating(
    'fifty changes at once all arrive, with no more than six connections',
    async ({ line, field, home }) => {
      const numbers = line.screens.numbers('customer').slice(0, 50);
      line.ion.requests.clear();
      const results = await writeCarefully(
        home,
        new Map(numbers.map((n) => [n, { fields: { [field]: '55' } }])),
      );
      assert.ok([...results.values()].every(({ applied }) => applied));
      for (const number of numbers) assert.equal(line.screens.stored('customer', number, field), '55');
      assert.ok(line.ion.requests.peakConcurrency <= 6);
    },
  ),
];

export const WRITING: Check[] = UPDATES;
