import { errorOf, itemsOf, type Execution } from './n8n/execution.mts';

/** What one run of template 01 did, as its user wants to hear it. */
export interface Story {
  read: number;
  /** Effects that were applied, by kind. */
  applied: Map<string, number>;
  /** Records that were left alone, by their reason in plain words. */
  skipped: Map<string, number>;
  attention: Map<string, number>;
  /** What stopped the run; '' when nothing did. */
  error: string;
}

const SYNC = 'Sync Contacts';
const OUTPUTS = { done: 0, skipped: 1, attention: 2 };

interface Outcome {
  actions?: string[];
  explanation?: string;
  reason?: string;
}

function count(labels: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

/** The exact subject in parentheses (a field, a customer number) would make every sentence unique. */
const why = ({ explanation, reason }: Outcome): string =>
  (explanation ?? reason ?? '').replace(/ \([^()]*\)$/, '');

export function storyOf(execution: Execution): Story {
  const at = (output: number): Outcome[] => itemsOf(execution, SYNC, output);
  return {
    read: itemsOf(execution, 'Get Changed Customers').length,
    applied: count(at(OUTPUTS.done).flatMap(({ actions }) => actions ?? [])),
    skipped: count(at(OUTPUTS.skipped).map(why)),
    attention: count(at(OUTPUTS.attention).map(why)),
    error: errorOf(execution),
  };
}

const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);
const number = (value: number): string => value.toLocaleString('en-US').padStart(7);
const lines = (counts: Map<string, number>): string[] =>
  [...counts].map(([label, n]) => `        ${number(n)}  ${label}`);

/** The story as lines for a terminal. */
export function tell({ read, applied, skipped, attention, error }: Story): string[] {
  if (error) return [`The run stopped: ${error}`];
  return [
    `${number(read)}  customers read from Infor CloudSuite`,
    `${number(applied.get('create') ?? 0)}  members created in Mailchimp`,
    `${number(applied.get('update') ?? 0)}  members updated`,
    `${number(total(skipped))}  skipped:`,
    ...lines(skipped),
    `${number(total(attention))}  need attention:`,
    ...lines(attention),
  ];
}
