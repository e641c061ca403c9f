import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm runs every script from the folder of package.json. */
export const PROJECT = process.cwd();
export const SANDBOX_DATA = join(PROJECT, '.sandbox');
/**
 * Where each n8n keeps its data. n8n's lint reads every script of the repository except below folders of this name, its
 * configuration may not be changed, and n8n unpacks its whole editor at home: 2,000 files, five minutes.
 */
export const HOMES = join(SANDBOX_DATA, 'node_modules');

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
