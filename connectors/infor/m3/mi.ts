import type { Safety } from '../../http/retry';
import type { Gateway } from '../gateway';
import { miError, readAnswer, type MiResult } from './answer';
import type { MiRecord } from './fields';

/** Basis of every M3 call (infor §3.1). */
const EXECUTE = '/M3/m3api-rest/v2/execute';
/** Transactions of one bulk call; larger ones meet the gateway's 60 s (infor §3.5). */
export const TRANSACTIONS_PER_BULK = 100;

export interface MiContext {
  /** '' uses the service account's default company or division. */
  company: string;
  division: string;
}

export interface MiCall {
  program: string;
  transaction: string;
  record: MiRecord;
  /** Output fields; all when missing. */
  columns?: string[];
  /** 0 for all; default 0. */
  maxRecords?: number;
}

export interface Mi {
  /** One transaction. @throws ConnectorError M3_TRANSACTION, M3_RIGHTS, M3_NOT_FOUND and the gateway's */
  call(call: MiCall): Promise<MiRecord[]>;
  /** Several transactions of one program, in blocks; one result each, in order. */
  bulk(program: string, calls: Array<Omit<MiCall, 'program'>>): Promise<MiResult[]>;
}

const READ = /^(Get|Lst|List|Sel|Select|Search)(?![a-z])/;
/** Inputs that may stand in a URL, where logs keep them: keys of records, no names, addresses or free text. */
const KEYS = new Set(['CONO', 'CUNO', 'EMTP', 'EMKY', 'CNPE', 'LMTS', 'MINM', 'TRNM', 'TRTP']);

/** M3's writes are GETs too, so the name is the only sign; an unknown verb counts as a write (infor §3.1). */
export const isRead = (transaction: string): boolean => READ.test(transaction);

const isPlain = ({ transaction, record }: MiCall): boolean =>
  isRead(transaction) && Object.keys(record).every((field) => KEYS.has(field));

const safetyOf = (transactions: string[]): Safety => (transactions.every(isRead) ? 'repeatable' : 'once');

export function createMi(gateway: Gateway, context: MiContext): Mi {
  const cono = context.company || undefined;
  const divi = context.division || undefined;

  async function get({ program, transaction, record, columns, maxRecords = 0 }: MiCall): Promise<MiResult> {
    const query = {
      ...record,
      cono,
      divi,
      maxrecs: maxRecords,
      returncols: columns?.join(','),
      dateformat: 'YMD8',
      excludeempty: false,
      righttrim: true,
      format: 'COMPACT',
    };
    const path = `${EXECUTE}/${encodeURIComponent(program)}/${encodeURIComponent(transaction)}`;
    const safety = safetyOf([transaction]);
    return readAnswer(await gateway.send({ method: 'GET', path, query }, safety), 1, safety)[0]!;
  }

  async function post(program: string, calls: Array<Omit<MiCall, 'program'>>): Promise<MiResult[]> {
    const body = {
      program,
      cono: cono && Number(cono),
      divi,
      excludeEmptyValues: false,
      rightTrim: true,
      maxReturnedRecords: calls[0]?.maxRecords ?? 0,
      transactions: calls.map(({ transaction, record, columns }) => ({
        transaction,
        record,
        selectedColumns: columns,
      })),
    };
    const safety = safetyOf(calls.map(({ transaction }) => transaction));
    const response = await gateway.send({ method: 'POST', path: EXECUTE, body }, safety);
    return readAnswer(response, calls.length, safety);
  }

  return {
    call: async (call) => {
      const result = isPlain(call) ? await get(call) : (await post(call.program, [call]))[0]!;
      if ('error' in result) throw miError(call.program, call.transaction, result.error);
      return result.records;
    },
    bulk: async (program, calls) => {
      const results: MiResult[] = [];
      for (let start = 0; start < calls.length; start += TRANSACTIONS_PER_BULK) {
        results.push(...(await post(program, calls.slice(start, start + TRANSACTIONS_PER_BULK))));
      }
      return results;
    },
  };
}
