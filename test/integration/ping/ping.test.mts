import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIonSimulator, type IonSimulator } from '../../../sandbox/ion/simulator.mts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';

/** The newcomer’s check, run as a newcomer runs it: as a command with a file. */

let ion: IonSimulator;
let mailchimp: MailchimpSimulator;
let folder: string;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 120 });
  mailchimp = await startMailchimpSimulator();
  mailchimp.audiences.create({ name: 'Customers' });
  folder = mkdtempSync(join(tmpdir(), 'ping-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([ion.close(), mailchimp.close()]);
});

interface Answer {
  code: number | null;
  text: string;
}

function run(
  change: { ionapi?: string; infor?: string; mailchimp?: string; ini?: string } = {},
): Promise<Answer> {
  writeFileSync(join(folder, 'my.ionapi'), change.ionapi ?? ion.ionapi());
  const ini = [
    '; where things are',
    '[infor]',
    'ionapi = my.ionapi',
    change.infor ?? 'productLine = m3',
    '[mailchimp]',
    change.mailchimp ?? `apiKey = ${mailchimp.apiKey}`,
    `baseUrl = ${mailchimp.url}`,
  ].join('\n');
  writeFileSync(join(folder, 'connector.ini'), change.ini ?? ini);
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', 'sandbox/ping/index.mts', join(folder, 'connector.ini')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('close', (code) => resolve({ code, text }));
  });
}

const secrets = (): string[] => {
  const { cs, saak, sask, ci } = JSON.parse(ion.ionapi()) as Record<string, string>;
  return [cs!, saak!, sask!, ci!, mailchimp.apiKey];
};

function expectDiscreet({ text }: Answer): void {
  for (const secret of secrets()) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/@[a-z]/i);
}

test('where all is well, it tells what is there and what the first sync would do, and writes nothing', async () => {
  const answer = await run();
  expect(answer.text).toContain('tenant ACME_DEM');
  expect(answer.text).toMatch(/✓ token +valid for 7200 s/);
  expect(answer.text).toMatch(/✓ read customers +allowed/);
  expect(answer.text).toMatch(/✓ all customers +120 read/);
  expect(answer.text).toMatch(/✓ key .*; 1 audience\n/);
  expect(answer.text).toMatch(/✓ audience +Customers, 0 subscribed/);
  expect(answer.text).toMatch(/· create +\d+ contacts/);
  expect(answer.code).toBe(0);
  expectDiscreet(answer);
  expect([ion.writes, mailchimp.writes, mailchimp.writeRequests()]).toEqual([[], [], []]);
});

test('a missing right is named, and the rest is still asked', async () => {
  ion.settings.deniedPrograms.add('CRS620MI');
  const answer = await run();
  expect(answer.text).toMatch(/✗ read suppliers +\[M3_RIGHTS\]/);
  expect(answer.text).toMatch(/✓ read GL accounts/);
  expect(answer.text).toMatch(/· create +\d+ contacts/);
  expect(answer.code).toBe(1);
  expectDiscreet(answer);
});

test('a wrong secret, a wrong key and an unknown audience say which one it is', async () => {
  const login = await run({ ionapi: ion.ionapi({ cs: 'another-secret' }) });
  expect(login.text).toMatch(/✗ token +\[ION_TOKEN_REFUSED\]/);
  expect(login.text).toMatch(/✓ key/);
  expect(login.text).not.toContain('another-secret');
  const key = await run({ mailchimp: 'apiKey = ffffffffffffffffffffffffffffffff-us21' });
  expect(key.text).toMatch(/✗ key +\[MAILCHIMP_KEY_REFUSED\]/);
  expect(key.text).not.toContain('ffffffff');
  const audience = await run({ mailchimp: `apiKey = ${mailchimp.apiKey}\naudience = Nobody` });
  expect(audience.text).toMatch(/✗ audience +\[SYNC_SETTING\] The audience was not found\./);
  expect(audience.text).toContain('There are: Customers.');
  expect([login.code, key.code, audience.code]).toEqual([1, 1, 1]);
}, 60_000);

test('other product lines are asked the same questions', async () => {
  const answer = await run({ infor: 'productLine = industrial\nconfiguration = ACME_DEM_MAIN' });
  expect(answer.text).toContain('CloudSuite Industrial');
  expect(answer.text).toMatch(/✓ all customers/);
  expect(answer.code).toBe(0);
  const lacking = await run({ infor: 'productLine = industrial' });
  expect(lacking.text).toMatch(/✗ clock +\[INFOR_SETTING\]/);
  expect(lacking.text).toContain('Here it is a line of [infor]');
});

test('a file that is not there, or lacks something, says what', async () => {
  const [empty, line] = [
    await run({ ini: '[infor]\nionapi = my.ionapi' }),
    await run({ infor: 'productLine = x' }),
  ];
  expect(empty.text).toContain('The file has no section [mailchimp].');
  expect(line.text).toContain('productLine is none of m3, industrial');
  rmSync(join(folder, 'my.ionapi'));
  expect([empty.code, line.code]).toEqual([1, 1]);
});
