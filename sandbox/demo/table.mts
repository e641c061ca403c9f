import type { Played } from './player.mts';

interface Column {
  title: string;
  width: number;
  right?: boolean;
  of: (played: Played) => string;
}

const COLUMNS: Column[] = [
  { title: 'Day', width: 3, right: true, of: ({ act }) => String(act.day) },
  { title: 'What happened', width: 26, of: ({ act }) => act.title },
  { title: 'In CloudSuite', width: 32, of: ({ cloudSuite }) => cloudSuite },
  { title: 'In Mailchimp', width: 32, of: ({ mailchimp }) => mailchimp },
  { title: 'Ledger', width: 6, right: true, of: ({ ledgerRows }) => String(ledgerRows) },
  {
    title: 'Writes',
    width: 9,
    right: true,
    of: ({ writes }) => `${writes.cloudSuite} + ${writes.mailchimp}`,
  },
];

/** Breaks at blanks; a word that is longer than the width stays whole. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function rowLines(cells: string[]): string[] {
  const wrapped = cells.map((cell, i) => wrap(cell, COLUMNS[i]!.width));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    COLUMNS.map(({ width, right }, i) => {
      const text = wrapped[i]![line] ?? '';
      return right ? text.padStart(width) : text.padEnd(width);
    })
      .join('  ')
      .trimEnd(),
  );
}

/** The month as lines for a terminal, 120 characters wide. Writes: changes in CloudSuite + in Mailchimp. */
export function tableOf(month: Played[]): string[] {
  const rule = COLUMNS.map(({ width }) => '─'.repeat(width)).join('  ');
  const all = (read: (played: Played) => number): number =>
    month.reduce((sum, played) => sum + read(played), 0);
  const writes = `${all((p) => p.writes.cloudSuite)} + ${all((p) => p.writes.mailchimp)}`;
  return [
    ...rowLines(COLUMNS.map(({ title }) => title)),
    rule,
    ...month.flatMap((played) => rowLines(COLUMNS.map(({ of }) => of(played)))),
    rule,
    ...rowLines(['', 'All', '', '', String(all(({ ledgerRows }) => ledgerRows)), writes]),
    'Ledger: rows written. Writes: changes made in CloudSuite + in Mailchimp; reads are not counted.',
  ];
}
