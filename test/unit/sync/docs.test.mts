import { readFileSync } from 'node:fs';
import { consentDecision } from '../../../sync/consent.ts';
import { REASONS } from '../../../sync/reasons.ts';
import type { MemberStatus } from '../../../sync/types.ts';
import { STATUSES } from './world.mts';

const page = readFileSync('docs/sync.md', 'utf8');

/** The cells of the table whose first header is `first`. */
function table(first: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.split('|')[1]?.trim() === first);
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the published consent table is what the code does', () => {
  const rows = table('Status in the audience');

  test('and it knows every status', () => {
    expect(rows.map(([status]) => status)).toEqual(
      ['not in the audience', ...new Set(STATUSES)].sort(byTable(rows)),
    );
  });

  test.each(rows)('%s: %s, or %s when fields are asked for', (status, leave, updateFields) => {
    const known = status === 'not in the audience' ? undefined : (status as MemberStatus);
    expect(consentDecision(known, 'leave').do).toBe(leave);
    expect(consentDecision(known, 'updateFields').do).toBe(updateFields);
  });
});

function byTable(rows: string[][]): (a: string, b: string) => number {
  const order = rows.map(([status]) => status);
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}

test('every reason is published with its class and its text', () => {
  const published = Object.fromEntries(
    table('Reason').map(([code, kind, text]) => [code!.replaceAll('`', ''), [kind, text]]),
  );
  const known = Object.fromEntries(
    Object.entries(REASONS).map(([code, entry]) => [code, [entry.class, entry.text]]),
  );
  expect(published).toEqual(known);
});
