import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../sandbox/n8n/package.mts';
import { run } from '../../sandbox/n8n/run.mts';

interface Findings {
  source: { passed: boolean; details?: string };
  tarball: { passed: boolean; details?: string };
}

describe("n8n's own judges", () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'package-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('n8n-node lint finds no error and no warning', async () => {
    const output = await run('npx', ['eslint', '--format', 'json', '--max-warnings', '0', '.']);
    const files = JSON.parse(output) as Array<{ errorCount: number; warningCount: number }>;
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter(({ errorCount, warningCount }) => errorCount + warningCount > 0)).toEqual([]);
    await run('npx', ['n8n-node', 'lint']);
  });

  test('the scanner for verified packages passes the source and the tarball', async () => {
    const { tarball } = await packPackage();
    await run('tar', ['-xzf', tarball, '-C', folder]);
    const output = await run(process.execPath, [
      'test/package/scan.mjs',
      process.cwd(),
      join(folder, 'package'),
    ]);
    const findings = JSON.parse(output.trim().split('\n').pop()!) as Findings;
    expect([findings.source.details, findings.tarball.details]).toEqual([undefined, undefined]);
    expect([findings.source.passed, findings.tarball.passed]).toEqual([true, true]);
  });
});
