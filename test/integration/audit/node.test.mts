import type { IDataObject } from 'n8n-workflow';
import { runNode, type NodeResult } from '../../support/harness.mts';
import { rowOf } from '../../unit/audit/scene.mts';

const run = (parameters: Record<string, unknown>, input: object[], onError?: 'continueRegularOutput') =>
  runNode({ type: 'syncLedger', parameters, input: input as IDataObject[], credentials: {}, onError });
const only = ({ outputs }: NodeResult): IDataObject => {
  expect(outputs).toHaveLength(1);
  expect(outputs[0]).toHaveLength(1);
  return outputs[0]![0]!.json;
};

test('Get History answers with one item, its entries and a page', async () => {
  const rows = [rowOf({ recordNumber: 'Y1' }), rowOf({ recordNumber: 'Y2' }), {}];
  const json = only(await run({ operation: 'getHistory', lookFor: 'Y1' }, rows));
  expect(json).toMatchObject({ kind: 'record', entries: [{ recordNumber: 'Y1' }], openProblems: 0 });
  expect(json.html).toMatch(/^<!DOCTYPE html>[\s\S]*What happened to record Y1/);
});

test('an address is hashed, and is not in the output', async () => {
  const result = await run({ operation: 'getHistory', lookFor: 'Anna@shop.example' }, [rowOf()]);
  expect(JSON.stringify(only(result)).toLowerCase()).not.toContain('anna@');
});

test('a number of an execution may come as a number', async () => {
  const json = only(await run({ operation: 'getHistory', lookFor: 77, kindOfThing: 'execution' }, [rowOf()]));
  expect(json).toMatchObject({ kind: 'execution', entries: [{}] });
});

test('Get Report counts the last seven days', async () => {
  const recent = { updatedAt: new Date(Date.now() - 60_000).toISOString() };
  const old = { updatedAt: new Date(Date.now() - 8 * 86_400_000).toISOString() };
  const json = only(await run({ operation: 'getReport' }, [rowOf(recent), rowOf(old)]));
  expect(json).toMatchObject({ applied: 1, title: 'Infor CloudSuite and Mailchimp' });
  expect(json.summary).toContain(': 1 write, ');
  expect(json.html).toContain('<svg');
});

test('an empty ledger gives an answer too', async () => {
  expect(only(await run({ operation: 'getReport' }, [{}]))).toMatchObject({ applied: 0 });
  expect(only(await run({ operation: 'getHistory', lookFor: 'Y1' }, [{}]))).toMatchObject({ entries: [] });
});

test('what is missing or no date is told', async () => {
  const wrong = await run({ operation: 'getReport', from: 'yesterday' }, [{}]);
  expect(wrong.error?.message).toMatch(/^\[SYNC_SETTING\] “From” is neither/);
  expect((await run({ operation: 'getHistory', lookFor: ' ' }, [{}])).error?.message).toContain(
    '[SYNC_SETTING]',
  );
  const going = await run({ operation: 'getReport', to: 'x' }, [{}], 'continueRegularOutput');
  expect(only(going)).toMatchObject({ code: 'SYNC_SETTING' });
});
