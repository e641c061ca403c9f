import type { Kind } from '../lines/canonical.mts';
import type { FinancialsDatabase } from './database.mts';

export interface Imported {
  message?: unknown;
  _fields?: unknown;
}

export const exception = (message: string) => ({ exception: { message } });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function change(db: FinancialsDatabase, kind: Kind, record: Imported) {
  const { words, refusals } = db.settings;
  const key = db.keyOf(kind);
  const refused = (why: string) =>
    refusals === 'exception'
      ? { message: 'failed', ...exception(why) }
      : { message: `${key} failed: ${why}` };
  if (record.message !== 'BatchImport') return refused('message must be BatchImport');
  if (!isObject(record._fields)) return refused('_fields is missing');
  const strange = Object.entries(record._fields).find(([, value]) => typeof value !== 'string');
  if (strange) return refused(`${strange[0]} is not a text`);
  const { [key]: number = '', ...fields } = record._fields as Record<string, string>;
  const group = db.groupOf(kind);
  const stored = db.find(kind, { ...fields, [key]: number });
  if (!stored) return refused(`${key} record does not exist`);
  const changes = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== group));
  const misfit = db.misfit(kind, changes);
  if (misfit) return refused(`${misfit.field} is ${misfit.unknown ? 'not a valid field' : 'too long'}`);
  db.beforeWrite?.(kind, stored[0]);
  db.write(kind, stored[0], changes);
  return { message: words === 'english' ? `${key} updated` : `${key} aktualisiert` };
}

/** POST classes/{class}/actions/Update/batch: each record has an outcome of its own, at HTTP 200 (infor §5.4). */
export const batch = (db: FinancialsDatabase, kind: Kind, records: Imported[]): unknown => [
  ...records.map((record) => change(db, kind, record)),
  { batchStatus: 'Complete' },
];
