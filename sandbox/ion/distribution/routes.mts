import type { FastifyInstance } from 'fastify';
import type { Row } from '../../data/business.mts';
import { LineDatabase } from '../lines/database.mts';
import { tellTime } from '../lines/time.mts';
import { BadFilter, parseWhere } from '../lines/where.mts';
import { LAYOUTS, TABLES } from './layouts.mts';

/** Distribution (SX.e). */
export class DistributionDatabase extends LineDatabase {
  /** Both are seen (infor §7.2): with which status an error message comes. */
  errorStatus: 200 | 400 = 200;
  readonly companies = [1];

  constructor(clock: () => number, options: { seed?: number; customers?: number; others?: number }) {
    super(LAYOUTS, clock, options);
  }
}

class Refusal extends Error {}

interface Request {
  companyNumber?: number;
  operatorInit?: string;
  [name: string]: unknown;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A row with the day and minute of its last change. */
function rowOf(row: Row, changed: number): Row {
  const at = new Date(changed);
  const transdt = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return { cono: '1', ...row, transdt, transtm: two(at.getUTCHours()) + two(at.getUTCMinutes()) };
}

function fetchWhere(db: DistributionDatabase, request: Request) {
  const {
    tableName = '',
    whereClause = '',
    fieldList = '*',
    batchSize = 0,
  } = request as Record<string, string>;
  if (tableName === 'sasc') return { tTable: { 't-table': [{ cono: '1' }] } };
  const kind = TABLES[tableName];
  if (!kind) throw new Refusal(`Table ${tableName} does not exist`);
  if (db.denied.has(kind)) throw new Refusal(`Operator is not authorized to table ${tableName}`);
  const rows = db.sorted(kind).map(([, { row, changed }]) => rowOf(row, changed));
  const { names, more } = db.layouts[kind];
  const known = new Set(['cono', 'transdt', 'transtm', ...Object.values(names), ...Object.keys(more)]);
  const fields = fieldList === '*' ? [...known] : fieldList.split(',');
  const unknown = fields.find((field) => !known.has(field));
  if (unknown !== undefined) throw new Refusal(`Field ${unknown} is not in table ${tableName}`);
  const matches = parseWhere(whereClause, (field) => known.has(field));
  const found = rows.filter(matches);
  const shown = Number(batchSize) > 0 ? found.slice(0, Number(batchSize)) : found;
  const project = (row: Row): Row => Object.fromEntries(fields.map((field) => [field, row[field] ?? '']));
  return { tTable: { 't-table': shown.map(project) } };
}

interface Line {
  setNo?: number;
  key1?: string;
  updateMode?: string;
  fieldName?: string;
  fieldValue?: string;
}

/** One set a customer; each has its own outcome in one text. */
function customerMnt(db: DistributionDatabase, { tMntTt }: Request) {
  if (db.denied.has('customer')) throw new Refusal('Operator is not authorized to ARSC maintenance');
  const lines = ((tMntTt as { 't-mnt-tt'?: Line[] } | undefined)?.['t-mnt-tt'] ?? []) as Line[];
  if (lines.length === 0) throw new Refusal('No records to process');
  const sets = new Map<number, Line[]>();
  for (const line of lines) sets.set(line.setNo ?? 0, [...(sets.get(line.setNo ?? 0) ?? []), line]);
  const outcomes = [...sets].map(([set, own]) => {
    const number = String(own[0]!.key1 ?? '');
    if (own.some(({ updateMode }) => updateMode !== 'chg'))
      return `Set#: ${set} Error: update mode is not valid`;
    if (!db.table('customer').has(number)) return `Set#: ${set} Error: Customer # not on file`;
    const fields = Object.fromEntries(
      own.map(({ fieldName = '', fieldValue = '' }) => [fieldName, String(fieldValue)]),
    );
    const misfit = db.misfit('customer', fields);
    if (misfit)
      return `Set#: ${set} Error: ${misfit.field} is ${misfit.unknown ? 'not a field' : 'too long'}`;
    db.beforeWrite?.('customer', number);
    db.write('customer', number, fields);
    return `Set#: ${set} Update Successful, Cono: 1 Customer #: ${number}`;
  });
  return { returnData: outcomes.join('\n') };
}

/** The list has no e-mail, no phone and no paging (infor §7.3). */
function customerList(db: DistributionDatabase, { includeInactiveCustomers, recordLimit }: Request) {
  const rows = db
    .sorted('customer')
    .map(([, { row }]) => row)
    .filter((row) => includeInactiveCustomers === true || row.statustype === 'true')
    .slice(0, Number(recordLimit ?? 0) || Infinity)
    .map((row) => ({
      custNo: Number(row.custno),
      name: row.name,
      addr1: row.addr1,
      city: row.city,
      shipTo: '',
    }));
  return { tCustLstV3: { 't-custLstV3': rows } };
}

const CALLS: Record<string, (db: DistributionDatabase, request: Request) => object> = {
  sxapiarcustomermnt: customerMnt,
  sxapiargetcustomerlistv3: customerList,
};

/** SX.e's REST service below the tenant (infor §7). */
export function distributionRoutes(server: FastifyInstance, db: DistributionDatabase): void {
  tellTime(server, db);
  const serve = (path: string, work: (name: string, request: Request) => object): void => {
    server.post(path, async (httpRequest, reply) => {
      const { request } = (httpRequest.body ?? {}) as { request?: Request };
      try {
        if (!request || !db.companies.includes(Number(request.companyNumber)))
          throw new Refusal('Company number is not valid');
        if (!request.operatorInit) throw new Refusal('Operator must be entered');
        const { name = '' } = httpRequest.params as { name?: string };
        return { response: { cErrorMessage: '', ...work(name, request) } };
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof BadFilter)) throw error;
        return reply.code(db.errorStatus).send({ response: { cErrorMessage: error.message } });
      }
    });
  };
  serve('/:tenant/SX/rest/sxapirestservice/:name', (name, request) => {
    const call = CALLS[name];
    if (!call) throw new Refusal(`API ${name} does not exist`);
    return call(db, request);
  });
  serve('/:tenant/SX/rest/serviceinterface/proxy/FetchWhere', (_name, request) => fetchWhere(db, request));
}
