import type { ProgramTable } from './catalog.mts';

/** Transactions of the programs that take vouchers and payments. One field is NAME:LENGTH, with * for a mandatory input. */
export const FINANCE_PROGRAMS: Record<string, ProgramTable> = {
  GLS840MI: {
    title: 'GLS840MI - Generic GL interface',
    transactions: {
      AddBatchHead: {
        summary: 'Add data to FGLINH',
        in: 'CONO*:3 KEY1*:15 INTN*:15 DESC*:40 DIVI:3 USID:10',
        out: 'CONO:3',
      },
      AddBatchLine: {
        summary: 'Add data to FGLINL',
        in: 'CONO*:3 KEY1*:15 LINE*:7 PARM*:900 DIVI:3',
        out: 'CONO:3',
      },
      AddBatchLineFld: {
        summary: 'Add data to FGLINF for usage type 2',
        in: 'KEY1*:15 LINE*:7 INRI*:2 DIVI:3 GRNR:10 EICD:1 AIT1:10 AIT2:10 AIT3:10 AIT4:10 AIT5:10 AIT6:10 AIT7:10 ACQT:17 CRTP:2 CUCD:3 ARAT:13 CUAM:17 ACAM:17 DBCR:1 ACDT:10 VTCD:2 VTXT:40 FTCO:3 BSCD:3 VRNO:16 EXN1:3 EXI1:45 EXN2:3 EXI2:45 SHDT:10',
        out: '',
      },
      CtrlBatch: {
        summary: 'Run option 6 from GLS840',
        in: 'CONO*:3 KEY1*:15 DIVI:3',
        out: 'CONO:3',
      },
      UpdBatch: {
        summary: 'Run option 9 from GLS840',
        in: 'CONO*:3 KEY1*:15 DIVI:3',
        out: 'CONO:3',
      },
    },
  },
  ARS040MI: {
    title: 'ARS040MI - Customer payment interface',
    transactions: {
      AddBatchCharge: {
        summary: 'Create new batch payment charge',
        in: 'PBID*:10 CHAM*:17 CONO:3 DIVI:3 CHRI:3 CUCD:3 ARAT:12 VTCD:2 VTAM:17 BVTM:17',
        out: '',
      },
      AddBatchHead: {
        summary: 'Create new batch payment head',
        in: 'PBID*:10 BOPE*:3 CONO:3 DIVI:3 BAAN:15 NADO:2 VONO:8 ACDT:10 BPYS:1',
        out: 'PBID:10',
      },
      AddBatchLine: {
        summary: 'Create new batch payment line',
        in: 'PBID*:10 TRNO*:7 CINO*:15 INYR*:4 CUNO*:10 PYAM*:17 CONO:3 DIVI:3 PYNO:10 PYTP:2 CUCD:3 ARAT:12 LPDT:10 NBCM:17 ORAT:14 NBAM:17 ADAM:17 ACDA:17 CDDT:10 CKNO:15 AIT1:10 AIT2:10 AIT3:10 AIT4:10 AIT5:10 AIT6:10 AIT7:10 CKST:2 IRNO:40',
        out: '',
      },
      ControlBatch: {
        summary: 'Control Batch',
        in: 'CONO:3 DIVI:3 PBID:10',
        out: '',
      },
    },
  },
};
