import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm runs every script from the folder of package.json. */
export const PROJECT = process.cwd();
export const SANDBOX_DATA = join(PROJECT, '.sandbox');

/** What sandbox/setup.mjs found or installed; absolute paths. */
export interface Tools {
  /** A Node that n8n accepts. */
  node: string;
  /** n8n's start file. */
  n8n: string;
  /** '' when this machine has no Chromium or Chrome. */
  chromium: string;
}

/** @throws Error when sandbox/setup.mjs has not run yet */
export function readTools(): Tools {
  try {
    return JSON.parse(readFileSync(join(SANDBOX_DATA, 'tools.json'), 'utf8')) as Tools;
  } catch (cause) {
    throw new Error('The sandbox is not set up: run "node sandbox/setup.mjs" first.', { cause });
  }
}
