import type { History, HistoryEntry, KindOfThing } from './history';
import { escaped, linked, page, table } from './page';
import { counted } from './words';

/** More would make a page that no browser shows in time; the JSON has them all. */
const MOST_SHOWN = 1000;

/** A trouble that is not open any more is settled; of an execution nobody knows, because it is a look at one moment. */
function badge({ state, open }: HistoryEntry, kind: KindOfThing): string {
  const shown = state === 'attention' && !open && kind !== 'execution' ? 'skipped' : state;
  const troubled = kind === 'execution' ? 'Needed attention' : open ? 'Open' : 'Settled';
  const text = { done: 'Done', attention: troubled, skipped: 'Left out' }[state];
  return `<span class="badge ${shown}">${text}</span>`;
}

const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('<br>');
const small = (text: string): string =>
  text === '' ? '' : `<span class="muted small">${escaped(text)}</span>`;

function rowOf(entry: HistoryEntry, kind: KindOfThing): string[] {
  const about = [
    entry.recordNumber && `record ${entry.recordNumber}`,
    entry.source,
    entry.flow && `flow ${entry.flow}`,
  ].filter((part) => part !== '');
  const execution = entry.executionId === '' ? '' : `Execution ${entry.executionId}`;
  return [
    `<span class="when">${escaped(entry.when).replace(', ', ',<br>')}<br>${badge(entry, kind)}</span>`,
    lines(escaped(entry.text), escaped(entry.explanation), small(about.join(' · '))),
    escaped(entry.attempts || ''),
    lines(linked(entry.link, execution), small(entry.effectKey)),
  ];
}

function summary({ summary: said, lastState, whatToDo, alsoFound, lookedFor }: History): string {
  const todo =
    whatToDo.length === 0
      ? ''
      : `<p><strong>What to do</strong></p><ul>${whatToDo.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
  const also =
    alsoFound.length === 0
      ? ''
      : `<p class="muted small">The ledger also knows ${escaped(lookedFor)} as ${escaped(alsoFound.join(', '))}. Ask for “${escaped(`${alsoFound[0]} ${lookedFor}`)}” to see it.</p>`;
  return `<div class="card"><p><strong>${escaped(said)}</strong></p>${
    lastState ? `<p>Last: ${escaped(lastState)}</p>` : ''
  }${todo}${also}</div>`;
}

/** The timeline as a page. */
export function historyPage(history: History): string {
  const { entries, title } = history;
  const shown = entries.slice(-MOST_SHOWN);
  const left = entries.length - shown.length;
  const caption = `${counted(shown.length, 'row')}, the oldest first${left > 0 ? `; ${counted(left, 'older row')} not shown` : ''}`;
  const columns = [
    { title: 'When' },
    { title: 'What happened' },
    { title: 'Attempts', number: true },
    { title: 'Trace' },
  ];
  const timeline =
    shown.length === 0
      ? ''
      : `<h2>Timeline</h2>${table(
          caption,
          columns,
          shown.map((entry) => rowOf(entry, history.kind)),
        )}`;
  return page(title, `<h1>${escaped(title)}</h1>\n${summary(history)}\n${timeline}`);
}
