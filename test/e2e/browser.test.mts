import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserType, Page } from 'playwright-core';
import { readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { OWNER } from '../../sandbox/n8n/home.mts';
import { PROJECT, readTools, SANDBOX_DATA } from '../../sandbox/n8n/tools.mts';

const PICTURES = join(SANDBOX_DATA, 'pictures');
/** It is installed in the sandbox, not at the top. */
const { chromium } = createRequire(join(PROJECT, 'sandbox', 'package.json'))('playwright-core') as {
  chromium: BrowserType;
};

let lab: Lab;
let browser: Browser;
let page: Page;
const foreign: string[] = [];

/** Debian's Chromium runs as root in CI, which its own sandbox refuses. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

async function picture(name: string): Promise<void> {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function open(node: string): Promise<void> {
  await page.locator('[data-test-id="canvas-node"]', { hasText: node }).first().dblclick();
  await page.waitForSelector('[data-test-id="parameter-input"]');
}

beforeAll(async () => {
  const executablePath = readTools().chromium;
  if (!executablePath)
    throw new Error('Install Chromium or Chrome, or set CHROMIUM_PATH, then run npm test.');
  mkdirSync(PICTURES, { recursive: true });
  lab = await startLab({ folder: join(SANDBOX_DATA, 'browser'), customers: 60 });
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
  const workflow = await lab.api.importWorkflow(readTemplate());
  await lab.api.run(workflow, 'Run Now');
  await page.goto(`${lab.n8n.url}/workflow/${workflow.id}`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('[data-test-id="canvas-node"]');
  await picture('workflow');
  const notes = workflow.nodes.filter(({ type }) => type.endsWith('stickyNote')).length;
  expect(await page.locator('[data-test-id="canvas-node"]').count()).toBe(workflow.nodes.length);
  expect(await page.locator('.sticky, [data-test-id="sticky"]').count()).toBeGreaterThanOrEqual(notes);
  expect(await page.getByText('Install this node to use it').count()).toBe(0);
});

test('the panel of Sync Contacts shows its settings and the audience', async () => {
  await open('Sync Contacts');
  await picture('sync-contacts');
  for (const label of ['Audience', 'Merge Fields', 'Status of New Contacts', 'Tags to Add'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
});

test('the panel of Get Changed Customers shows its settings', async () => {
  await open('Get Changed Customers');
  await picture('get-changed-customers');
  for (const label of ['Resource', 'Operation', 'Changed Since', 'Return All'])
    expect(await page.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
});

test('the editor asks nobody but the local n8n', () => expect([...new Set(foreign)]).toEqual([]));
