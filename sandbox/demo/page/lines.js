/** The lines of the three columns. */

export const COLUMNS = ['cloudSuite', 'ledger', 'audience'];

export function element(name, values = {}, ...children) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
}

export const share = (some, others) => some.some((one) => others.includes(one));
export const chipOf = ({ text, tone, title = '' }) =>
  element('span', { className: `chip ${tone}`, textContent: text, title });

function fill(item, line) {
  const chips = element('div', { className: 'chips' }, ...line.chips.map(chipOf));
  if (line.link)
    chips.append(
      element('a', { href: line.link, target: '_blank', rel: 'noopener', textContent: 'execution in n8n' }),
    );
  item.replaceChildren(
    element(
      'div',
      { className: 'top' },
      element('span', { className: 'head', textContent: line.head }),
      element('span', { className: 'side', textContent: line.side }),
    ),
    ...line.texts.filter(Boolean).map((textContent) => element('p', { textContent })),
    chips,
  );
}

/** By column, then by the id of the line. */
export const shown = Object.fromEntries(COLUMNS.map((column) => [column, new Map()]));

/** The line as it is now; it flashes where it is new or has changed. */
export function itemOf(column, line, isFirst, { onChoose, onPoint }) {
  const told = JSON.stringify(line);
  const known = shown[column].get(line.id);
  if (known?.told === told) return known;
  const item = known?.item ?? element('li', { className: 'line' });
  fill(item, line);
  if (!isFirst) {
    item.classList.remove('changed');
    // Without this the browser would not begin the same animation anew.
    void item.offsetWidth;
    item.classList.add('changed');
  }
  const entry = { item, told, keys: line.keys };
  item.onclick = (event) => {
    if (event.target.tagName !== 'A') onChoose(line.keys);
  };
  item.onmouseenter = () => onPoint(line.keys);
  item.onmouseleave = () => onPoint([]);
  shown[column].set(line.id, entry);
  return entry;
}
