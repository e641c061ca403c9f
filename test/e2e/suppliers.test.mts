import { join } from 'node:path';
import { readTemplate, startLab, SUPPLIERS_TEMPLATE, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { joinAtRest } from './join.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import type { Audience } from '../../sandbox/mailchimp/model.mts';

/** Template 04, imported unchanged, beside the audience of the customers. */

let lab: Lab;
let workflow: StoredWorkflow;
let suppliers: Audience;
const members = () => [...suppliers.members.values()];

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-suppliers'), seed: 11, customers: 400 });
  suppliers = lab.world.mailchimp.audiences.create({ name: 'Suppliers' });
  workflow = await lab.api.importWorkflow(readTemplate(SUPPLIERS_TEMPLATE));
});
afterAll(() => lab?.stop());

async function run() {
  const execution = await lab.api.run(workflow, 'Run Now', 120_000);
  expect(errorOf(execution)).toBe('');
  return execution;
}

test('suppliers come into their own audience, and the customers’ stays as it is', async () => {
  const execution = await run();
  expect(itemsOf(execution, 'Get Changed Suppliers')).toHaveLength(
    lab.world.ion.m3.business.suppliers.rows.size,
  );
  expect(members().length).toBeGreaterThan(20);
  expect(members().every(({ email, tags }) => email.includes('@supplier') && tags.size === 1)).toBe(true);
  expect(lab.world.audience.members.size).toBe(0);
});

test('each keeps its contact’s id in its custom fields (M3: file CIDMAS)', () => {
  const kept = [...lab.world.ion.m3.customFields.values()].filter(({ FILE }) => FILE === 'CIDMAS');
  expect(kept.map(({ A121 }) => A121).sort()).toEqual(
    members()
      .map(({ contactId }) => contactId)
      .sort(),
  );
});

test('a second run writes nothing, and a changed supplier is one update', async () => {
  const before = lab.world.mailchimp.writes.length;
  await run();
  expect(lab.world.mailchimp.writes).toHaveLength(before);
  const { suppliers: table } = lab.world.ion.m3.business;
  table.put({ ...table.rows.get('S10001')!, SUNM: 'Renamed Supplies' });
  await run();
  expect(members().filter(({ mergeFields }) => mergeFields.COMPANY === 'Renamed Supplies')).toHaveLength(1);
});

test('every write is in the ledger, and every row is a write', async () => {
  expect(await joinAtRest(lab)).toMatchObject({ untold: [], unmade: [] });
});
