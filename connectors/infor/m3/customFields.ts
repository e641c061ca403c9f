import type { RecordHome } from '../homes';
import { isNotFound, miError } from './answer';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import { writeAnswer } from './writeAnswer';

const PROGRAM = 'CUSEXTMI';

/** Where a tenant keeps its own fields of a customer or a supplier (CUSEXTMI). */
export interface CustomTable {
  /** FILE, such as OCUSMA. */
  file: string;
  /** The key that holds the number, such as PK01. */
  keyField: string;
  /** Further keys that are the same for everyone, such as { PK02: 'MAIL' }. */
  fixedKeys: MiRecord;
}

/**
 * Custom fields by number. A row that does not exist is added; when another run was quicker, M3 refuses and
 * the next look finds it (CUSEXTMI/AddFieldValue, ChgFieldValue; infor §4).
 */
export function customFields(mi: Mi, { file, keyField, fixedKeys }: CustomTable): RecordHome {
  const keysOf = (number: string): MiRecord => ({ FILE: file, ...fixedKeys, [keyField]: number });
  return {
    adds: true,
    read: async (numbers) => {
      const calls = numbers.map((number) => ({ transaction: 'GetFieldValue', record: keysOf(number) }));
      const results = await mi.bulk(PROGRAM, calls);
      const rows = new Map<string, MiRecord>();
      numbers.forEach((number, index) => {
        const result = results[index]!;
        if ('records' in result) rows.set(number, result.records[0] ?? {});
        else if (!isNotFound(result.error)) throw miError(PROGRAM, 'GetFieldValue', result.error);
      });
      return rows;
    },
    write: async (rows, current) => {
      const calls = [...rows].map(([number, values]) => ({
        transaction: current.has(number) ? 'ChgFieldValue' : 'AddFieldValue',
        record: { ...keysOf(number), ...values },
      }));
      return (await mi.bulk(PROGRAM, calls)).map(writeAnswer);
    },
  };
}
