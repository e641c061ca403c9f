import * as fc from 'fast-check';
import { affectedMembers } from '../../../sync/addresses.ts';
import { planContacts } from '../../../sync/plan.ts';
import { applyTo } from './audience.mts';
import { anyInputs, anyMembers, anySettings } from './world.mts';

const RUNS = { numRuns: 2000 };

describe('consent: for every generated input and audience', () => {
  test('a status goes only to an address that the audience has never seen, and it is the policy’s', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        for (const effect of planContacts(inputs, members, change).effects) {
          expect('status' in effect).toBe(effect.kind === 'create');
          if (effect.kind !== 'create') continue;
          expect(members.has(effect.memberId)).toBe(false);
          expect(effect.status).toBe(change.newContactStatus);
        }
      }),
      RUNS,
    );
  });

  test('contacts that opted out, bounced or were archived get nothing, unless fields were asked for; archived never', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        for (const effect of planContacts(inputs, members, change).effects) {
          const status = members.get(effect.memberId)?.status;
          expect(status).not.toBe('archived');
          if (change.optedOutContacts === 'leave') expect(['unsubscribed', 'cleaned']).not.toContain(status);
          if (effect.kind === 'archive') expect(['subscribed', 'transactional']).toContain(status);
        }
      }),
      RUNS,
    );
  });

  test('no status of a known contact ever changes, but to archived where the user chose it', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const after = applyTo(members, planContacts(inputs, members, change).effects);
        for (const [id, before] of members) {
          const allowed =
            change.inactiveParties === 'archive' ? [before.status, 'archived'] : [before.status];
          expect(allowed).toContain(after.get(id)!.status);
        }
      }),
      RUNS,
    );
  });
});

test('where unknown contacts are left out, nobody joins the audience, by no way, and each one is told', () => {
  fc.assert(
    fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
      const left = planContacts(inputs, members, { ...change, unknownContacts: 'leave' });
      const created = planContacts(inputs, members, { ...change, unknownContacts: 'create' });
      expect(left.effects).toEqual(created.effects.filter(({ kind }) => kind !== 'create'));
      const joining = created.effects.filter(({ kind }) => kind === 'create').map(({ memberId }) => memberId);
      const told = left.records.flatMap(({ notes }) => notes);
      for (const memberId of joining)
        expect(told).toContainEqual({ reason: 'not-in-audience', subject: '', memberId });
      for (const { reason, memberId } of told)
        if (reason === 'not-in-audience') expect(members.has(memberId)).toBe(false);
    }),
    RUNS,
  );
});

describe('silence and order: for every generated input and audience', () => {
  test('after the plan is applied, the same input plans nothing more', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const complete = new Map([...members].map(([id, state]) => [id, { ...state, tagsComplete: true }]));
        const after = applyTo(complete, planContacts(inputs, complete, change).effects);
        expect(planContacts(inputs, after, change).effects).toEqual([]);
      }),
      RUNS,
    );
  });

  test('the order of the records changes no effect', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const unique = [...new Map(inputs.map((one) => [one.party.number, one])).values()];
        const keys = (order: typeof unique): string[] =>
          planContacts(order, members, change)
            .effects.map((effect) => effect.key)
            .sort();
        expect(keys([...unique].reverse())).toEqual(keys(unique));
      }),
      RUNS,
    );
  });

  test('each input gives one record, which has an effect or says why not', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const { records } = planContacts(inputs, members, change);
        expect(records.map((record) => record.itemIndex)).toEqual(inputs.map((one) => one.itemIndex));
        for (const record of records) expect(record.effects.length + record.notes.length).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  test('effect keys are distinct, and no member gets two effects of one kind', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const { effects } = planContacts(inputs, members, change);
        expect(new Set(effects.map((effect) => effect.key)).size).toBe(effects.length);
        expect(new Set(effects.map((effect) => effect.kind + effect.memberId)).size).toBe(effects.length);
      }),
      RUNS,
    );
  });

  test('every planned member was announced for reading first', () => {
    fc.assert(
      fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
        const announced = new Set(affectedMembers(inputs, change));
        for (const effect of planContacts(inputs, members, change).effects)
          expect(announced).toContain(effect.memberId);
      }),
      RUNS,
    );
  });
});
