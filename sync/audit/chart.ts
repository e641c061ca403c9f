import { escaped } from './page';
import type { DayCount } from './report';
import { counted } from './words';

const STACK = [
  { name: 'done', title: 'Done' },
  { name: 'attention', title: 'Needs attention' },
  { name: 'skipped', title: 'Left out' },
] as const;

const WIDTH = 880;
const HEIGHT = 240;
const PLOT = { left: 52, right: 870, top: 12, bottom: 206 };
const MOST_LABELS = 10;

/** The next of 1, 2, 5, 10, 20, … times four, so that the four lines of the grid are round numbers. */
export function topOf(most: number): number {
  for (let step = 1; ; step *= 10)
    for (const factor of [1, 2, 5]) if (step * factor * 4 >= most) return step * factor * 4;
}

const tidy = (value: number): string => String(Math.round(value * 100) / 100);

function grid(top: number): string {
  return [0, 1, 2, 3, 4]
    .map((line) => {
      const y = PLOT.bottom - ((PLOT.bottom - PLOT.top) * line) / 4;
      const label = ((top * line) / 4).toLocaleString('en-US');
      return `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${tidy(y)}" y2="${tidy(y)}"/><text class="axis" x="${PLOT.left - 8}" y="${tidy(y + 4)}" text-anchor="end">${label}</text>`;
    })
    .join('');
}

function bar(day: DayCount, x: number, width: number, top: number): string {
  let base = PLOT.bottom;
  const parts = STACK.filter(({ name }) => day[name] > 0).map(({ name }) => {
    const height = ((PLOT.bottom - PLOT.top) * day[name]) / top;
    base -= height;
    return `<rect class="b-${name}" x="${tidy(x)}" y="${tidy(base)}" width="${tidy(width)}" height="${tidy(height)}"/>`;
  });
  const said = STACK.map(({ name, title }) => `${title.toLowerCase()} ${day[name]}`).join(', ');
  return `<g><title>${escaped(`${day.day}: ${said}`)}</title>${parts.join('')}</g>`;
}

/** What the colours mean. */
const legend = STACK.map(
  ({ name, title }) =>
    `<span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="b-${name}" width="12" height="12" rx="2"/></svg>${title}</span>`,
).join('');

/** Stacked bars, one a day. The same numbers belong in a table beside it. */
export function chart(days: DayCount[]): string {
  const sums = days.map(({ done, attention, skipped }) => done + attention + skipped);
  const total = sums.reduce((sum, count) => sum + count, 0);
  const top = topOf(sums.reduce((most, count) => Math.max(most, count), 1));
  const slot = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  const width = Math.min(56, slot * 0.66);
  const every = Math.max(1, Math.ceil(days.length / MOST_LABELS));
  const bars = days.map((day, index) => bar(day, PLOT.left + slot * index + (slot - width) / 2, width, top));
  const labels = days.map(({ day }, index) =>
    index % every === 0
      ? `<text class="axis" x="${tidy(PLOT.left + slot * (index + 0.5))}" y="228" text-anchor="middle">${escaped(day.slice(5))}</text>`
      : '',
  );
  return `<div class="card"><p>${legend}</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-desc">
<title id="chart-title">Effects a day</title>
<desc id="chart-desc">Stacked bars for ${counted(days.length, 'day')} with ${counted(total, 'effect')} in all. The table below holds the same numbers.</desc>
${grid(top)}${bars.join('')}${labels.join('')}
</svg></div>`;
}
