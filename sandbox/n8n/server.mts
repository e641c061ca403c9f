import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import type { Home } from './home.mts';
import type { Tools } from './tools.mts';

const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;

export interface RunningN8n {
  url: string;
  pid: number;
  logFile: string;
  /** Lets running executions finish, as on a normal shutdown. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut does. */
  kill(): Promise<void>;
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (ended(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const patience = new AbortController();
  await Promise.race([
    gone,
    pause(STOP_TIMEOUT_MS, undefined, { signal: patience.signal })
      .then(() => child.kill('SIGKILL'))
      .catch(() => undefined),
  ]);
  patience.abort();
  await gone;
}

const isReady = (url: string): Promise<boolean> =>
  axios
    .get(`${url}/healthz/readiness`, { timeout: 2000, proxy: false })
    .then(({ status }) => status === 200)
    .catch(() => false);

async function waitUntilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isReady(url))) {
    if (ended(child) || Date.now() > deadline) {
      await end(child, 'SIGKILL');
      const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-20).join('\n');
      throw new Error(`n8n did not start. The end of ${logFile}:\n${tail}`);
    }
    await pause(250);
  }
}

/** Starts n8n and waits until it answers. Its output goes to n8n.log in the home. */
export async function startN8n(home: Home, tools: Tools): Promise<RunningN8n> {
  mkdirSync(home.folder, { recursive: true });
  const logFile = join(home.folder, 'n8n.log');
  const log = createWriteStream(logFile, { flags: 'a' });
  // Its own process group: Ctrl+C in the terminal reaches only the launcher, which then stops n8n in order.
  const child = spawn(tools.node, [tools.n8n, 'start'], {
    cwd: home.folder,
    env: home.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('close', () => {
    process.removeListener('exit', killWithUs);
    log.end();
  });
  await waitUntilReady(child, home.url, logFile);
  return {
    url: home.url,
    pid: child.pid ?? 0,
    logFile,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}
