import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../sandbox/n8n/package.mts';

interface Manifest {
  n8n: { nodes: string[]; credentials: string[]; strict: boolean };
  scripts: Record<string, string>;
  dependencies?: object;
  overrides?: object;
  peerDependencies: object;
  keywords: string[];
  files: string[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

let folder = '';
let files: string[] = [];
const read = (path: string): string => readFileSync(join(folder, 'package', path), 'utf8');

beforeAll(async () => {
  const { tarball } = await packPackage();
  folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  files = listed.map((path) => path.replace(/^package\//, ''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the manifest', () => {
  test('asks n8n to install nothing', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
    expect(manifest.overrides).toBeUndefined();
  });

  test('runs no script when it is installed', () => {
    const atInstall = ['prepare', 'preinstall', 'install', 'postinstall', 'prepublish'];
    expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
  });

  test('is found as a community package, in strict mode', () => {
    expect(manifest.keywords).toContain('n8n-community-node-package');
    expect(manifest.n8n.strict).toBe(true);
  });
});

describe('the tarball', () => {
  test('holds each node and credential of the manifest, with codex and icons', () => {
    const { nodes, credentials } = manifest.n8n;
    const codex = nodes.map((path) => path.replace(/\.js$/, '.json'));
    expect([...nodes, ...credentials, ...codex].filter((path) => !files.includes(path))).toEqual([]);
    for (const path of [...nodes, ...credentials]) {
      const icons = [...read(path).matchAll(/file:([^'"]+\.svg)/g)].map((match) => match[1]!);
      expect(icons.length).toBeGreaterThanOrEqual(2);
      expect(icons.filter((icon) => !files.includes(join(path, '..', icon)))).toEqual([]);
    }
  });

  test('holds the templates, the licence and the README', () => {
    const wanted = ['LICENSE', 'README.md', 'workflows-templates/01-customers-to-audience.json'];
    expect(wanted.filter((path) => !files.includes(path))).toEqual([]);
  });

  test('holds nothing that serves only us', () => {
    const allowed = /^(dist\/(credentials|nodes|connectors|sync|icons)\/|workflows-templates\/|[^/]+$)/;
    expect(
      files.filter((path) => !allowed.test(path) || /sandbox|test|bench|\.mts|\.ini/.test(path)),
    ).toEqual([]);
  });

  test('requires nothing that n8n does not have', () => {
    const foreign = files
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [...read(path).matchAll(/\brequire\(["']([^"']+)["']\)/g)].map((match) => match[1]!))
      .filter((name) => !name.startsWith('.') && !['n8n-workflow', 'crypto'].includes(name));
    expect(foreign).toEqual([]);
  });

  test('names no folder of the machine that built it, and no key', () => {
    const texts = files
      .filter((path) => /\.(js|json|md)$/.test(path))
      .map((path) => ({ path, text: read(path) }));
    const wrong = texts.filter(
      ({ text }) => text.includes(process.cwd()) || /BEGIN [A-Z ]*PRIVATE KEY|[0-9a-f]{32}-us\d+/.test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual(
      // Its placeholder shows the form of a key.
      ['dist/credentials/MailchimpMarketingApi.credentials.js'],
    );
  });
});
