import type { RecordHome, Row } from '../homes';
import { isNotFound, miError } from './answer';
import type { Mi } from './mi';
import { writeAnswer } from './writeAnswer';

interface Transactions {
  program: string;
  get: string;
  change: string;
  /** The record's key from the one that callers use. */
  keyOf(key: string): Row;
  /** Fields of the record that make a change optimistic. */
  guard?: string[];
}

/** Records that are read by a Get and changed by a Chg, 100 in a bulk call; a missing one is never added. */
const home = (mi: Mi, { program, get, change, keyOf, guard = [] }: Transactions): RecordHome => ({
  adds: false,
  read: async (keys) => {
    const calls = keys.map((key) => ({ transaction: get, record: keyOf(key) }));
    const results = await mi.bulk(program, calls);
    const records = new Map<string, Row>();
    keys.forEach((key, index) => {
      const result = results[index]!;
      if ('records' in result && result.records[0]) records.set(key, result.records[0]);
      else if ('error' in result && !isNotFound(result.error)) throw miError(program, get, result.error);
    });
    return records;
  },
  write: async (rows, current) => {
    const calls = [...rows].map(([key, fields]) => {
      const seen = guard.map((name): [string, string] => [name, current.get(key)?.[name] ?? '']);
      return { transaction: change, record: { ...keyOf(key), ...fields, ...Object.fromEntries(seen) } };
    });
    return (await mi.bulk(program, calls)).map(writeAnswer);
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

/** CRS620MI/GetBasicData and UpdSupplier, which knows no change number. */
export const supplierRecords = (mi: Mi): RecordHome =>
  home(mi, {
    program: 'CRS620MI',
    get: 'GetBasicData',
    change: 'UpdSupplier',
    keyOf: (SUNO) => ({ SUNO }),
  });

/** CRS111MI/Get and Change, by the number of customer or supplier. @param emailType EMTP */
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

const SEPARATOR = '\u0000';

/** A supplier's reference by supplier, type and id. */
export const referenceKey = (row: Row): string =>
  [row.SUNO, row.RFTY, row.RFID].map((part) => part ?? '').join(SEPARATOR);

/** CRS620MI/GetSupplierRef and UpdSupplierRef, by `referenceKey`. */
export const supplierReferences = (mi: Mi): RecordHome =>
  home(mi, {
    program: 'CRS620MI',
    get: 'GetSupplierRef',
    change: 'UpdSupplierRef',
    keyOf: (key) => {
      const [SUNO = '', RFTY = '', RFID = ''] = key.split(SEPARATOR);
      return { SUNO, RFTY, RFID };
    },
  });
