import { memberId } from '../../../sandbox/mailchimp/model.mts';
import type { LedgerRow } from '../../../sync/types.ts';
import { customers, startScene, type Scene } from './sync.mts';

/** The option Earlier Rows: what the ledger says about earlier runs counts, also where a record is simply read again. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const POISON = 'y100000@customer.example';
const ledger = new Map<string, LedgerRow>();
beforeEach(() => ledger.clear());

/** A run that reads everything again, with the open rows in the form in which the editor keeps them. */
async function run(name = 'Same'): Promise<void> {
  const open = [...ledger.values()].filter(({ status }) => status === 'failed' || status === 'quarantined');
  const options = { earlierRows: JSON.stringify(open) };
  const { done, skipped, attention, error } = await scene.sync(
    customers(3, () => ({ name })),
    {},
    options,
  );
  expect(error).toBeUndefined();
  for (const row of [...done, ...skipped, ...attention].flatMap((outcome) => outcome.ledger))
    ledger.set(row.effectKey, row);
}

function poison(): void {
  const body = { title: 'Invalid Resource', status: 400, detail: 'No.' };
  const path = new RegExp(`/members/${memberId(POISON)}`);
  scene.mailchimp.faults.add({ kind: 'answer', method: 'PUT', path, status: 400, body, times: 1_000 });
}

const tries = (): number =>
  scene.mailchimp.requests.all.filter(
    ({ method, path }) => method === 'PUT' && path.includes(memberId(POISON)),
  ).length;

test('a record that is refused at every run is tried five times in its life, and the others go on', async () => {
  poison();
  for (let i = 0; i < 8; i += 1) await run();
  expect(tries()).toBe(5);
  expect(Object.keys(scene.state())).toHaveLength(2);
  await run('Changed');
  expect(tries()).toBe(6);
});

test.each(['{ "effectKey": ', '{}', 'null', ' ', { effectKey: 'one' }])(
  'an option that is no list (%j) is an error before the first request, never an empty list',
  async (earlierRows) => {
    const { error } = await scene.sync(customers(1), {}, { earlierRows });
    expect(String((error as Error).message)).toMatch(/SYNC_SETTING.*Earlier Rows/);
    expect(scene.mailchimp.requests.all).toEqual([]);
  },
);
