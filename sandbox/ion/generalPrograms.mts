import type { ProgramTable } from './catalog.mts';

/** Transactions of the programs that serve all data. One field is NAME:LENGTH, with * for a mandatory input. */
export const GENERAL_PROGRAMS: Record<string, ProgramTable> = {
  CUSEXTMI: {
    title: 'Customer generic extension table',
    transactions: {
      AddFieldValue: {
        summary: 'Add record',
        in: 'FILE*:10 PK01*:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30 A030:30 A130:30 A230:30 A330:30 A430:30 A530:30 A630:30 A730:30 A830:30 A930:30 N096:21 N196:21 N296:21 N396:21 N496:21 N596:21 N696:21 N796:21 N896:21 N996:21 MIGR:1 A121:120 VEXI:1',
        out: '',
      },
      ChgFieldValue: {
        summary: 'Change record',
        in: 'FILE*:10 PK01*:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30 A030:30 A130:30 A230:30 A330:30 A430:30 A530:30 A630:30 A730:30 A830:30 A930:30 N096:21 N196:21 N296:21 N396:21 N496:21 N596:21 N696:21 N796:21 N896:21 N996:21 MIGR:1 TXID:13 A121:120 VEXI:1',
        out: '',
      },
      DelFieldValue: {
        summary: 'Delete record',
        in: 'FILE*:10 PK01*:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30',
        out: '',
      },
      GetFieldValue: {
        summary: 'Get record',
        in: 'FILE*:10 PK01*:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30',
        out: 'FILE:10 PK01:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30 A030:30 A130:30 A230:30 A330:30 A430:30 A530:30 A630:30 A730:30 A830:30 A930:30 N096:21 N196:21 N296:21 N396:21 N496:21 N596:21 N696:21 N796:21 N896:21 N996:21 MIGR:1 LMTS:18 TXID:13 RGDT:10 RGTM:6 LMDT:10 CHNO:3 CHID:10 DTID:13 A121:120',
      },
      LstFieldValue: {
        summary: 'List record',
        in: 'FILE*:10 PK01*:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30',
        out: 'FILE:10 PK01:30 PK02:30 PK03:30 PK04:30 PK05:30 PK06:30 PK07:30 PK08:30 A030:30 A130:30 A230:30 A330:30 A430:30 A530:30 A630:30 A730:30 A830:30 A930:30 N096:21 N196:21 N296:21 N396:21 N496:21 N596:21 N696:21 N796:21 N896:21 N996:21 MIGR:1 LMTS:18 TXID:13 RGDT:10 RGTM:6 LMDT:10 CHNO:3 CHID:10 DTID:13 A121:120',
      },
    },
  },
  EXPORTMI: {
    title: 'Data export',
    transactions: {
      LstFields: {
        summary: 'List table fields',
        in: 'FILE*:10',
        out: 'FLDN:6 FLDS:15 FLTY:1 FLLE:3 FLDP:2',
      },
      Select: {
        summary: 'Select',
        in: 'QERY*:982 SEPC:1 HDRS:1',
        out: 'REPL:3985',
      },
      SelectPad: {
        summary: 'Select with reply string fully blank padded',
        in: 'QERY*:982 SEPC:1 HDRS:1',
        out: 'REPL:3985',
      },
    },
  },
  GENERAL: {
    title: 'Transactions available in all MI-programs',
    transactions: {
      GetServerTime: {
        summary: 'Get current date and time from server',
        in: '',
        out: 'DATE:10 TIME:6 LMTS:18',
      },
      GetUserInfo: {
        summary: 'Get user information',
        in: '',
        out: 'ZZUSID:10 ZDCONO:3 ZDDIVI:3 ZDFACI:3 ZZWHLO:3 ZDAUPF:10 ZDREPF:1 ZDLANC:2 ZDDTFM:3 DSEP:1 TSEP:1 TIZO:5 USFN:40',
      },
    },
  },
  MNS150MI: {
    title: 'Api: User',
    transactions: {
      GetUserData: {
        summary: 'Select Users',
        in: 'USID:10',
        out: 'CONO:3 DIVI:3 LANC:2 DTFM:3 DCFM:1 TIZO:5 FACI:3 WHLO:3 CUNO:10 DEPT:8 TX40:40 CONM:40 MNVR:10 DFMN:10 USID:10 NAME:36 EQAL:10 USTA:2 EMAL:60 USTP:10 EUID:256 PHNO:16 TFNO:16 FRF6:30 FRF7:30 FRF8:17 FADT:10 LADT:10 ULTP:40 CSYS:40 CHNO:3 CHN2:3',
      },
    },
  },
  MRS001MI: {
    title: 'MI-Repository interface',
    transactions: {
      LstFields: {
        summary: 'List all fields for a transaction',
        in: 'MINM*:10 TRNM*:15 TRTP*:1',
        out: 'MINM:10 TRNM:15 TRTP:1 FLNM:10 FLDS:60 TXT1:13 FRPO:4 TOPO:4 LENG:4 TYPE:1 MAND:1 RGDT:8 RGTM:6 LMDT:8 CHNO:3 CHID:10',
      },
      LstPrograms: {
        summary: 'List all programs',
        in: '',
        out: 'MINM:10 OBNM:30 MIDS:60 TXT1:13 TXT2:13 RGDT:8 RGTM:6 VERS:4 LMDT:8 CHNO:3 CHID:10 MNID:10',
      },
      LstTransactions: {
        summary: 'List available transactions for given program',
        in: 'MINM*:10 INCG:1',
        out: 'MINM:10 TRNM:15 TRDS:60 TXT1:13 TXT2:13 VERS:4 STAT:2 PRFI:2 PRFO:2 SIMU:1 RGDT:8 RGTM:6 LMDT:8 CHNO:3 CHID:10',
      },
    },
  },
};
