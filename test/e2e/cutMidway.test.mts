import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { ORDERS_TEMPLATE, readTemplate, SEGMENTS_TEMPLATE } from '../../sandbox/lab.mts';
import type { StoredWorkflow, TableRow } from '../../sandbox/n8n/rest.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { orderOf } from '../integration/receivable/scene.mts';
import { startCircle, type Circle } from './circle.mts';
import { cutWhere } from './cut.mts';
import { joinLogs } from './join.mts';

/** n8n is killed when templates 06 and 08 have written and told nobody: the next run names what that can have been. */

let circle: Circle;
const world = () => circle.lab.world;
const ledger = () => circle.lab.api.tableRows('infor_mailchimp_ledger');
const rowsOf = async (name: string) => {
  const named = ({ source, recordNumber }: TableRow) => source === name || recordNumber === name;
  return (await ledger())
    .filter(named)
    .map(({ kind, status, reason }) => `${String(kind)} ${String(status)} ${String(reason)}`);
};
const says = (words: string) => (request: FastifyRequest) =>
  `${request.method} ${request.url} ${JSON.stringify(request.body ?? '')}`.includes(words);

async function cutIn(workflow: StoredWorkflow, where: (request: FastifyRequest) => boolean): Promise<void> {
  let id = '';
  const wasCut = await cutWhere(circle.lab, {
    moment: 'reset-after',
    where,
    act: async () => (id = await circle.lab.api.start(workflow, 'Run Now')),
    done: async () => (await circle.lab.api.execution(id)).finished,
  });
  expect(wasCut).toBe(true);
}

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-cut-midway'), seed: 9, customers: 60 });
  world().ion.m3.addCustomer({ CUNO: 'W0001', CUNM: 'Anna', MAIL: 'anna@cut.example', PYNO: '' });
  await circle.run(circle.toAudience);
});
afterAll(() => circle?.lab.stop());

test('killed when a voucher is posted, the order is named the next night, and posted once', async () => {
  const orders = await circle.lab.api.importWorkflow(readTemplate(ORDERS_TEMPLATE));
  const put = (id: string): void =>
    void world().mailchimp.shop.putOrder('shop', {
      ...orderOf(id, 'anna@cut.example'),
      processed_at_foreign: new Date().toISOString(),
    });
  put('o1');
  await cutIn(orders, says('UpdBatch'));
  expect(world().ion.m3.ledger.posted).toHaveLength(1);
  expect(await rowsOf('order shop/o1')).toEqual(['run started begun']);
  put('o2');
  await circle.run(orders);
  expect(world().ion.m3.ledger.posted).toHaveLength(2);
  expect(await rowsOf('order shop/o1')).toEqual([
    expect.stringMatching(/^run superseded did not end; execution \d+ names/),
    'note superseded run-unfinished',
  ]);
  await circle.run(orders);
  expect(await rowsOf('order shop/o1')).toHaveLength(2);
});

test('killed when tags are written, the customers are named by the next run, and nothing is written twice', async () => {
  const standing = await circle.lab.api.importWorkflow(readTemplate(SEGMENTS_TEMPLATE));
  await cutIn(standing, says('POST /3.0/batches'));
  expect((await joinLogs(circle.lab)).untold).not.toEqual([]);
  await circle.run(standing);
  expect((await joinLogs(circle.lab)).untold.filter((one) => !/merge fields|segments/.test(one))).toEqual([]);
  const writes = world().mailchimp.writes.length;
  const rows = (await ledger()).length;
  await circle.run(standing);
  expect(world().mailchimp.writes).toHaveLength(writes);
  expect(await ledger()).toHaveLength(rows + 1);
});
