import type { M3Database } from '../database.mts';
import type { Batch } from '../ledger.mts';
import type { MiRecord } from './engine.mts';

export interface Table {
  prefix: string;
  /** @param near the first characters of a key, where only such rows are asked for */
  rows(db: M3Database, near?: string): MiRecord[];
  columns: string[];
}

const CUSTOMER_COLUMNS =
  'CONO DIVI CUNO CUNM CUA1 CUA2 CUA3 CUA4 PONO TOWN CSCD ECAR LNCD PHNO PHN2 MAIL VRNO STAT CUTP CUCL SMCD CUCD ALCU YREF PYNO CUST INRC PYGR CCUS BLCD CRLM CRL2 CRL3 ODUD TDIN TOIN TBLG ODUE TEPY RGDT LMDT LMTS CHNO CHID'.split(
    ' ',
  );

const batchesOf = (db: M3Database, near?: string): Batch[] =>
  near === undefined ? [...db.ledger.batches.values()] : db.ledger.nearTo(near).batches;

/** A batch that was deleted by hand is gone from everywhere. */
const present = (db: M3Database, batches: Batch[]): Batch[] =>
  batches.filter(({ head }) => db.ledger.batches.has(`${head.DIVI ?? ''}|${head.KEY1 ?? ''}`));

const headRows = (db: M3Database, near?: string): MiRecord[] =>
  present(db, batchesOf(db, near)).map(({ head }) => head);

const lineRows = (db: M3Database, isField: boolean, near?: string): MiRecord[] =>
  present(db, batchesOf(db, near)).flatMap(({ head: { CONO = '', DIVI = '' }, lines }) =>
    [...lines.values()]
      .filter(({ PARM }) => (PARM === undefined) === isField)
      .map((line) => ({ ...line, CONO, DIVI })),
  );

const decimal = (minor: bigint): string => (Number(minor) / 100).toFixed(2);

/** The general ledger has one row a line. */
const ledgerRows = (db: M3Database, near?: string): MiRecord[] =>
  (near === undefined ? db.ledger.posted : db.ledger.nearTo(near).posted).flatMap(({ currency, lines }) =>
    lines.map(({ account, amount, text }) => ({
      ...{ CONO: '100', DIVI: 'AAA', AIT1: account, CUCD: currency, CUAM: decimal(amount), VTXT: text },
    })),
  );

/** What EXPORTMI can read here. */
export const TABLES: Record<string, Table> = {
  OCUSMA: { prefix: 'OK', columns: CUSTOMER_COLUMNS, rows: (db) => db.sortedCustomers() },
  CCUCON: {
    prefix: 'CC',
    columns: ['CNPE', 'STAT', 'NAMF', 'NAMS', 'EMRE', 'EMAL', 'LMDT', 'LMTS', 'CHNO'],
    rows: (db) => [...db.contacts.values()],
  },
  CEMAIL: {
    prefix: 'CB',
    columns: ['EMTP', 'EMKY', 'EMAL'],
    rows: (db) =>
      [...db.repository].map(([key, EMAL]) => ({ EMTP: key.split('|')[0]!, EMKY: key.split('|')[1]!, EMAL })),
  },
  MITMAS: {
    prefix: 'MM',
    columns: 'CONO ITNO STAT UNMS ITGR ITCL ITTY BUAR RESP LMDT LMTS CHNO ITDS'.split(' '),
    rows: (db) => db.business.items.sorted(),
  },
  MPHEAD: {
    prefix: 'IA',
    columns: 'CONO PUNO SUNO PUST PUSL PUDT CUCD NTAM ORTY BUYE FACI WHLO LMDT LMTS CHNO'.split(' '),
    rows: (db) => db.business.purchaseOrders.sorted(),
  },
  FGLINH: { prefix: 'FH', columns: ['CONO', 'DIVI', 'KEY1', 'INTN', 'DESC'], rows: headRows },
  FGLINL: {
    prefix: 'FL',
    columns: ['CONO', 'DIVI', 'KEY1', 'LINE', 'PARM'],
    rows: (db, near) => lineRows(db, false, near),
  },
  // The prefix of this one is this company's own, so that only who asks for it finds it.
  FGLINF: {
    prefix: 'FQ',
    columns: 'CONO DIVI KEY1 LINE INRI AIT1 CUCD CUAM ACDT VTXT EXN1 EXI1'.split(' '),
    rows: (db, near) => lineRows(db, true, near),
  },
  FGLEDG: {
    prefix: 'EG',
    columns: ['CONO', 'DIVI', 'AIT1', 'CUCD', 'CUAM', 'VTXT'],
    rows: ledgerRows,
  },
  FSLEDG: {
    prefix: 'ES',
    columns:
      'CONO DIVI PYNO CINO INYR CUNO CUCD CUAM IVDT DUDT RECO REDE PYCD YEA4 JRNO JSNO VONO TRCD LMDT LMTS CHNO'.split(
        ' ',
      ),
    rows: (db, near) =>
      near === undefined ? db.business.invoices.sorted() : db.business.invoices.near(near),
  },
};

/** Fields of these tables that no MI program of this M3 gives. */
export const OTHER_LENGTHS: Record<string, number> = {
  ...{
    ITNO: 15,
    UNMS: 3,
    ITGR: 8,
    ITCL: 5,
    ITTY: 3,
    BUAR: 3,
    ITDS: 30,
    PUNO: 10,
    PUST: 2,
    PUSL: 2,
    PUDT: 10,
  },
  ...{ NTAM: 17, ORTY: 3, BUYE: 10, CINO: 15, INYR: 4, CUAM: 17, IVDT: 10, DUDT: 10, RECO: 1, REDE: 10 },
  ...{ YEA4: 4, JRNO: 7, JSNO: 7, VONO: 8, TRCD: 2, WHLO: 3 },
};

export const NUMERIC = new Set([
  'CONO',
  'LMDT',
  'LMTS',
  'CHNO',
  'RGDT',
  'TDIN',
  'TOIN',
  'TBLG',
  'ODUE',
  'ODUD',
  'CRLM',
  'CRL2',
  'CRL3',
  'INYR',
  'IVDT',
  'DUDT',
  'REDE',
  'PUDT',
  'NTAM',
  'CUAM',
  'YEA4',
  'JRNO',
  'JSNO',
  'VONO',
  'TRCD',
  'LINE',
]);
