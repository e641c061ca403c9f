import { toParty as toCanonical } from '../canonical';
import type { CrossReference } from '../../../sync/crossReference';
import type { Financials, FinancialStatus, Party, PartyStatus } from '../../../sync/party';
import { amountOf, statusByOverdue, unreadOf } from '../standing';
import { miDate, miDecimal, type MiRecord } from './fields';

const NAMES = {
  ...{ number: 'CUNO', name: 'CUNM', phone: 'PHNO', taxId: 'VRNO', language: 'LNCD', country: 'CSCD' },
  ...{ line1: 'CUA1', line2: 'CUA2', city: 'TOWN', state: 'ECAR', postalCode: 'PONO' },
  ...{ parentNumber: 'CUST', payerNumber: 'PYNO', groupNumber: 'CCUS' },
};

/** Customer status 10 is preliminary (CRS610, STAT; assumed, so the active codes can be set). */
const PRELIMINARY = '10';

export interface PartySources {
  /** CRS610MI/LstByNumber or GetBasicData. */
  basic: MiRecord;
  emails: string[];
  /** CRS610MI/GetFinancial or OCUSMA; undefined when it was not read or not found. */
  financial?: MiRecord;
  activeStatuses: string[];
  crossReference?: CrossReference;
}

export function statusOf(stat: string, activeStatuses: string[]): PartyStatus {
  if (activeStatuses.includes(stat)) return 'active';
  return stat === PRELIMINARY ? 'preliminary' : 'inactive';
}

/** BLCD other than 0 is a customer stop (CRS610MI/GetFinancial). */
const isStopped = ({ BLCD = '' }: MiRecord): boolean => !['', '0'].includes(BLCD);

/** What M3 tells of a customer's account; no date of an order or invoice stands on the customer. */
export const TOLD: ReadonlyArray<keyof Financials> = [
  ...(['stopped', 'creditLimit', 'overdueAmount', 'overdueDays', 'openAmount', 'createdDate'] as const),
];

/** CRL2 is the limit of what TOIN counts: invoices that are not paid (CRS610, infor §3.6). */
function financialsOf(financial: MiRecord, basic: MiRecord): Financials {
  const written = {
    ...{ creditLimit: financial.CRL2, overdueAmount: financial.TDIN, overdueDays: financial.ODUE },
    ...{ openAmount: financial.TOIN, createdDate: financial.RGDT || basic.RGDT },
  };
  const amount = (field: Exclude<keyof typeof written, 'createdDate'>): number | null =>
    amountOf(miDecimal(written[field]));
  const stopped = isStopped(financial);
  const known: Financials = {
    stopped,
    stopCode: stopped ? financial.BLCD! : '',
    creditLimit: amount('creditLimit'),
    overdueAmount: amount('overdueAmount'),
    overdueDays: amount('overdueDays'),
    openAmount: amount('openAmount'),
    lastInvoiceDate: '',
    lastOrderDate: '',
    createdDate: miDate(written.createdDate),
  };
  return { ...known, ...unreadOf(known, (field) => written[field as keyof typeof written] ?? '') };
}

/** TDIN is the overdue amount (CRS610MI/GetFinancial). */
function financialStatusOf(financial: MiRecord | undefined): FinancialStatus {
  if (!financial) return 'unknown';
  if (isStopped(financial)) return 'stopped';
  return statusByOverdue(financial.TDIN ?? '', miDecimal(financial.TDIN));
}

/** A customer of M3 as a party. `raw` holds M3's own fields. */
export function toParty({ basic, emails, financial, activeStatuses, crossReference }: PartySources): Party {
  return toCanonical(
    'customer',
    { ...financial, ...basic, VRNO: basic.VRNO || (financial?.VRNO ?? '') },
    NAMES,
    {
      emails,
      status: statusOf(basic.STAT ?? '', activeStatuses),
      financialStatus: financialStatusOf(financial),
      ...(financial ? { financials: financialsOf(financial, basic) } : {}),
      modifiedAt: miDate(basic.LMDT || financial?.LMDT),
      ...(crossReference ? { crossReference } : {}),
    },
  );
}
