import assert from 'node:assert/strict';
import { writeCarefully, type Wanted } from '../../../connectors/infor/careful.ts';
import type { PartyHomes, RecordHome } from '../../../connectors/infor/homes.ts';
import { readReferences, writeReferences } from '../../../connectors/infor/wayBack.ts';
import type { EffectResult } from '../../../sync/types.ts';
import { forEachKind, need, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

const homes = ({ line }: LineUnderTest): PartyHomes => line.homes('customer');

const write = async (home: RecordHome, number: string, wanted: Wanted): Promise<EffectResult> =>
  (await writeCarefully(home, new Map([[number, wanted]]))).get(number)!;

const CUSTOM: Check[] = [
  {
    name: 'customer: a custom field is set and read back',
    changes: true,
    run: async (line) => {
      need(line, 'customer', 'customFields');
      const numbers = line.screens.numbers('customer').slice(0, 3);
      const { customFields } = homes(line);
      const wanted = new Map(numbers.map((n, i) => [n, { fields: { [line.customField]: `v${i}` } }]));
      const results = await writeCarefully(customFields, wanted);
      assert.ok(
        [...results.values()].every(({ applied }) => applied),
        JSON.stringify([...results]),
      );
      const rows = await customFields.read(numbers);
      assert.deepEqual(
        numbers.map((n) => rows.get(n)?.[line.customField]),
        ['v0', 'v1', 'v2'],
      );
    },
  },
  {
    name: 'customer: the cross-reference is kept and comes back with the record',
    changes: true,
    run: async (line) => {
      need(line, 'customer', 'contactLink');
      const [number] = line.screens.numbers('customer');
      const reference = {
        audienceId: 'e83a4c1f56',
        contactId: '0123456789abcdef0123456789abcdef',
        addressHash: '0123456789abcdef0123456789abcd',
        preference: 'unsubscribed',
      };
      const before = line.writes();
      for (let twice = 0; twice < 2; twice++) {
        const results = await writeReferences(homes(line), new Map([[number!, reference]]));
        assert.deepEqual(results.get(number!), { applied: true });
      }
      assert.equal(line.writes() - before, 1);
      assert.deepEqual((await readReferences(homes(line), [number!])).get(number!), reference);
      const options = { emailHome: '', withFinancials: false, withCrossReference: true, activeStatuses: [] };
      const record = await line.line.get('customer', number!, options);
      assert.deepEqual((record as { crossReference?: unknown }).crossReference, reference);
    },
  },
  {
    name: 'customer: an address is read from its home and written back there',
    changes: true,
    run: async (line) => {
      need(line, 'customer', 'contactLink');
      const addresses = homes(line).addresses('');
      const numbers = line.screens.numbers('customer').slice(0, 20);
      const entries = await addresses.entries(await homes(line).records.read(numbers));
      const [entry] = [...entries.values()].flat().filter(({ emails }) => emails.length === 1);
      assert.ok(entry, 'nobody has an address');
      const wanted = {
        fields: { [addresses.field]: 'new@address.example' },
        expected: { [addresses.field]: entry.text },
      };
      assert.deepEqual(await write(addresses.home, entry.key, wanted), { applied: true });
      assert.equal(
        (await addresses.home.read([entry.key])).get(entry.key)?.[addresses.field],
        'new@address.example',
      );
    },
  },
];

const OTHERS: Check[] = forEachKind('a changed field is written once, where it may be written', 'update', {
  changes: true,
  kinds: ['supplier', 'item', 'purchaseOrder', 'invoice', 'glAccount'],
  run: async (line) => {
    const [number] = line.screens.numbers('supplier');
    const field = Object.keys(line.type.objects.supplier.updatable).find((name) =>
      /phone|PHNO|Telephone/i.test(name),
    );
    assert.ok(field);
    const { records } = line.line.homes('supplier');
    const before = line.writes();
    for (let twice = 0; twice < 2; twice++)
      assert.deepEqual(await write(records, number!, { fields: { [field]: '4712' } }), { applied: true });
    assert.equal(line.screens.stored('supplier', number!, field), '4712');
    assert.equal(line.writes() - before, 1);
  },
});

const SUPPLIER_LINK: Check = {
  name: 'supplier: the cross-reference is kept',
  changes: true,
  run: async (line) => {
    need(line, 'supplier', 'contactLink');
    const [number] = line.screens.numbers('supplier');
    const reference = { audienceId: 'a', contactId: 'c', addressHash: 'h', preference: 'subscribed' };
    const supplierHomes = line.line.homes('supplier');
    assert.deepEqual((await writeReferences(supplierHomes, new Map([[number!, reference]]))).get(number!), {
      applied: true,
    });
    assert.deepEqual((await readReferences(supplierHomes, [number!])).get(number!), reference);
  },
};

export const KEEPING: Check[] = [...CUSTOM, ...OTHERS, SUPPLIER_LINK];
