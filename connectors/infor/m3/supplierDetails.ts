import type { Row } from '../homes';
import { isNotFound, miError } from './answer';
import type { Mi } from './mi';

const PROGRAM = 'CRS620MI';

/** One transaction for each supplier, 100 in a call; a supplier that is gone has none. */
async function forEach(mi: Mi, transaction: string, numbers: string[]): Promise<Map<string, Row[]>> {
  const calls = numbers.map((SUNO) => ({ transaction, record: { SUNO } }));
  const results = await mi.bulk(PROGRAM, calls);
  return new Map(
    results.map((result, index) => {
      if ('error' in result && !isNotFound(result.error)) throw miError(PROGRAM, transaction, result.error);
      return [numbers[index]!, 'records' in result ? result.records : []];
    }),
  );
}

/** CRS620MI/LstSupplierRef: the people and addresses of suppliers. */
export const readSupplierReferences = (mi: Mi, numbers: string[]): Promise<Map<string, Row[]>> =>
  forEach(mi, 'LstSupplierRef', numbers);

/** CRS620MI/LstAddresses. */
export const readSupplierAddresses = (mi: Mi, numbers: string[]): Promise<Map<string, Row[]>> =>
  forEach(mi, 'LstAddresses', numbers);

/** CRS620MI/GetBasicData, which alone tells status and VAT number. */
export async function readSupplierBasics(mi: Mi, numbers: string[]): Promise<Map<string, Row>> {
  const rows = await forEach(mi, 'GetBasicData', numbers);
  return new Map([...rows].flatMap(([number, [row]]) => (row ? [[number, row] as const] : [])));
}
