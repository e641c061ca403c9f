import { fieldsOf, ownOf, PROGRAMS } from '../catalog.mts';
import { SERVICE_USER } from '../database.mts';
import { ymd8 } from '../time.mts';
import { CUSEXTMI } from './customFieldHandlers.mts';
import { MiFailure, typeOf, type Handler } from './engine.mts';

const time = (at: number): string => new Date(at).toISOString().slice(11, 19).replaceAll(':', '');

const GENERAL: Record<string, Handler> = {
  GetServerTime: ({ db }) => [
    { DATE: ymd8(db.now()), TIME: time(db.now()), LMTS: String(Math.floor(db.now())) },
  ],
  GetUserInfo: () => [
    {
      ZZUSID: SERVICE_USER,
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
  GetUserData: (_world, { USID = SERVICE_USER }) => {
    if (USID !== SERVICE_USER) throw new MiFailure('WUS0503', 'USID', `User ${USID} does not exist`);
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
