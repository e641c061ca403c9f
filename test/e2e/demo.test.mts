import { join } from 'node:path';
import { WHOLE_MONTH } from '../../sandbox/demo/acts/index.mts';
import { FAST, play, progressOf, type Played } from '../../sandbox/demo/player.mts';
import { MONTH } from '../../sandbox/demo/settings.mts';
import { Stage } from '../../sandbox/demo/stage.mts';
import { tableOf } from '../../sandbox/demo/table.mts';
import { startLab, type Lab } from '../../sandbox/lab.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';

/** The month of `npm run demo`, without its pauses; each act checks both systems itself. */

let lab: Lab;
let month: Played[];

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-demo'), customers: 120 });
  month = await play(new Stage(lab, MONTH), progressOf(WHOLE_MONTH), FAST);
});
afterAll(() => lab?.stop());

const writesOf = (title: RegExp): Played['writes'] => month.find(({ act }) => title.test(act.title))!.writes;

test('every act of the month plays, and nobody is mailed against their will', () => {
  expect(month.map(({ act }) => act.id)).toEqual(WHOLE_MONTH.map(({ id }) => id));
  expect(lab.world.mailchimp.consentViolations).toEqual([]);
});

test('the guard writes nothing, and both systems are silent at the end of the month', () => {
  expect(writesOf(/mistake/)).toEqual({ cloudSuite: 0, mailchimp: 0 });
  expect(writesOf(/end of the month/)).toEqual({ cloudSuite: 0, mailchimp: 0 });
});

test('the vouchers of an order that was refunded sum up to nothing', () => {
  const totals = lab.world.ion.m3.ledger.posted.map(({ total }) => total);
  expect(totals.length).toBeGreaterThan(2);
  expect(totals.reduce((sum, total) => sum + BigInt(total), 0n)).toBe(0n);
});

test('the table tells each act', () => {
  const table = tableOf(month).join('\n');
  for (const { act } of month) expect(table).toContain(String(act.day));
  expect(table).toContain('SYNC_BLAST_RADIUS');
});
