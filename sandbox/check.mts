/** `npm test`: every check of this repository in turn, and one plain line at the end. */
import { spawnSync } from 'node:child_process';

const CHECKS = [
  { name: 'Formatting', script: 'format:check' },
  { name: 'Types', script: 'typecheck' },
  { name: "n8n's lint", script: 'lint' },
  { name: 'Lint of tools and tests', script: 'lint:tools' },
  { name: 'Build', script: 'build' },
  { name: 'Unit, integration and contract tests', script: 'test:unit' },
  { name: 'The package as it ships', script: 'test:package' },
  { name: 'The package in a real n8n', script: 'test:e2e' },
];

const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`;

/** @returns whether the script ended well; its output appears as it comes */
function check({ name, script }: (typeof CHECKS)[number]): boolean {
  const startedAt = Date.now();
  process.stdout.write(`\n── ${name} (npm run ${script})\n`);
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit' });
  process.stdout.write(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds(startedAt)})\n`);
  return status === 0;
}

const startedAt = Date.now();
const failed = CHECKS.filter((entry) => !check(entry)).map(({ name }) => name);
process.stdout.write(
  failed.length === 0
    ? `\nAll ${CHECKS.length} checks passed in ${seconds(startedAt)}.\n`
    : `\n${failed.length} of ${CHECKS.length} checks failed: ${failed.join(', ')}. (${seconds(startedAt)})\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
