import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from './home.mts';
import { run } from './run.mts';
import type { Tools } from './tools.mts';

/** As `n8n import:credentials` reads it; n8n encrypts the data. */
export interface CredentialFile {
  id: string;
  name: string;
  type: string;
  data: Record<string, unknown>;
}

const n8n = (home: Home, tools: Tools, ...args: string[]): Promise<string> =>
  run(tools.node, [tools.n8n, ...args], { cwd: home.folder, env: home.env });

/** Adds credentials, or replaces those of the same id. n8n must not run meanwhile. */
export async function importCredentials(
  home: Home,
  tools: Tools,
  credentials: CredentialFile[],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  try {
    const file = join(folder, 'credentials.json');
    writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
    mkdirSync(home.folder, { recursive: true });
    await n8n(home, tools, 'import:credentials', `--input=${file}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
