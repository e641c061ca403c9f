import { chart } from './chart';
import { escaped, page, table, type Column } from './page';
import type { Counted, Report } from './report';
import { counted, timeText } from './words';

const n = (value: number): string => value.toLocaleString('en-US');
const COUNT: Column = { title: 'Number', number: true };

const STATES: Record<string, string> = {
  applied: 'Done',
  failed: 'Failed, tried again',
  quarantined: 'Waits for a person',
  skipped: 'Left out',
  superseded: 'Not needed any more',
};
const stateText = (state: string): string => (Object.hasOwn(STATES, state) ? STATES[state]! : state);

function headline(report: Report): string {
  const numbers: Array<[number, string]> = [
    [report.applied, 'writes done'],
    [report.openQuarantined, 'wait for a person now'],
    [report.openFailed, 'are tried again by the next run'],
    [report.consentSkips, 'left out to keep a consent'],
    [report.failed + report.quarantined, 'needed attention'],
    [report.skipped + report.superseded, 'left out in all'],
    [report.runs, report.unfinishedRuns === 0 ? 'runs' : `runs, ${n(report.unfinishedRuns)} not ended`],
    [report.failedExecutions, 'executions that failed'],
  ];
  const cell = ([value, what]: [number, string]): string =>
    `<td><span class="big">${n(value)}</span><span class="muted small">${escaped(what)}</span></td>`;
  const rows = [numbers.slice(0, 4), numbers.slice(4)].map((four) => `<tr>${four.map(cell).join('')}</tr>`);
  return `<div class="card"><table class="numbers" role="presentation" cellspacing="0"><tbody>${rows.join('')}</tbody></table></div>`;
}

const counts = (heading: string, what: string, list: Counted[]): string =>
  list.length === 0
    ? ''
    : `<h2>${escaped(heading)}</h2>${table(
        `${counted(list.length, 'line')}, the largest first`,
        [{ title: what }, COUNT],
        list.map(({ title, count }) => [escaped(title || 'not named'), n(count)]),
      )}`;

function perDay({ days }: Report): string {
  const rows = days.map(({ day, done, attention, skipped }) => [
    escaped(day),
    n(done),
    n(attention),
    n(skipped),
    n(done + attention + skipped),
  ]);
  const columns = ['Done', 'Needs attention', 'Left out', 'In all'].map((title) => ({ title, number: true }));
  return table('The numbers of the chart', [{ title: 'Day' }, ...columns], rows);
}

const reasons = ({ reasons: list }: Report): string =>
  list.length === 0
    ? ''
    : `<h2>Why something was not written</h2>${table(
        'The most frequent reasons, with up to three records as examples',
        [{ title: 'Reason' }, COUNT, { title: 'Examples' }],
        list.map(({ explanation, count, examples, reason }) => [
          `${escaped(explanation)}<br><span class="muted small">${escaped(reason)}</span>`,
          n(count),
          escaped(examples.join(', ')),
        ]),
      )}`;

const tried = ({ mostAttempts: list }: Report): string =>
  list.length === 0
    ? ''
    : `<h2>Records with the most attempts</h2>${table(
        'Tried more than once; five attempts are the most',
        [{ title: 'Record' }, { title: 'Attempts', number: true }, { title: 'State' }, { title: 'Reason' }],
        list.map(({ recordNumber, attempts, state, explanation }) => [
          escaped(recordNumber),
          n(attempts),
          escaped(stateText(state)),
          escaped(explanation),
        ]),
      )}`;

/** `writes 120, waiting for a person 3, …`: the report in one line, for a chat or the text of a mail. */
export function reportText(title: string, report: Report): string {
  const parts = [
    counted(report.applied, 'write'),
    `${n(report.openQuarantined)} waiting for a person`,
    `${n(report.openFailed)} tried again by the next run`,
    `${n(report.consentSkips)} left out to keep a consent`,
    counted(report.runs, 'run'),
    `${counted(report.failedExecutions, 'execution')} failed`,
  ];
  const period = `${timeText(Date.parse(report.from))} to ${timeText(Date.parse(report.to))}`;
  return `${title}, ${period}: ${parts.join(', ')}.`;
}

/** The numbers of a period as a page, with a chart. */
export function reportPage(title: string, report: Report): string {
  const period = `From ${timeText(Date.parse(report.from))} to ${timeText(Date.parse(report.to))}`;
  return page(
    title,
    [
      `<h1>${escaped(title)}</h1><p class="muted">${escaped(period)}</p>`,
      headline(report),
      `<h2>Effects a day</h2>${chart(report.days)}<br>${perDay(report)}`,
      counts('What was written', 'Effect', report.appliedByKind),
      counts('By workflow', 'Flow', report.appliedByFlow),
      reasons(report),
      tried(report),
      counts('Consents that were kept', 'Reason', report.consentByReason),
    ].join('\n'),
  );
}
