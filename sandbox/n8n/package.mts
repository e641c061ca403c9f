import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from './run.mts';
import { PROJECT, SANDBOX_DATA } from './tools.mts';

/** Everything that a build of the package depends on. */
const SOURCES = [
  'credentials',
  'nodes',
  'connectors',
  'sync',
  'icons',
  'workflows-templates',
  'package.json',
  'tsconfig.json',
  'gulpfile.js',
  'README.md',
  'LICENSE',
];

export interface PackedPackage {
  name: string;
  /** Absolute path of the .tgz. */
  tarball: string;
  /** Hash of the sources it was made from. */
  fingerprint: string;
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function fingerprintOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${relative(PROJECT, file)}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const npm = (...args: string[]) => run('npm', args);

/** Builds and packs the package as npm would publish it, unless that was already done for the same sources. */
export async function packPackage(): Promise<PackedPackage> {
  const fingerprint = fingerprintOf(SOURCES.flatMap((source) => filesBelow(join(PROJECT, source))));
  const { name, version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const folder = join(SANDBOX_DATA, 'package');
  const tarball = join(folder, `${name}-${version}.tgz`);
  const stamp = join(folder, 'fingerprint');
  const ready = existsSync(tarball) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
  if (!ready) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await npm('run', 'build');
    await npm('pack', '--ignore-scripts', '--pack-destination', folder);
    writeFileSync(stamp, fingerprint);
  }
  return { name, tarball, fingerprint };
}

/**
 * Installs the tarball where n8n keeps community packages, so that node types carry their published names (a folder
 * in N8N_CUSTOM_EXTENSIONS would rename them to CUSTOM.…).
 * @param home the folder that n8n gets as N8N_USER_FOLDER
 */
export async function installPackage(pack: PackedPackage, home: string): Promise<void> {
  const folder = join(home, '.n8n', 'nodes');
  const stamp = join(folder, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pack.fingerprint) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await npm(
    'install',
    // Without its peer (n8n brings n8n-workflow along) the package needs nothing, so this works without a network;
    // --omit=peer would still look the peer up.
    ...['--prefix', folder, '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--offline'],
    pack.tarball,
  );
  writeFileSync(stamp, pack.fingerprint);
}
