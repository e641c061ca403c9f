/** What `npm start` and `npm run demo` share: everything is brought up, something is played, and it stays up. */
import { join } from 'node:path';
import type { Act } from './demo/act.mts';
import { servePage, type LivePage } from './demo/page/server.mts';
import { Observer } from './demo/page/snapshot.mts';
import { progressOf, type Progress } from './demo/player.mts';
import type { Settings } from './demo/settings.mts';
import { Stage } from './demo/stage.mts';
import { startLab, type Lab } from './lab.mts';
import { freePort, OWNER } from './n8n/home.mts';
import { HOMES } from './n8n/tools.mts';

/** Wanted, not required: a busy one is replaced by a free one. */
const PORTS = { n8n: 5678, page: 5700, api: 5701, token: 5702, mailchimp: 5703 };

export interface Session {
  stage: Stage;
  progress: Progress;
  page: LivePage;
  /** Told of each step; tells how long the one before took. */
  step: (what: string) => void;
}

export interface SessionOptions {
  /** Name of n8n's home. */
  home: string;
  customers?: number;
  acts: readonly Act[];
  /** What is changed in the templates; nothing by default. */
  settings?: Settings;
}

export const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

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

function signpost({ n8n, world }: Lab, page: LivePage, workflowId: string): string[] {
  return [
    '',
    'Open next:',
    `  both systems, live  ${page.url}`,
    `  n8n                 ${n8n.url}`,
    `    log in with       ${OWNER.email}   ${OWNER.password}`,
    `  the workflow        ${n8n.url}/workflow/${workflowId}`,
    `  simulated Infor     ${world.ion.apiUrl}   (tokens: ${world.ion.tokenUrl})`,
    `  simulated Mailchimp ${world.mailchimp.url}   (API key: ${world.mailchimp.apiKey})`,
    '',
    'Everything listens on this computer only and holds invented data. Each start begins anew.',
  ];
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

async function session(
  { home, customers, acts, settings = {} }: SessionOptions,
  play: (session: Session) => Promise<void>,
) {
  const step = stepPrinter();
  const wanted = [PORTS.page, PORTS.api, PORTS.token, PORTS.mailchimp];
  const [pagePort, api, token, mailchimp] = await Promise.all(wanted.map(freePort));
  const lab = await startLab({
    folder: join(HOMES, home),
    ...{ customers, n8nPort: PORTS.n8n, ports: { api: api!, token: token!, mailchimp: mailchimp! } },
    onStep: step,
  });
  let page: LivePage | undefined;
  try {
    step('');
    await checkCredentials(lab);
    const progress = progressOf(acts);
    page = await servePage(new Observer(lab, progress), pagePort);
    const stage = new Stage(lab, settings);
    await play({ stage, progress, page, step });
    print(...signpost(lab, page, (await stage.workflow('toAudience')).id));
    if (!process.argv.includes('--once')) await untilStopped();
  } finally {
    print('Stopping …');
    await page?.close();
    await lab.stop();
  }
}

/** Runs a whole session in the terminal; the exit code is 1 when anything went wrong. */
export async function inTerminal(
  options: SessionOptions,
  play: (session: Session) => Promise<void>,
): Promise<void> {
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  try {
    await session(options, play);
  } catch (error) {
    print('', error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
