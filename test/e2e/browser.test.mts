import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserType, Page } from 'playwright-core';
import { ORDERS_TEMPLATE, PUSH_TEMPLATE, readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { OWNER } from '../../sandbox/n8n/home.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { orderOf } from '../integration/receivable/scene.mts';
import { HOMES, PROJECT, readTools, SANDBOX_DATA } from '../../sandbox/n8n/tools.mts';

const PICTURES = join(SANDBOX_DATA, 'pictures');
/** It is installed in the sandbox, not at the top. */
const { chromium } = createRequire(join(PROJECT, 'sandbox', 'package.json'))('playwright-core') as {
  chromium: BrowserType;
};

let lab: Lab;
let browser: Browser;
let page: Page;
let workflow: StoredWorkflow;
const foreign: string[] = [];

/** Debian's Chromium runs as root in CI, which its own sandbox refuses. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

async function picture(name: string): Promise<void> {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function openWorkflow(id = workflow.id): Promise<void> {
  await page.goto(`${lab.n8n.url}/workflow/${id}`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('[data-test-id="canvas-node"]');
}

async function openPanel(node: string, id = workflow.id): Promise<void> {
  await openWorkflow(id);
  await page.locator('[data-test-id="canvas-node"]', { hasText: node }).first().dblclick();
  await page.waitForSelector('[data-test-id="parameter-input"]');
}

beforeAll(async () => {
  const executablePath = readTools().chromium;
  if (!executablePath)
    throw new Error('Install Chromium or Chrome, or set CHROMIUM_PATH, then run npm test.');
  mkdirSync(PICTURES, { recursive: true });
  lab = await startLab({ folder: join(HOMES, 'browser'), customers: 60 });
  workflow = await lab.api.importWorkflow(readTemplate());
  await lab.api.run(workflow, 'Run Now');
  browser = await chromium.launch({ executablePath, args: ARGS });
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  const login = { emailOrLdapLoginId: OWNER.email, password: OWNER.password };
  await context.request.post(`${lab.n8n.url}/rest/login`, { data: login });
  page = await context.newPage();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') foreign.push(url.href);
  });
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

test('the template opens with all its nodes, and none of them is unknown', async () => {
  await openWorkflow();
  await picture('workflow');
  for (const { name, type } of workflow.nodes.filter((node) => !node.type.endsWith('stickyNote'))) {
    const shown = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
    expect([name, await shown.getAttribute('data-node-type')]).toEqual([name, type]);
  }
  expect(await page.getByText('Install this node to use it').count()).toBe(0);
});

test('the panel of Sync Contacts shows the audience’s own merge fields', async () => {
  await openPanel('Sync Contacts');
  await picture('sync-contacts');
  for (const label of ['Audience', 'Phone Number (PHONE)', 'Status of New Contacts', 'Tags to Add'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

test('the panel of Get Changed Customers shows its settings', async () => {
  await openPanel('Get Changed Customers');
  await picture('get-changed-customers');
  for (const label of ['Resource', 'Operation', 'Changed Since', 'Return All'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

/** What a select offers. */
async function offered(parameter: string): Promise<string[]> {
  await page.locator(`[data-test-id="parameter-input-${parameter}"] input`).first().click();
  await page.waitForTimeout(800);
  const options = await page.locator('.el-select-dropdown__item:visible').allInnerTexts();
  await page.keyboard.press('Escape');
  return options.map((text) => text.split('\n')[0]!.trim());
}

test('the one place that names the product line shows all five, and what each needs', async () => {
  await openPanel('Get Server Time');
  await picture('get-server-time');
  expect(await offered('productLine')).toHaveLength(5);
  for (const label of ['Company', 'Division'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

test('a product line offers the operations that it has, and its own settings', async () => {
  const [node] = workflow.nodes.filter(({ name }) => name === 'Get Changed Customers');
  const parameters = { productLine: 'distribution', resource: 'supplier', operation: 'getAll' };
  const stored = await lab.api.importWorkflow({
    name: 'Suppliers of Distribution',
    nodes: [{ ...node!, name: 'Suppliers', parameters }],
    connections: {},
    settings: { executionOrder: 'v1' },
  });
  await openPanel('Suppliers', stored.id);
  const operations = await offered('operation');
  await picture('distribution-suppliers');
  expect(operations).toEqual(expect.arrayContaining(['Get', 'Get Many']));
  for (const missing of ['Update', 'Set Custom Fields', 'Set Cross-Reference'])
    expect(operations).not.toContain(missing);
  expect(await page.getByText('Division', { exact: true }).count()).toBe(0);
  const resources = await offered('resource');
  expect(resources).toEqual(expect.arrayContaining(['SX API', 'BOD', 'GL Account']));
  expect(resources).not.toContain('M3 Transaction');
});

test('the push template opens with both of its triggers', async () => {
  const stored = await lab.api.importWorkflow(readTemplate(PUSH_TEMPLATE));
  await openPanel('When ION Pushes', stored.id);
  await picture('when-ion-pushes');
  for (const label of ['Connect to Basic Auth', 'Nouns', 'Verbs'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

test('the orders template opens, shows a test event at once, and tells what posting means', async () => {
  for (const id of ['1', '2', '3', '4'])
    lab.world.mailchimp.shop.putOrder('shop', orderOf(id, 'anna@shop.example'));
  const stored = await lab.api.importWorkflow(readTemplate(ORDERS_TEMPLATE));
  await openPanel('When an Order Comes', stored.id);
  await page.getByText('Fetch Test Event').first().click();
  await page.getByText('3 items').first().waitFor({ timeout: 20_000 });
  await picture('when-an-order-comes');
  await openPanel('Post Orders', stored.id);
  await picture('post-orders');
  for (const label of ['Interface', 'Positions', 'Accounts', 'Voucher Text'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

test('the editor asks nobody but the local n8n', () => expect([...new Set(foreign)]).toEqual([]));
