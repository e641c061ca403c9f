import { join } from 'node:path';
import { readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import type { WorkflowFile } from '../../sandbox/n8n/rest.mts';
import { forAudience } from './workflows.mts';

/** Template 01 with every other product line: only the first Infor node is told which one it is. */

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-lines'), seed: 9, customers: 120 });
});
afterAll(() => lab?.stop());

const configuration = { __rl: true, mode: 'name', value: 'ACME_DEM_MAIN' };
const LINES = [
  { productLine: 'industrial', configuration },
  { productLine: 'financials' },
  { productLine: 'distribution', company: '1' },
  { productLine: 'ln', company: '1000' },
];

/** What a user does: one node is changed. */
const withLine = (template: WorkflowFile, parameters: object): WorkflowFile => ({
  ...template,
  nodes: template.nodes.map((node) =>
    node.name === 'Get Server Time' ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
  ),
});

test.each(LINES)(
  '$productLine: customers become contacts, keep their id, and then all is silent',
  async (line) => {
    const { world, api } = lab;
    const audience = world.mailchimp.audiences.create({ name: `Customers of ${line.productLine}` });
    const template = forAudience(withLine(readTemplate(), line), line.productLine, audience.id);
    const workflow = await api.importWorkflow(template);
    const run = async () => {
      const execution = await api.run(workflow, 'Run Now', 120_000);
      expect(errorOf(execution)).toBe('');
      return execution;
    };
    const database = world.ion[line.productLine as 'ln'];
    const execution = await run();
    expect(itemsOf(execution, 'Get Changed Customers')).toHaveLength(database.table('customer').size);
    const members = [...audience.members.values()];
    expect(members.length).toBeGreaterThan(80);
    const ids = new Set(members.map(({ contactId }) => contactId));
    const kept = [...database.table('customer').values()].filter(({ row }) =>
      Object.values(row).some((value) => ids.has(value)),
    );
    expect(kept.length).toBeGreaterThanOrEqual(members.length);
    const before = [world.mailchimp.writes.length, database.writes.length];
    await run();
    expect([world.mailchimp.writes.length, database.writes.length]).toEqual(before);
  },
);
