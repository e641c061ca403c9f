import { MAX_ATTEMPTS } from './ledger';
import { note } from './note';
import type { AnyEffect, EarlierRow, EarlierRows, PlannedRecord } from './types';

/** Without these the other effects of a record mean nothing. */
const LEADING: ReadonlySet<string> = new Set(['create', 'rename', 'receivable', 'segment']);

function heldOf<E extends AnyEffect>(record: PlannedRecord<E>, earlier: EarlierRows): E[] {
  const spent = record.effects.filter(
    ({ key }) => key !== record.retryOf && (earlier.get(key)?.attempts ?? 0) >= MAX_ATTEMPTS,
  );
  return spent.some(({ kind }) => LEADING.has(kind)) ? record.effects : spent;
}

/**
 * The plan without what was tried too often already: such an effect waits until its record changes, which makes it
 * another effect, or until a person replays it.
 * @param earlier what the ledger says about effects that did not come about, by effect key
 */
export function holdBack<E extends AnyEffect, R extends PlannedRecord<E> = PlannedRecord<E>>(
  plan: { records: R[]; effects: E[] },
  earlier: EarlierRows | undefined,
): { records: R[]; effects: E[] } {
  if (!earlier || earlier.size === 0) return plan;
  const held = new Map(plan.records.map((record) => [record, heldOf(record, earlier)]));
  const keys = new Set([...held.values()].flatMap((effects) => effects.map(({ key }) => key)));
  if (keys.size === 0) return plan;
  const members = new Set([...held.values()].flatMap((effects) => effects.map(({ memberId }) => memberId)));
  const records = plan.records.map((record): R => {
    const waiting = held.get(record)!;
    return {
      ...record,
      held: waiting.map(({ key }) => key),
      effects: record.effects.filter(({ key }) => !keys.has(key)),
      notes: [...record.notes, ...waiting.map(({ memberId }) => note('tried-too-often', '', memberId))],
      // Nothing is known of the contact until the effect comes about.
      contact: record.contact && !members.has(record.contact.memberId) ? record.contact : undefined,
    };
  });
  return { records, effects: plan.effects.filter(({ key }) => !keys.has(key)) };
}

type Json = Record<string, unknown>;

const isRow = (value: unknown): value is Json & { effectKey: string; attempts: number } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Json).effectKey === 'string' &&
  Number.isFinite((value as Json).attempts) &&
  // A run is no effect: the next one ends its row (unfinished.ts).
  (value as Json).kind !== 'run';

/** Rows of the ledger as a node is given them; what is no effect or note is left out. */
export const earlierRows = (rows: unknown): EarlierRows =>
  new Map(
    (Array.isArray(rows) ? rows : []).filter(isRow).map((row): [string, EarlierRow] => {
      const text = (column: string): string => String(row[column] ?? '');
      const [kind, recordNumber] = [text('kind'), text('recordNumber')];
      return [
        row.effectKey,
        {
          ...{ attempts: row.attempts, kind, recordNumber, memberId: text('memberId') },
          ...{ source: text('source'), reason: text('reason') },
        },
      ];
    }),
  );
