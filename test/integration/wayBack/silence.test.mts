import { PRODUCT_LINES } from '../../../connectors/infor/registry.ts';
import { applyContactChanges } from '../../../nodes/InforCloudSuite/resources/contactLink/run.ts';
import { startIonSimulator, type IonSimulator } from '../../../sandbox/ion/simulator.mts';
import type { ContactChange } from '../../../sync/contactChangeTypes.ts';
import type { Member } from '../../../sync/member.ts';
import type { LedgerRow } from '../../../sync/types.ts';
import { sideBySide } from '../../support/sideBySide.mts';
import { gatewayFor } from '../../support/gateway.mts';
import { contact } from './scene.mts';

/** M3 falls silent at any call of the way back, with the work of that call done: no write is without its row. */

const NUMBERS = ['Y90001', 'Y90002', 'Y90003'];
const oldOf = (number: string) => contact(`${number.toLowerCase()}@customer.example`);
const newOf = (number: string) =>
  contact(`${number.toLowerCase()}@new.example`, {
    contactId: oldOf(number).contactId,
    status: 'unsubscribed',
    mergeFields: { PHONE: '0222' },
  });

const changeOf = (member: Member, number: string, itemIndex: number): ContactChange => ({
  ...{ itemIndex, member, number, deletedMemberId: '', contactNumbers: [number], attempts: 0, retryOf: '' },
});

/** The way back without n8n, so that waiting is short. */
async function apply(
  ion: IonSimulator,
  changes: ContactChange[],
  ledger: ReadonlyMap<string, LedgerRow> = new Map(),
): Promise<LedgerRow[]> {
  const values = { fieldNames: {}, referenceFields: {}, values: {} };
  const line = PRODUCT_LINES.find(({ id }) => id === 'm3')!.open(gatewayFor(ion.ionapi()), values);
  const outcomes = await applyContactChanges(line.homes('customer'), {
    changes,
    settings: {
      ...{ addressChanges: 'update', maxAddressLength: 36, fieldHome: 'customer' },
      fields: [{ tag: 'PHONE', field: 'PHNO', maxLength: 16 }],
    },
    emailHome: 'MAIL',
    context: {
      ...{ mode: 'apply', flow: 'contacts', executionId: '1', workflowId: 'w', link: '', audienceId: '' },
      earlier: ledger,
    },
  });
  return outcomes.flatMap((one) => one.ledger);
}

async function tenantOfThree(): Promise<IonSimulator> {
  const ion = await startIonSimulator({ customers: 10 });
  for (const CUNO of NUMBERS) ion.m3.addCustomer({ CUNO, MAIL: oldOf(CUNO).email, PHNO: '0111' });
  await apply(
    ion,
    NUMBERS.map((number, i) => changeOf(oldOf(number), number, i)),
  );
  ion.writes.length = 0;
  ion.requests.clear();
  return ion;
}

/** As template 03: what changed, and once more what failed. */
async function run(ion: IonSimulator, ledger: Map<string, LedgerRow>): Promise<void> {
  const open = new Map([...ledger].filter(([, { status }]) => status === 'failed'));
  const numbers = [...NUMBERS, ...[...open.values()].map(({ recordNumber }) => recordNumber)];
  const retried = [...open].map(([retryOf, { attempts }]) => ({ retryOf, attempts }));
  const changes = numbers.map((number, i) => ({
    ...changeOf(newOf(number), number, i),
    ...retried[i - NUMBERS.length],
  }));
  for (const row of await apply(ion, changes, open)) ledger.set(row.effectKey, row);
}

const preferenceOf = ({ m3 }: IonSimulator, number: string): unknown =>
  [...m3.customFields.values()].find(({ FILE, PK01 }) => FILE === 'OCUSMA' && PK01 === number)?.A030;
const state = (ion: IonSimulator) =>
  NUMBERS.map((number) => [ion.m3.customers.get(number)!.MAIL, preferenceOf(ion, number)]);
const RIGHT = NUMBERS.map((number) => [newOf(number).email, 'unsubscribed']);

test('each write has its row, and nothing stays open', async () => {
  const whole = await tenantOfThree();
  await run(whole, new Map());
  const calls = whole.requests.all.length;
  await whole.close();
  await sideBySide(
    calls,
    async (skip) => {
      const ion = await tenantOfThree();
      const { faults } = ion;
      const ledger = new Map<string, LedgerRow>();
      try {
        faults.add({ kind: 'reset-after', skip });
        faults.add({ kind: 'reset-before', times: 10_000, where: () => faults.struck > 0 });
        // A run that has written nothing may fail as a whole.
        await run(ion, ledger).catch(() => undefined);
        expect(faults.struck).toBeGreaterThan(0);
        faults.clear();
        await run(ion, ledger);
        expect([skip, state(ion)]).toEqual([skip, RIGHT]);
        const rows = [...ledger.values()].filter(({ kind }) => kind !== 'note' && kind !== 'run');
        for (const number of NUMBERS) {
          const written = ion.writes.filter(({ record }) => [record.CUNO, record.PK01].includes(number));
          const told = rows.filter(({ recordNumber }) => recordNumber === number);
          expect([skip, number, told.length]).toEqual([skip, number, written.length]);
        }
        expect([skip, rows.filter(({ status }) => status === 'failed')]).toEqual([skip, []]);
      } finally {
        await ion.close();
      }
    },
    calls,
  );
}, 300_000);
