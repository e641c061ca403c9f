import { readFileSync } from 'node:fs';
import { ERROR_CODES } from '../../connectors/errors.ts';
import { REASONS } from '../../sync/reasons.ts';
import { filesOf } from '../support/repository.mts';

const page = readFileSync('docs/errors.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('every error code has a row that says what happened and what to do, and every row is a code', () => {
  expect(rows.map(([code]) => code!.replaceAll('`', '')).sort()).toEqual([...ERROR_CODES].sort());
  for (const cells of rows) expect(cells.every((cell) => cell.length > 5)).toBe(true);
});

test('a code is never a reason: one stops the run, the other one record', () => {
  expect(ERROR_CODES.filter((code) => code in REASONS)).toEqual([]);
});

test('no code is thrown that the list does not know', () => {
  const thrown = filesOf('connectors', 'nodes', 'credentials').flatMap((file) =>
    [...file.text.matchAll(/'((?:ION|M3|MAILCHIMP|SYNC)_[A-Z_]+)'/g)].map((match) => match[1]!),
  );
  expect([...new Set(thrown)].filter((code) => !ERROR_CODES.some((known) => known === code))).toEqual([]);
});
