import assert from 'node:assert/strict';
import { errorOf, forEachKind, read, type Check } from '../check.mts';

const ABILITIES = ['read', 'changes', 'update', 'customFields'] as const;

const SAID: Check = {
  name: 'what cannot be done with an object is said with a reason',
  changes: false,
  run: async ({ type }) => {
    for (const [kind, { abilities, missing }] of Object.entries(type.objects)) {
      for (const ability of ABILITIES) {
        const said = abilities.includes(ability) || (missing[ability] ?? '').length > 10;
        assert.ok(said, `${kind}: ${ability}`);
      }
    }
  },
};

const LISTS: Check = {
  name: 'lists to choose from come from the system, each entry with name and value',
  changes: false,
  run: async (line) => {
    const { type, gateway, settings, listValues } = line;
    for (const [name, list] of Object.entries(type.lists)) {
      const choices = await list(gateway, settings, { ...settings.values, ...listValues });
      assert.ok(choices.length > 0, `${name} is empty`);
      assert.ok(choices.every((choice) => choice.name !== '' && choice.value !== ''));
      assert.equal(new Set(choices.map(({ value }) => value)).size, choices.length, `${name} repeats itself`);
    }
  },
};

const SETTINGS: Check = {
  name: 'every setting has a name, a description and a default of its own',
  changes: false,
  run: async ({ type }) => {
    assert.equal(new Set(type.settings.map(({ name }) => name)).size, type.settings.length);
    for (const { name, displayName, description } of type.settings)
      assert.ok(displayName !== '' && description !== '', name);
    assert.ok(type.emailHomes.length > 0);
  },
};

const RIGHTS = forEachKind('without the right to read it, the error says so and names it', 'read', {
  changes: true,
  run: async (line, kind) => {
    line.screens.deny(kind, true);
    const error = await errorOf(read(line, kind));
    assert.ok(['INFOR_RIGHTS', 'M3_RIGHTS'].includes(error.errorCode), `${error.errorCode} ${error.what}`);
    line.screens.deny(kind, false);
    assert.ok((await read(line, kind)).length > 0);
  },
});

export const DISCOVERY: Check[] = [SAID, LISTS, SETTINGS, ...RIGHTS];
