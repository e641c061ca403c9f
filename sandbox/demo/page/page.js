/** Shows what /live tells; the server decides what there is to see. */

import { chipOf, COLUMNS, element, itemOf, share, shown } from './lines.js';

const byId = (id) => document.getElementById(id);
const WHAT = { cloudSuite: 'customers', ledger: 'rows', audience: 'contacts' };

let snapshot;
/** Id of the act that is read again; undefined for the present one. */
let chosen;
/** Customer numbers that are followed, or under the pointer. */
let followed = [];
let hovered = [];

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

/** Who is followed first, then whom the act is about; the ledger stays in the order of time. */
function inOrder(column, lines) {
  if (column === 'ledger') return lines;
  const rank = ({ keys }) => (share(keys, followed) ? 0 : share(keys, aboutNow()) ? 1 : 2);
  return [...lines].sort((a, b) => rank(a) - rank(b));
}

function showColumn(column) {
  const { lines, total, sums } = snapshot.columns[column];
  const section = byId(column);
  setText(section.querySelector('.total'), `${total.toLocaleString('en-US')} ${WHAT[column]}`);
  section.querySelector('.sums').replaceChildren(...sums.map(chipOf));
  const isFirst = shown[column].size === 0;
  const list = section.querySelector('.lines');
  const ids = new Set(lines.map(({ id }) => id));
  for (const [id, { item }] of shown[column]) {
    if (ids.has(id)) continue;
    item.remove();
    shown[column].delete(id);
  }
  inOrder(column, lines).forEach((line, place) => {
    const { item } = itemOf(column, line, isFirst, reactions);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
}

const present = () => snapshot?.stops.find(({ state }) => state === 'present');
const actShown = () => snapshot?.stops.find(({ id }) => id === chosen) ?? present();
const aboutNow = () => actShown()?.about ?? [];

function mark() {
  document.body.classList.toggle('following', followed.length > 0);
  for (const column of COLUMNS)
    for (const { item, keys } of shown[column].values()) {
      item.classList.toggle('followed', share(keys, followed));
      item.classList.toggle('hovered', share(keys, hovered));
      item.classList.toggle('about', share(keys, aboutNow()));
    }
  for (const button of byId('people').querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(followed.includes(button.dataset.number)));
}

function hover(keys) {
  hovered = keys;
  mark();
}

function follow(keys) {
  followed = keys;
  show();
  if (keys.length > 0) for (const list of document.querySelectorAll('.lines')) list.scrollTop = 0;
}

const reactions = {
  onChoose: (keys) => follow(share(keys, followed) ? [] : keys),
  onPoint: hover,
};

function showTimeline() {
  const timeline = byId('timeline');
  if (timeline.children.length === 0)
    timeline.append(
      ...snapshot.stops.map(({ id, day, label }) => {
        const button = element(
          'button',
          { type: 'button' },
          element('span', { className: 'day', textContent: `Day ${day}` }),
          label,
        );
        button.onclick = () => {
          chosen = chosen === id || id === present()?.id ? undefined : id;
          show();
        };
        return element('li', {}, button);
      }),
    );
  snapshot.stops.forEach(({ id, state }, place) => {
    const item = timeline.children[place];
    const className = id === chosen ? `${state} chosen` : state;
    if (item.className === className) return;
    item.className = className;
    if (state === 'present') timeline.scrollTo({ left: item.offsetLeft - 120, behavior: 'smooth' });
  });
}

function showAct() {
  const act = actShown();
  if (act) {
    setText(byId('title'), `Day ${act.day}: ${act.title}`);
    setText(byId('tells'), act.tells);
    for (const [where, text] of Object.entries(act.seen ?? {})) setText(byId(`seen-${where}`), text);
  }
  byId('seen').hidden = !act?.seen;
  byId('playing').hidden = act?.state !== 'present' || Boolean(act.seen) || snapshot.error !== '';
  byId('back').hidden = chosen === undefined;
  byId('error').hidden = snapshot.error === '';
  setText(byId('error'), `The month stopped: ${snapshot.error}`);
  const isOver = snapshot.stops.every(({ seen }) => seen);
  setText(byId('clock'), isOver ? `The month is over · ${snapshot.date}` : snapshot.date);
}

function showPeople() {
  if (byId('people').children.length > 0) return;
  const { url, email, password } = snapshot.n8n;
  byId('people').append(
    'Follow',
    ...snapshot.people.map(({ number, name, company }) => {
      const button = element('button', { type: 'button', textContent: name, title: `${company}, ${number}` });
      button.dataset.number = number;
      button.onclick = () => follow(followed.includes(number) ? [] : [number]);
      return button;
    }),
    element(
      'span',
      { className: 'n8n' },
      element('a', { href: url, target: '_blank', rel: 'noopener', textContent: 'Open n8n' }),
      ` · ${email} · ${password}`,
    ),
  );
}

function show() {
  if (!snapshot) return;
  showPeople();
  showTimeline();
  showAct();
  COLUMNS.forEach(showColumn);
  mark();
}

byId('back').onclick = () => {
  chosen = undefined;
  show();
};
for (const button of byId('tabs').children)
  button.onclick = () => {
    document.querySelector('main').dataset.column = button.dataset.column;
    for (const other of byId('tabs').children) other.setAttribute('aria-pressed', String(other === button));
  };
new EventSource('/live').onmessage = ({ data }) => {
  snapshot = JSON.parse(data);
  show();
};
