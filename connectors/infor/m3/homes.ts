import { isNotFound, miError } from './answer';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import type { RecordHome } from './writes';

interface Transactions {
  program: string;
  get: string;
  change: string;
  /** The record's key from the one that callers use. */
  keyOf(key: string): MiRecord;
  /** Fields of the record that make a change optimistic. */
  guard?: string[];
}

/** Records that are read by a Get and changed by a Chg, 100 in a bulk call; a missing one is never added. */
const home = (mi: Mi, { program, get, change, keyOf, guard = [] }: Transactions): RecordHome => ({
  adds: false,
  read: async (keys) => {
    const calls = keys.map((key) => ({ transaction: get, record: keyOf(key) }));
    const results = await mi.bulk(program, calls);
    const records = new Map<string, MiRecord>();
    keys.forEach((key, index) => {
      const result = results[index]!;
      if ('records' in result && result.records[0]) records.set(key, result.records[0]);
      else if ('error' in result && !isNotFound(result.error)) throw miError(program, get, result.error);
    });
    return records;
  },
  write: (rows, current) => {
    const calls = [...rows].map(([key, fields]) => {
      const seen = guard.map((name): [string, string] => [name, current.get(key)?.[name] ?? '']);
      return { transaction: change, record: { ...keyOf(key), ...fields, ...Object.fromEntries(seen) } };
    });
    return mi.bulk(program, calls);
  },
});

/** CRS610MI/GetBasicData and ChgBasicData; M3 refuses a change whose CHNO is not the record's own. */
export const customerRecords = (mi: Mi): RecordHome =>
  home(mi, {
    program: 'CRS610MI',
    get: 'GetBasicData',
    change: 'ChgBasicData',
    keyOf: (CUNO) => ({ CUNO }),
    guard: ['CHNO'],
  });

/** CRS111MI/Get and Change, by customer number. @param emailType EMTP */
export const repositoryEntries = (mi: Mi, emailType: string): RecordHome =>
  home(mi, {
    program: 'CRS111MI',
    get: 'Get',
    change: 'Change',
    keyOf: (EMKY) => ({ EMTP: emailType, EMKY }),
  });

/** CRS618MI/Get and Upd, by contact person. */
export const contactPersons = (mi: Mi): RecordHome =>
  home(mi, { program: 'CRS618MI', get: 'Get', change: 'Upd', keyOf: (CNPE) => ({ CNPE }) });
