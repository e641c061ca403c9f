import { ConnectorError } from '../../errors';
import type { MiRecord } from './fields';
import type { Mi, MiCall } from './mi';
import { PAGE_SIZE } from './readPlan';

/**
 * A list of M3, page by page. It begins *at* the key given, so the next page begins at the last row of this one, which
 * is dropped (infor §3.5). Only a page that brings nothing new is the end: a tenant may cap its pages below what was
 * asked for, and a short page would then cut the list off without a word.
 * @param key the field that the list is sorted by
 * @param startField the input at which it begins; `list.record` may hold where to start after
 * @throws ConnectorError M3_TRANSACTION when M3 gives the same rows again instead of going on, which would never end
 */
export async function* pagesOf(
  mi: Pick<Mi, 'call'>,
  list: MiCall,
  key: string,
  startField = key,
): AsyncGenerator<MiRecord[]> {
  const seen = new Set<string>();
  let last = list.record[startField] ?? '';
  for (;;) {
    const record = last ? { ...list.record, [startField]: last } : list.record;
    const rows = await mi.call({ ...list, record, maxRecords: PAGE_SIZE });
    const previous = last;
    const others = rows.filter((row) => row[key] !== previous);
    if (others.length === 0) return;
    const fresh = others.filter((row) => !seen.has(row[key] ?? ''));
    if (fresh.length === 0) throw notGoingOn(list);
    for (const row of fresh) seen.add(row[key] ?? '');
    yield fresh;
    last = fresh.at(-1)?.[key] ?? '';
  }
}

const notGoingOn = ({ program, transaction }: MiCall): ConnectorError =>
  new ConnectorError(
    'M3_TRANSACTION',
    `M3 lists the same records again instead of going on (${program}/${transaction}).`,
    'Check the transaction in MRS001: its list must begin at the key that it is given.',
  );
