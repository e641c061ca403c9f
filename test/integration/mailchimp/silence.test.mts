import type { LedgerRow } from '../../../sync/types.ts';
import { sideBySide } from '../../support/sideBySide.mts';
import { row as segmentRow, startScene as startSegments } from './segments.mts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** Mailchimp falls silent at any call of a run, with the work of that call done: no write is without its row. */

type Ledger = Map<string, LedgerRow>;
type Told = { ledger: LedgerRow[] };
type Outputs = Record<'done' | 'skipped' | 'attention', Told[]>;

const open = (ledger: Ledger): string =>
  JSON.stringify([...ledger.values()].filter(({ status }) => status === 'failed'));
const tell = (ledger: Ledger, outcomes: Told[]): void =>
  outcomes.flatMap((one) => one.ledger).forEach((row) => ledger.set(row.effectKey, row));
const outcomesOf = ({ done, skipped, attention }: Outputs): Told[] => [...done, ...skipped, ...attention];

const KINDS: Record<string, string[]> = {
  ...{ create: ['create'], update: ['update'], archive: ['archive'], tags: ['tag', 'create'] },
};

/** Writes that no row tells. */
function untold({ mailchimp }: Pick<Scene, 'mailchimp'>, ledger: Ledger): string[] {
  const rows = [...ledger.values()];
  const members = mailchimp.writes.filter(
    ({ id, action }) => !rows.some(({ memberId, kind }) => memberId === id && KINDS[action]!.includes(kind)),
  );
  const audience = mailchimp.audienceWrites.map(({ action }) =>
    /field$/.test(action) ? 'mergeField' : 'segment',
  );
  const counted = (kind: string): string[] => {
    const [made, told] = [audience, rows.map((row) => row.kind)].map((all) =>
      all.filter((one) => one === kind),
    );
    return made!.length > told!.length ? [`${made!.length} ${kind}, ${told!.length} rows`] : [];
  };
  return [
    ...members.map(({ action, email }) => `${action} of ${email}`),
    ...counted('mergeField'),
    ...counted('segment'),
  ];
}

function silence({ mailchimp }: Pick<Scene, 'mailchimp'>, skip: number): void {
  mailchimp.faults.add({ kind: 'reset-after', skip });
  mailchimp.faults.add({ kind: 'reset-before', times: 100_000, where: () => mailchimp.faults.struck > 0 });
}

/** Nearly all time is back-off. */
const LANES = 16;
const COUNT = 24;

/** A third is new, a third differs, a third gets a tag; one inactive customer is archived. */
async function audienceOfAll(): Promise<Scene> {
  const scene = await startScene();
  for (let i = 8; i < COUNT; i++)
    scene.mailchimp.audiences.addMember(scene.list, {
      email: `y${100_000 + i}@customer.example`,
      mergeFields: { FNAME: i < 16 ? 'Old' : `Name Y${100_000 + i}`, CUSTNO: `Y${100_000 + i}` },
    });
  return scene;
}

const sync = (scene: Scene, ledger: Ledger): Promise<SyncRun> =>
  scene.sync(
    customers(COUNT, (i) => ({ status: i === 23 ? 'inactive' : 'active' })),
    {
      tagsToAdd: '={{ Number($json.number.slice(-2)) >= 16 ? "VIP" : "" }}',
      newMergeFields: { field: [{ tag: 'ROUTE', name: 'Route', type: 'text', value: 'North' }] },
    },
    { earlierRows: open(ledger), inactiveParties: 'archive', maxSharePercent: 100 },
  );

/** @param run gives what n8n would write to the ledger; the next one is undisturbed, and has to go well */
async function atAnyCall<S extends Pick<Scene, 'mailchimp'>>(
  calls: number,
  start: () => Promise<S>,
  run: (scene: S, ledger: Ledger) => Promise<Outputs & { error?: Error }>,
): Promise<void> {
  const once = async (skip: number): Promise<void> => {
    const scene = await start();
    const ledger: Ledger = new Map();
    try {
      silence(scene, skip);
      tell(ledger, outcomesOf(await run(scene, ledger)));
      expect(scene.mailchimp.faults.struck).toBeGreaterThan(0);
      scene.mailchimp.faults.clear();
      const next = await run(scene, ledger);
      expect([skip, next.error?.message]).toEqual([skip, undefined]);
      tell(ledger, outcomesOf(next));
      expect([skip, untold(scene, ledger)]).toEqual([skip, []]);
      expect([skip, open(ledger)]).toEqual([skip, '[]']);
    } finally {
      await scene.mailchimp.close();
    }
  };
  await sideBySide(calls, once, LANES);
}

test('contacts, tags and merge fields', async () => {
  const whole = await audienceOfAll();
  expect((await sync(whole, new Map())).attention).toEqual([]);
  const calls = whole.mailchimp.requests.all.length;
  await whole.mailchimp.close();
  await atAnyCall(calls, audienceOfAll, sync);
}, 600_000);

test('segments, their tags and merge fields', async () => {
  const table = [
    segmentRow('Active', 'is', 'Active', 'FINSTATUS'),
    { name: 'VIP', match: 'all', conditions: { tag: [{ name: 'VIP', op: 'has' }] } },
  ];
  const newMergeFields = [{ tag: 'FINSTATUS', name: 'Financial status', type: 'text' }];
  await atAnyCall(8, startSegments, (scene, ledger) =>
    scene.ensure(table, { newMergeFields, options: { earlierRows: open(ledger) } }),
  );
}, 600_000);
