import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { PROJECT } from './tools.mts';

export interface RunOptions {
  cwd?: string;
  /** Replaces the environment of this process. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end.
 * @returns what it printed to stdout
 * @throws Error with the last lines of its output when it ends with another code than 0
 */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { cwd = PROJECT, env = process.env } = options;
    // With jest's NODE_ENV=test n8n's lint rules look for their own test files, and n8n itself ends at once.
    const { NODE_ENV: _nodeEnv, JEST_WORKER_ID: _jestWorker, ...clean } = env;
    const child = spawn(command, args, { cwd, env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let both = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      both += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (both += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(stdout);
      const tail = both.trim().split('\n').slice(-25).join('\n');
      reject(new Error(`"${command} ${args.join(' ')}" ended with code ${code}:\n${tail}`));
    });
  });
}

/** The environment in which `node` is found first, so that npm's scripts use it too. */
export const withNodeFirst = (node: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...env,
  PATH: [dirname(node), env.PATH].join(delimiter),
});
