/**
 * Brings a fresh clone to the point where `npm start` and `npm test` can run; on a prepared one it takes a moment.
 * Plain JavaScript without imports from npm, because it runs before anything is installed.
 *
 * Leaves `.sandbox/tools.json` behind: { node, n8n, chromium }, absolute paths that the launcher and
 * the tests use. `--browser` also looks for (and on Debian as root installs) Chromium; `--tools` stops before n8n.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SANDBOX = join(ROOT, 'sandbox');
/** n8n 2.40 refuses to start on an older one. */
const N8N_NODE_MAJOR = 24;
const OWN_NODE_MINIMUM = [20, 19];
const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function stop(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

function say(what, startedAt) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${what} (${seconds} s)\n`);
}

/** Runs a command; its output appears only when it fails. */
function run(command, args, { cwd = ROOT, env = {} } = {}) {
  const result = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (result.status === 0) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-30).join('\n');
  stop(`"${command} ${args.join(' ')}" in ${cwd} did not work:\n${output || result.error?.message}`);
}

const hash = (text) => createHash('sha256').update(text).digest('hex');

/** Does `work` unless it was already done for the same `inputs`; the stamp lies beside what the work made. */
function once(what, stampFile, inputs, work) {
  const startedAt = Date.now();
  const wanted = hash(inputs);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  process.stdout.write(`${what} …\n`);
  rmSync(stampFile, { force: true });
  work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  say(`${what}: done`, startedAt);
}

function checkOwnNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = OWN_NODE_MINIMUM;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  stop(`This needs Node ${OWN_NODE_MINIMUM.join('.')} or newer; you run ${process.versions.node}.`);
}

/** Lifecycle scripts stay off: nothing here needs them, and the one exception (sqlite3) is built below. */
function install(what, folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  once(what, join(folder, 'node_modules', '.installed'), lock, () =>
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder }),
  );
}

/** The one place that chooses the Node for n8n: the running one if new enough, else the package for this platform. */
function chooseNode() {
  if (Number(process.versions.node.split('.')[0]) >= N8N_NODE_MAJOR) return process.execPath;
  const packaged = join(SANDBOX, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  return stop(
    `n8n needs Node ${N8N_NODE_MAJOR}; you run ${process.versions.node}, and npm has no Node package for ` +
      `${process.platform} ${process.arch}. Install Node ${N8N_NODE_MAJOR} and start again.`,
  );
}

/** n8n stores its data in SQLite, whose driver is compiled for the Node that runs it. */
function buildSqlite(node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const home = dirname(dirname(node));
  const headers = existsSync(join(home, 'include', 'node')) ? { npm_config_nodedir: home } : {};
  const path = `${dirname(node)}:${process.env.PATH}`;
  const stamp = join(SANDBOX, 'node_modules', 'sqlite3', '.built');
  once(`Building the SQLite driver of n8n for Node ${version}`, stamp, version, () =>
    run('npm', ['rebuild', 'sqlite3'], { cwd: SANDBOX, env: { ...headers, PATH: path } }),
  );
}

const findBrowser = () => BROWSERS.find((path) => path && existsSync(path)) ?? '';

function browser() {
  const found = findBrowser();
  if (found || !process.argv.includes('--browser')) return found;
  const startedAt = Date.now();
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write('Installing Chromium for the browser test …\n');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation']);
    say('Installing Chromium: done', startedAt);
  } else {
    process.stdout.write(
      'The browser test needs Chromium or Chrome: install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH.\n',
    );
  }
  return findBrowser();
}

/** n8n itself, its Node, its driver, the browser. */
function sandbox() {
  install('Installing n8n (a few minutes, 3 GB)', SANDBOX);
  const node = chooseNode();
  buildSqlite(node);
  const tools = { node, n8n: join(SANDBOX, 'node_modules', 'n8n', 'bin', 'n8n'), chromium: browser() };
  mkdirSync(join(ROOT, '.sandbox'), { recursive: true });
  writeFileSync(join(ROOT, '.sandbox', 'tools.json'), `${JSON.stringify(tools, null, 2)}\n`);
}

checkOwnNode();
install('Installing the tools (about a minute)', ROOT);
if (!process.argv.includes('--tools')) sandbox();
