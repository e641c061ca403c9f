/**
 * `npm start`: a real n8n with this package, two simulated systems, template 01 run once, then the way back by templates
 * 02 and 03. No account needed.
 * `npm start -- --once` ends after the first run instead of waiting for Ctrl+C.
 */
import { join } from 'node:path';
import { readTemplate, startLab, type Lab } from './lab.mts';
import { freePort, OWNER } from './n8n/home.mts';
import { HOMES } from './n8n/tools.mts';
import { storyOf, tell } from './story.mts';
import { playWayBack } from './wayBack.mts';

/** Wanted, not required: a busy one is replaced by a free one. */
const PORTS = { n8n: 5678, api: 5701, token: 5702, mailchimp: 5703 };

const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

/** Prints how long the step before took when the next one begins. */
function stepPrinter(): (what: string) => void {
  let last = { what: '', at: Date.now() };
  return (what) => {
    if (last.what) print(`${last.what}: done (${((Date.now() - last.at) / 1000).toFixed(1)} s)`);
    last = { what, at: Date.now() };
  };
}

async function checkCredentials({ api, credentials }: Lab): Promise<void> {
  for (const credential of credentials) {
    const { status, message } = await api.testCredential(credential);
    if (status !== 'OK')
      throw new Error(`The credential “${credential.name}” did not test green: ${message}`);
    print(`Credential “${credential.name}”: ${message}`);
  }
}

function signpost({ n8n, world }: Lab, workflowId: string): string[] {
  return [
    '',
    'Open next:',
    `  n8n                 ${n8n.url}`,
    `    log in with       ${OWNER.email}   ${OWNER.password}`,
    `  the workflow        ${n8n.url}/workflow/${workflowId}`,
    `  simulated Infor     ${world.ion.apiUrl}   (tokens: ${world.ion.tokenUrl})`,
    `  simulated Mailchimp ${world.mailchimp.url}   (API key: ${world.mailchimp.apiKey})`,
    '',
    'Everything listens on this computer only and holds invented data. Each start begins anew.',
  ];
}

async function firstRun(lab: Lab, step: (what: string) => void): Promise<boolean> {
  step('');
  await checkCredentials(lab);
  const template = readTemplate();
  const workflow = await lab.api.importWorkflow(template);
  step(`Running “${template.name}” once`);
  const story = storyOf(await lab.api.run(workflow, 'Run Now', 600_000));
  step('');
  print('', 'The first sync:', ...tell(story));
  if (story.error !== '') return false;
  print('', 'The way back:', ...(await playWayBack(lab, workflow)), ...signpost(lab, workflow.id));
  return true;
}

const interrupted = (): never => process.exit(130);

/** Before everything is up, Ctrl+C ends this process at once, and n8n with it; afterwards it stops all in order. */
function untilStopped(): Promise<void> {
  print('', 'Press Ctrl+C to stop.');
  return new Promise((resolve) => {
    const keepAlive = setInterval(() => {}, 60_000);
    const stop = (): void => {
      clearInterval(keepAlive);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeListener(signal, interrupted);
      // Stays in place: a terminal and npm may both deliver the signal.
      process.on(signal, stop);
    }
  });
}

async function main(): Promise<void> {
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  const step = stepPrinter();
  const [api, token, mailchimp] = await Promise.all([PORTS.api, PORTS.token, PORTS.mailchimp].map(freePort));
  const lab = await startLab({
    folder: join(HOMES, 'home'),
    n8nPort: PORTS.n8n,
    ports: { api, token, mailchimp },
    onStep: step,
  });
  try {
    const well = await firstRun(lab, step);
    if (!well) process.exitCode = 1;
    if (!process.argv.includes('--once')) await untilStopped();
  } finally {
    print('Stopping …');
    await lab.stop();
  }
}

main().catch((error: unknown) => {
  print('', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
