import type { Mi } from './mi';

/** What the tenant itself says of its MI programs (MRS001MI). */
export interface MiProgram {
  name: string;
  description: string;
}

export interface MiField {
  name: string;
  description: string;
  /** Characters. */
  length: number;
  mandatory: boolean;
}

const call = (mi: Mi, transaction: string, record: Record<string, string> = {}) =>
  mi.call({ program: 'MRS001MI', transaction, record });

/** MRS001MI/LstPrograms */
export const listPrograms = async (mi: Mi): Promise<MiProgram[]> =>
  (await call(mi, 'LstPrograms')).map(({ MINM = '', MIDS = '' }) => ({ name: MINM, description: MIDS }));

/** MRS001MI/LstTransactions */
export const listTransactions = async (mi: Mi, program: string): Promise<MiProgram[]> =>
  (await call(mi, 'LstTransactions', { MINM: program })).map(({ TRNM = '', TRDS = '' }) => ({
    name: TRNM,
    description: TRDS,
  }));

/** MRS001MI/LstFields; TRTP is I for input and O for output. */
export const listInputFields = async (mi: Mi, program: string, transaction: string): Promise<MiField[]> =>
  (await call(mi, 'LstFields', { MINM: program, TRNM: transaction, TRTP: 'I' })).map((field) => ({
    name: field.FLNM ?? '',
    description: field.FLDS ?? '',
    length: Number(field.LENG ?? 0),
    mandatory: field.MAND === '1',
  }));
