import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createHome } from './n8n/home.mts';
import { installPackage, packPackage } from './n8n/package.mts';
import { N8nApi, type Credential, type WorkflowFile } from './n8n/rest.mts';
import { startN8n, type RunningN8n } from './n8n/server.mts';
import { PROJECT, readTools } from './n8n/tools.mts';
import { startWorld, type SandboxWorld, type WorldOptions } from './world.mts';

export const TEMPLATE = '01-customers-to-audience.json';
export const EVENTS_TEMPLATE = '02-member-events-to-customers.json';
export const SWEEP_TEMPLATE = '03-nightly-sweep.json';
export const SUPPLIERS_TEMPLATE = '04-suppliers-to-audience.json';
export const PUSH_TEMPLATE = '05-bod-push-to-audience.json';
export const ORDERS_TEMPLATE = '06-orders-to-ar.json';
export const MAIL_LOG_TEMPLATE = '07-transactional-mail-log.json';
export const SEGMENTS_TEMPLATE = '08-financial-segments.json';
export const AUDIT_TEMPLATE = '09-audit-report.json';
export const REPLAY_TEMPLATE = '10-replay.json';
export const ERRORS_TEMPLATE = '11-error-handler.json';

export interface LabOptions extends WorldOptions {
  /** Becomes N8N_USER_FOLDER; what an earlier lab left there is removed, except the installed package. */
  folder: string;
  /** Wanted port of n8n; another free one is taken when it is busy. */
  n8nPort?: number;
  /** Variables of n8n beside those of the sandbox. */
  env?: NodeJS.ProcessEnv;
  /** Called before each step, with what is about to happen. */
  onStep?: (what: string) => void;
}

/** A real n8n with our package installed, both credentials made, and the two simulated systems behind them. */
export interface Lab {
  world: SandboxWorld;
  n8n: RunningN8n;
  api: N8nApi;
  credentials: Credential[];
  /** Starts the same n8n again, after `n8n.stop()` or `n8n.kill()`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export function readTemplate(file = TEMPLATE): WorkflowFile {
  return JSON.parse(readFileSync(join(PROJECT, 'workflows-templates', file), 'utf8')) as WorkflowFile;
}

/** The simulated systems begin anew each time, so n8n must not remember ledgers and cursors of the last time. */
function forget(folder: string): void {
  for (const name of ['database.sqlite', 'database.sqlite-wal', 'database.sqlite-shm', 'config'])
    rmSync(join(folder, '.n8n', name), { force: true });
}

export async function startLab({
  folder,
  n8nPort,
  env,
  onStep = () => {},
  ...options
}: LabOptions): Promise<Lab> {
  const tools = readTools();
  forget(folder);
  onStep('Building and packing the package');
  const pack = await packPackage();
  onStep('Installing it in n8n as a community node');
  await installPackage(pack, folder);
  onStep('Starting the simulated Infor CloudSuite and Mailchimp');
  const world = await startWorld(options);
  try {
    onStep('Starting n8n');
    const plain = await createHome(folder, tools, n8nPort);
    const home = { ...plain, env: { ...plain.env, ...env } };
    const n8n = await startN8n(home, tools);
    const api = await N8nApi.login(n8n.url);
    const credentials: Credential[] = [];
    for (const credential of world.credentials) credentials.push(await api.createCredential(credential));
    const lab: Lab = {
      world,
      n8n,
      api,
      credentials,
      restart: async () => {
        lab.n8n = await startN8n(home, tools);
        lab.api = await N8nApi.login(lab.n8n.url);
      },
      stop: async () => {
        await lab.n8n.stop();
        await world.close();
      },
    };
    return lab;
  } catch (error) {
    await world.close();
    throw error;
  }
}
