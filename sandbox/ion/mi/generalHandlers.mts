import { fieldsOf, ownOf, PROGRAMS } from '../catalog.mts';
import { ymd8 } from '../database.mts';
import { MiFailure, typeOf, type Handler, type MiRecord, type MiWorld } from './engine.mts';

const KEYS = ['FILE', 'PK01', 'PK02', 'PK03', 'PK04', 'PK05', 'PK06', 'PK07', 'PK08'];

/** Joined by a character below all others, so that keys sort as their parts do. */
const keyOf = (record: MiRecord): string => KEYS.map((key) => record[key] ?? '').join('\0');

function customRow({ db }: MiWorld, record: MiRecord): MiRecord {
  const row = db.customFields.get(keyOf(record));
  if (!row) throw new MiFailure('XRE0103', 'PK01', 'Record does not exist');
  return row;
}

const log = ({ db }: MiWorld, transaction: string, record: MiRecord): void =>
  void db.writes.push({ program: 'CUSEXTMI', transaction, record, at: db.now() });

const CUSEXTMI: Record<string, Handler> = {
  AddFieldValue: (world, record) => {
    if (world.db.customFields.has(keyOf(record)))
      throw new MiFailure('XRE0104', 'PK01', 'Record already exists');
    world.db.customFields.set(keyOf(record), { ...record, ...world.db.stamp({}) });
    log(world, 'AddFieldValue', record);
    return [];
  },
  ChgFieldValue: (world, record) => {
    const row = customRow(world, record);
    Object.assign(row, record, world.db.stamp(row));
    log(world, 'ChgFieldValue', record);
    return [];
  },
  DelFieldValue: (world, record) => {
    customRow(world, record);
    world.db.customFields.delete(keyOf(record));
    log(world, 'DelFieldValue', record);
    return [];
  },
  GetFieldValue: (world, record) => [customRow(world, record)],
  LstFieldValue: ({ db }, record) =>
    [...db.customFields.entries()]
      .filter(([key, row]) => row.FILE === record.FILE && key >= keyOf(record))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row),
};

const time = (at: number): string => new Date(at).toISOString().slice(11, 19).replaceAll(':', '');

const GENERAL: Record<string, Handler> = {
  GetServerTime: ({ db }) => [
    { DATE: ymd8(db.now()), TIME: time(db.now()), LMTS: String(Math.floor(db.now())) },
  ],
  GetUserInfo: () => [
    {
      ZZUSID: 'MAILSYNC',
      ZDCONO: '100',
      ZDDIVI: 'AAA',
      ZDLANC: 'GB',
      ZDDTFM: 'YMD',
      DSEP: '.',
      USFN: 'Mailchimp sync',
    },
  ],
};

const MNS150MI: Record<string, Handler> = {
  GetUserData: (_world, { USID = 'MAILSYNC' }) => {
    if (USID !== 'MAILSYNC') throw new MiFailure('WUS0503', 'USID', `User ${USID} does not exist`);
    return [
      {
        CONO: '100',
        DIVI: 'AAA',
        LANC: 'GB',
        DTFM: 'YMD',
        DCFM: '.',
        USID,
        TX40: 'Mailchimp sync',
        NAME: 'Mailchimp sync',
      },
    ];
  },
};

function programOf(name = ''): (typeof PROGRAMS)[string] {
  const program = ownOf(PROGRAMS, name);
  if (!program) throw new MiFailure('XRE0103', 'MINM', 'Record does not exist');
  return program;
}

const MRS001MI: Record<string, Handler> = {
  LstPrograms: () => Object.entries(PROGRAMS).map(([MINM, { title }]) => ({ MINM, OBNM: MINM, MIDS: title })),
  LstTransactions: (_world, { MINM }) =>
    Object.entries(programOf(MINM).transactions).map(([TRNM, { summary }]) => ({
      MINM: MINM!,
      TRNM,
      TRDS: summary,
      STAT: '20',
    })),
  LstFields: (_world, { MINM, TRNM = '', TRTP }) => {
    const transaction = ownOf(programOf(MINM).transactions, TRNM);
    if (!transaction) throw new MiFailure('XRE0103', 'TRNM', 'Record does not exist');
    return fieldsOf(TRTP === 'O' ? transaction.out : transaction.in).map(({ name, length, mandatory }) => ({
      MINM: MINM!,
      TRNM,
      TRTP: TRTP!,
      FLNM: name,
      FLDS: name,
      LENG: String(length),
      TYPE: typeOf(name),
      MAND: mandatory ? '1' : '0',
    }));
  },
};

export const GENERAL_HANDLERS: Record<string, Record<string, Handler>> = {
  CUSEXTMI,
  GENERAL,
  MNS150MI,
  MRS001MI,
};
