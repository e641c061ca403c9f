import * as fc from 'fast-check';
import { settle } from '../../../sync/outcome.ts';
import { planContacts } from '../../../sync/plan.ts';
import type { RunContext, UnfinishedRun } from '../../../sync/types.ts';
import { endOfRun, unfinishedRuns } from '../../../sync/unfinished.ts';
import { anyInputs, anyMembers, anySettings, input, member, settings } from './world.mts';

const run = (executionId: string): UnfinishedRun => ({
  ...{ effectKey: `run:01:${executionId}`, flow: '01', recordNumber: '', memberId: '', source: '' },
  ...{ executionId, workflowId: 'w1', link: `https://n8n.example/workflow/w1/executions/${executionId}` },
});

const context = (unfinished: UnfinishedRun[], mode: RunContext['mode'] = 'apply'): RunContext => ({
  ...{ mode, flow: '01', executionId: '77', workflowId: 'w1', audienceId: 'aud0000001', unfinished },
  link: 'https://n8n.example/workflow/w1/executions/77',
});

test('each contact that is not this run’s own is named once, with its record, and no person with it', () => {
  fc.assert(
    fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
      const plan = planContacts(inputs, members, change);
      const created = new Set(
        plan.effects.filter(({ kind }) => kind === 'create').map(({ memberId }) => memberId),
      );
      const rows = settle(plan, new Map(), context([run('75'), run('76')])).flatMap(({ ledger }) => ledger);
      const named = rows.filter(({ reason }) => reason === 'run-unfinished');
      expect(new Set(named.map(({ effectKey }) => effectKey)).size).toBe(named.length);
      expect(named.every(({ effectKey }) => effectKey.endsWith(':75+76'))).toBe(true);
      const pairs = named.map(({ recordNumber, memberId }) => `${recordNumber} ${memberId}`);
      for (const { number, memberIds } of plan.records)
        for (const id of memberIds) expect(pairs.includes(`${number} ${id}`)).toBe(!created.has(id));
      expect(JSON.stringify(named)).not.toContain('@');
    }),
  );
});

test('a run after one that ended well, and a plan, name nothing', () => {
  const plan = planContacts([input()], new Map([member('info@nordicbikes.example')]), settings());
  const ledgers = [context([]), context([run('76')], 'plan')].map((one) =>
    settle(plan, new Map(), one).flatMap(({ ledger }) => ledger),
  );
  expect(ledgers.map((rows) => rows.filter(({ reason }) => reason === 'run-unfinished'))).toEqual([[], []]);
});

test('orders and segments go by their source, and who has neither number nor contact is not named', () => {
  const record = { itemIndex: 0, attempts: 0, retryOf: '', memberIds: [], effects: [], notes: [] };
  const records = ['order s/1', 'order s/2', 'event 0f3a', 'event 1b2c'].map((source) => ({
    ...record,
    number: '',
    source,
  }));
  const rows = settle({ records, effects: [] }, new Map(), context([run('76')])).flatMap(
    ({ ledger }) => ledger,
  );
  expect(rows.map(({ source }) => source)).toEqual(['order s/1', 'order s/2']);
});

test('the end of a run ends the rows of the unfinished ones, under their own execution', () => {
  const rows = endOfRun([], context([run('75'), run('76')]));
  expect(rows).toMatchObject([
    { effectKey: 'run:01:77', status: 'applied', executionId: '77' },
    { effectKey: 'run:01:75', status: 'superseded', executionId: '75' },
    { effectKey: 'run:01:76', status: 'superseded', executionId: '76' },
  ]);
  expect(rows[1]!.reason).toContain('execution 77');
  expect(rows[1]!.link).toMatch(/\/75$/);
});

describe('unfinished runs among the rows of the ledger', () => {
  const row = { ...run('75'), kind: 'run', status: 'started', attempts: 0 };

  test('are those that others began and nobody ended', () => {
    const others = [
      { ...row, status: 'superseded' },
      { ...row, kind: 'note' },
      { ...row, effectKey: '' },
    ];
    const own = { ...row, effectKey: 'run:01:77', executionId: '77' };
    expect(unfinishedRuns([...others, own, row], '77')).toEqual([run('75')]);
  });

  test('are none, whatever else is given', () =>
    fc.assert(
      fc.property(fc.array(fc.anything()), (rows) => expect(unfinishedRuns(rows, '77')).toEqual([])),
    ));
});
