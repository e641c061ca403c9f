import type { CrossReference } from '../../../sync/crossReference';
import type { FinancialStatus, Party, PartyStatus } from '../../../sync/party';
import { miDate, miNumber, type MiRecord } from './fields';

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

function statusOf(stat: string, activeStatuses: string[]): PartyStatus {
  if (activeStatuses.includes(stat)) return 'active';
  return stat === PRELIMINARY ? 'preliminary' : 'inactive';
}

/** BLCD other than 0 is a customer stop; TDIN is the overdue amount (CRS610MI/GetFinancial). */
function financialStatusOf(financial: MiRecord | undefined): FinancialStatus {
  if (!financial) return 'unknown';
  if (!['', '0'].includes(financial.BLCD ?? '')) return 'stopped';
  return (miNumber(financial.TDIN) ?? 0) > 0 ? 'overdue' : 'good';
}

/** A customer of M3 as a party. `raw` holds M3's own fields. */
export function toParty({ basic, emails, financial, activeStatuses, crossReference }: PartySources): Party {
  const field = (name: string): string => basic[name] ?? '';
  const number = field('CUNO');
  const other = (value: string): string => (value === number ? '' : value);
  return {
    kind: 'customer',
    number,
    name: field('CUNM'),
    emails,
    phone: field('PHNO'),
    taxId: field('VRNO') || (financial?.VRNO ?? ''),
    language: field('LNCD'),
    address: {
      line1: field('CUA1'),
      line2: field('CUA2'),
      city: field('TOWN'),
      state: field('ECAR'),
      postalCode: field('PONO'),
      country: field('CSCD'),
    },
    status: statusOf(field('STAT'), activeStatuses),
    financialStatus: financialStatusOf(financial),
    parentNumber: other(field('CUST')),
    payerNumber: other(field('PYNO')),
    modifiedAt: miDate(field('LMDT') || financial?.LMDT),
    ...(crossReference ? { crossReference } : {}),
    raw: { ...financial, ...basic },
  };
}
