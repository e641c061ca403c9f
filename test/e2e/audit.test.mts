import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AUDIT_TEMPLATE, readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import type { StoredWorkflow, WorkflowFile } from '../../sandbox/n8n/rest.mts';
import { HOMES, SANDBOX_DATA } from '../../sandbox/n8n/tools.mts';
import { memberIdOf } from '../../sync/email.ts';
import { until } from './circle.mts';

/** Template 09, imported unchanged, in a real n8n whose ledger template 01 has written. */

const LOGIN = { user: 'auditor', password: 'a long secret of its own' };
const PICTURES = join(SANDBOX_DATA, 'pictures');
const [GOOD, POISON, LEFT] = ['Y70001', 'Y70002', 'Y70003'];
const GOOD_EMAIL = 'good@audit.example';

let lab: Lab;
let audit: StoredWorkflow;
let receiver: Server;
const received: Array<Record<string, string>> = [];
type Entry = { recordNumber: string; effectKey: string; link: string; executionId: string; text: string };

const ledger = () => lab.api.tableRows('infor_mailchimp_ledger');

/** The template as somebody would fill it in: what to ask, and where the report goes. */
function filledIn(values: Record<string, string>): WorkflowFile {
  const template = readTemplate(AUDIT_TEMPLATE);
  const nodes = template.nodes.map((node) => {
    if (node.type !== 'n8n-nodes-base.set') return node;
    const { assignments } = node.parameters as {
      assignments: { assignments: Array<{ name: string; value: string }> };
    };
    const filled = assignments.assignments.map((one) =>
      one.name in values && node.name !== 'Question' ? { ...one, value: values[one.name]! } : one,
    );
    return { ...node, parameters: { ...node.parameters, assignments: { assignments: filled } } };
  });
  return { ...template, name: `Audit ${JSON.stringify(values)}`, nodes };
}

async function ask(lookFor: string): Promise<Record<string, unknown>> {
  const execution = await lab.api.run(await lab.api.importWorkflow(filledIn({ lookFor })), 'Ask Here');
  expect(errorOf(execution)).toBe('');
  expect(itemsOf(execution, 'Answer as a File')).toHaveLength(1);
  return itemsOf(execution, 'Get History')[0]!;
}

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request
      .on('data', (part) => (body += part))
      .on('end', () => {
        received.push(JSON.parse(body) as Record<string, string>);
        response.end('ok');
      });
  }).listen(0, '127.0.0.1');
  mkdirSync(PICTURES, { recursive: true });
  lab = await startLab({ folder: join(HOMES, 'e2e-audit'), seed: 5, customers: 30 });
  const { m3 } = lab.world.ion;
  m3.addCustomer({ CUNO: GOOD!, CUNM: 'Good AB', MAIL: GOOD_EMAIL });
  m3.addCustomer({ CUNO: POISON!, CUNM: 'Poison AB', MAIL: 'no address at all' });
  m3.addCustomer({ CUNO: LEFT!, CUNM: 'Left AB', MAIL: 'left@audit.example' });
  await lab.api.createCredential({ name: 'Ledger form account', type: 'httpBasicAuth', data: LOGIN });
  const sync = await lab.api.importWorkflow(readTemplate());
  expect(errorOf(await lab.api.run(sync, 'Run Now', 280_000))).toBe('');
  lab.world.mailchimp.audiences.unsubscribe(lab.world.audience.id, 'left@audit.example');
  m3.changeCustomer(LEFT!, { CUNM: 'Left and gone AB' });
  expect(errorOf(await lab.api.run(sync, 'Run Now', 280_000))).toBe('');
  audit = await lab.api.importWorkflow(readTemplate(AUDIT_TEMPLATE));
});
afterAll(async () => {
  receiver?.close();
  await lab?.stop();
});

test('the history of a customer is its rows and no other, and each link leads to an execution', async () => {
  const rows = (await ledger()).filter(({ recordNumber }) => recordNumber === GOOD);
  const answer = await ask(GOOD!);
  const entries = answer.entries as Entry[];
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(entries.map(({ effectKey }) => effectKey).sort()).toEqual(
    rows.map(({ effectKey }) => effectKey).sort(),
  );
  expect(entries.map(({ text }) => text)).toContain('The contact was created in Mailchimp.');
  for (const { link, executionId } of entries) {
    expect(link).toBe(`${lab.n8n.url}/workflow/${rows[0]!.workflowId}/executions/${executionId}`);
    expect(await lab.api.execution(executionId)).toMatchObject({ status: 'success' });
    expect((await fetch(link)).status).toBe(200);
  }
});

test('a poisoned record is told to be open, with what to do; an unsubscribed one is settled', async () => {
  expect(await ask(POISON!)).toMatchObject({
    openProblems: 1,
    whatToDo: ['The e-mail address is malformed. Correct it in CloudSuite.'],
  });
  const left = await ask(LEFT!);
  expect(left).toMatchObject({ openProblems: 0 });
  expect(JSON.stringify(left.entries)).toContain('The contact unsubscribed.');
});

test('a row that knows only the contact belongs to the customer too; an order and an execution are found', async () => {
  const more = { flow: 'contacts', status: 'skipped', reason: 'no-customer', attempts: 1, recordNumber: '' };
  await lab.api.insertRows('infor_mailchimp_ledger', [
    { ...more, effectKey: 'note:contact', kind: 'note', memberId: memberIdOf(GOOD_EMAIL), source: 'event 1' },
    { ...more, effectKey: 'note:order', kind: 'note', memberId: '', source: 'order shop/1001' },
    { ...more, effectKey: 'note:another', kind: 'note', memberId: '', source: 'order shop/11001' },
  ]);
  const keys = async (lookFor: string) =>
    ((await ask(lookFor)).entries as Entry[]).map(({ effectKey }) => effectKey);
  expect(await keys(GOOD!)).toContain('note:contact');
  expect(await keys(GOOD_EMAIL.toUpperCase())).toContain('note:contact');
  expect(await keys('1001')).toEqual(['note:order']);
  const run = (await ledger()).find(({ kind }) => kind === 'run')!;
  const ofRun = (await ledger()).filter(({ executionId }) => executionId === run.executionId);
  expect((await ask(String(run.effectKey))).entries).toHaveLength(1);
  const answer = await ask(`Execution ${run.executionId}`);
  expect([answer.kind, (answer.entries as Entry[]).length]).toEqual(['execution', ofRun.length]);
});

test('the report counts what the ledger holds, is kept as a file, and is sent where somebody asked for it', async () => {
  const sendTo = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const execution = await lab.api.run(await lab.api.importWorkflow(filledIn({ sendTo })), 'Report Now');
  expect(errorOf(execution)).toBe('');
  const rows = await ledger();
  const [report] = itemsOf(execution, 'Get Report');
  const count = (test: (row: Record<string, unknown>) => boolean): number =>
    rows.filter((row) => row.kind !== 'run' && test(row)).length;
  expect(report).toMatchObject({
    applied: count(({ status }) => status === 'applied'),
    quarantined: count(({ status }) => status === 'quarantined'),
    skipped: count(({ status }) => status === 'skipped'),
    consentSkips: count(({ reason }) => reason === 'unsubscribed'),
    runs: rows.filter(({ kind }) => kind === 'run').length,
    failedExecutions: 0,
  });
  expect(itemsOf(execution, 'Report as a File')).toHaveLength(1);
  expect(received).toMatchObject([{ title: report!.title, text: report!.summary, html: report!.html }]);
  writeFileSync(join(PICTURES, 'audit-report.html'), String(report!.html));
});

test('without an address the report is sent nowhere', async () => {
  const execution = await lab.api.run(audit, 'Report Now');
  expect(errorOf(execution)).toBe('');
  expect(itemsOf(execution, 'Send the Report')).toEqual([]);
  expect(itemsOf(execution, 'Report as a File')).toHaveLength(1);
});

describe('the form', () => {
  const authorization = `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`;
  let address: string;
  const post = (lookFor: string, headers: Record<string, string> = { authorization }): Promise<Response> => {
    const body = new FormData();
    body.set('field-0', lookFor);
    return fetch(address, { method: 'POST', headers, body });
  };

  beforeAll(async () => {
    const trigger = audit.nodes.find(({ name }) => name === 'Ask the Ledger') as { webhookId?: string };
    address = `${lab.n8n.url}/form/${trigger.webhookId}`;
    await lab.api.publish(audit);
    await until('the form is there', async () => (await fetch(address, { headers: { authorization } })).ok);
  });

  test('shows itself and answers to nobody without the login', async () => {
    const before = (await lab.api.executionsOf(audit)).length;
    const wrong = `Basic ${Buffer.from('auditor:wrong').toString('base64')}`;
    for (const headers of [{}, { authorization: wrong }, { 'x-auth-token': 'x' }] as Array<
      Record<string, string>
    >) {
      expect((await fetch(address, { headers })).status).toBe(401);
      expect((await post(GOOD!, headers)).status).toBe(401);
    }
    expect((await lab.api.executionsOf(audit)).length).toBe(before);
  });

  test('answers with the page of the customer', async () => {
    const answer = (await (await post(` ${GOOD} `)).json()) as { formWaitingUrl: string };
    // n8n's own page asks for the state first: the address does not answer while the execution is still running.
    const status = new URL(answer.formWaitingUrl);
    status.pathname += '/n8n-execution-status';
    const state = async () => (await (await fetch(status, { headers: { authorization } })).text()).trim();
    await until('the answer is there', async () => (await state()) === 'form-waiting');
    const html = await (await fetch(answer.formWaitingUrl, { headers: { authorization } })).text();
    expect(html).toContain(`What happened to record ${GOOD}`);
    writeFileSync(join(PICTURES, 'audit-form-answer.html'), html);
    expect(html).toContain('The contact was created in Mailchimp.');
    expect(html).not.toContain(POISON);
  });
});

test('the ledger and the answers name no address', async () => {
  const answer = await ask(GOOD_EMAIL);
  expect(`${JSON.stringify(answer)}${JSON.stringify(await ledger())}`).not.toContain(GOOD_EMAIL);
});
