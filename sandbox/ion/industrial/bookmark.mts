import type { Row } from '../../data/business.mts';
import { BadFilter } from './filter.mts';

/** First the columns, then the values of the last row: what follows them comes next (infor §4.4). */
export const bookmarkOf = (columns: string[], row: Row): string =>
  `<B><P>${columns.map((column) => `<p>${column}</p>`).join('')}</P><L>${columns
    .map((column) => `<v>${Buffer.from(row[column] ?? '').toString('base64')}</v>`)
    .join('')}</L></B>`;

export function afterBookmark(bookmark: string, columns: string[], rows: Row[]): Row[] {
  const named = [...bookmark.matchAll(/<p>(.*?)<\/p>/g)].map(([, name]) => name);
  if (named.join() !== columns.join()) throw new BadFilter('The bookmark does not fit the order');
  const values = [...bookmark.matchAll(/<v>(.*?)<\/v>/g)].map(([, text]) =>
    Buffer.from(text!, 'base64').toString(),
  );
  const position = JSON.stringify(values);
  return rows.filter(
    (row) =>
      compareKeys(
        columns.map((column) => row[column] ?? ''),
        JSON.parse(position) as string[],
      ) > 0,
  );
}

export function compareKeys(a: string[], b: string[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
