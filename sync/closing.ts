import { traceOf } from './ledger';
import { isInDoubt, reasonClass } from './reasons';
import { referenceKey } from './referenceRow';
import { nameOf } from './source';
import type { EarlierRow, LedgerRow, PlannedRecord, RunContext } from './types';

type Closed = Pick<LedgerRow, 'status' | 'reason'>;

/** What no longer has to be made was made without an answer that says so, or is not needed, because the record has changed. */
function closedAs(isInPlace: boolean, reason: string): Closed {
  if (isInPlace) return { status: 'applied', reason: '' };
  return { status: 'superseded', reason: isInDoubt(reason) ? 'answer-lost' : '' };
}

/** Closes the row of an earlier attempt whose effect this run no longer makes. */
function closingRow(
  effectKey: string,
  earlier: Pick<EarlierRow, 'attempts' | 'recordNumber' | 'memberId' | 'source'>,
  closed: Closed,
  context: RunContext,
): LedgerRow {
  const parts = effectKey.split(':');
  const { attempts, recordNumber, memberId, source } = earlier;
  return {
    ...{ effectKey, flow: context.flow, kind: parts[0]!, recordNumber, memberId, source },
    ...closed,
    attempts,
    fingerprint: parts.at(-1)!,
    ...traceOf(context),
  };
}

/** Keys of effects of the record that are seen to be done. */
const inPlaceOf = ({ number, contact, inPlace = [] }: PlannedRecord): ReadonlySet<string> =>
  new Set([...inPlace, ...(contact ? [referenceKey(number, contact.stored)] : [])]);

/** What could not be read says nothing about whether an earlier trouble is over. */
const isKnown = (record: PlannedRecord): boolean =>
  record.notes.every(({ reason }) => reasonClass(reason) !== 'failed' && reason !== 'duplicate-record');

/** Earlier rows of the run's records, by the record's name; a cross-reference is closed by who writes it. */
function earlierByName(context: RunContext): Map<string, Array<[string, EarlierRow]>> {
  const byName = new Map<string, Array<[string, EarlierRow]>>();
  for (const [key, row] of context.earlier ?? []) {
    const name = nameOf({ source: row.source, number: row.recordNumber });
    if (name !== '' && row.kind !== 'crossReference')
      byName.set(name, [...(byName.get(name) ?? []), [key, row]]);
  }
  return byName;
}

/**
 * Rows that close what no other row of the run answers: retries, by the record that asked, and earlier troubles of
 * records that are as they should be now.
 */
export function closingRows(
  records: PlannedRecord[],
  written: ReadonlySet<string>,
  context: RunContext,
): Map<PlannedRecord, LedgerRow[]> {
  const closed = new Set([...written, ...records.flatMap(({ held }) => held ?? [])]);
  const byName = earlierByName(context);
  const rows = new Map<PlannedRecord, LedgerRow[]>();
  for (const record of records) {
    const { retryOf, attempts, number, memberIds, source = '' } = record;
    const own = { attempts, recordNumber: number, memberId: memberIds[0] ?? '', source };
    const inPlace = inPlaceOf(record);
    const reasonOf = (key: string): string => context.earlier?.get(key)?.reason ?? '';
    const asked: Array<[string, Omit<EarlierRow, 'kind' | 'reason'>]> =
      retryOf === '' ? [] : [[retryOf, own]];
    const over = isKnown(record) ? (byName.get(nameOf(record)) ?? []) : [];
    const open = [...asked, ...over].filter(([key]) => !closed.has(key));
    for (const [key] of open) closed.add(key);
    rows.set(
      record,
      open.map(([key, row]) => closingRow(key, row, closedAs(inPlace.has(key), reasonOf(key)), context)),
    );
  }
  return rows;
}
