import { join } from 'node:path';
import { readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { errorOf } from '../../sandbox/n8n/execution.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';

let lab: Lab;

beforeAll(async () => {
  // An empty table is more than that.
  const env = { N8N_DATA_TABLES_MAX_SIZE_BYTES: '1' };
  lab = await startLab({ folder: join(HOMES, 'e2e-full-tables'), seed: 3, customers: 20, env });
});
afterAll(() => lab?.stop());

test('where n8n’s data tables are full, a run stops before it writes what it could not tell', async () => {
  const workflow = await lab.api.importWorkflow(readTemplate());
  expect(errorOf(await lab.api.run(workflow, 'Run Now'))).toMatch(/Mark Run as Begun.*size limit exceeded/);
  expect([lab.world.mailchimp.writes, lab.world.mailchimp.audienceWrites, lab.world.ion.writes]).toEqual([
    [],
    [],
    [],
  ]);
});
