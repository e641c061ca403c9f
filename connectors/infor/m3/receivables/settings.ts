import { ConnectorError } from '../../../errors';
import type { Field } from '../../productLine';
import type { Account, AccountPart, Posting, ReceivableType } from '../../receivables';
import { parseLayout, USUAL_LAYOUT, type Layout } from './layout';

export interface M3Posting {
  /** INTN of GLS850. */
  interfaceName: string;
  /** `positions`: customer invoices (usage type 1). `fields`: general ledger vouchers (usage type 2). */
  form: 'positions' | 'fields';
  layout: Layout;
  /** '' for that of the M3 user. */
  decimalCharacter: '' | '.' | ',';
  /** INRI of field lines. */
  recordIdentity: string;
  /** EXN1 of field lines: the additional information that names the customer. */
  customerInformation: string;
  /** BOPE of ARS040; '' for no payments. */
  batchPaymentType: string;
  accounts: Partial<Record<AccountPart, Account>>;
}

const SETTINGS: Field[] = [
  {
    name: 'interfaceName',
    displayName: 'Interface',
    default: '',
    placeholder: 'e.g. MAILCHIMP',
    required: true,
    description: 'Name of the finance interface (GLS850) that takes the batches',
  },
  {
    name: 'lineForm',
    displayName: 'Lines',
    type: 'options',
    options: [
      {
        name: 'Fields (Usage Type 2)',
        value: 'fields',
        description: 'General ledger vouchers on the receivable account; no entry in the AR ledger',
      },
      {
        name: 'Positions (Usage Type 1)',
        value: 'positions',
        description: 'Customer invoices in the AR ledger',
      },
    ],
    default: 'positions',
    description: 'How the interface takes its lines',
  },
  {
    name: 'positions',
    displayName: 'Positions',
    type: 'lines',
    default: USUAL_LAYOUT,
    description: 'Fields and lengths of the interface lines; GLS850 has to have the same (usage type 1)',
  },
  {
    name: 'decimalCharacter',
    displayName: 'Decimal Character',
    type: 'options',
    options: [
      { name: 'As the M3 User Has It', value: '' },
      { name: 'Comma', value: ',' },
      { name: 'Point', value: '.' },
    ],
    default: '',
    description: 'Of the amounts in interface lines',
  },
  {
    name: 'recordIdentity',
    displayName: 'Input Record Identity',
    default: 'I1',
    description: 'INRI of the field lines (usage type 2)',
  },
  {
    name: 'customerInformation',
    displayName: 'GL Information Number',
    default: '001',
    description: 'EXN1: the additional GL information that keeps the customer number (usage type 2)',
  },
  {
    name: 'batchPaymentType',
    displayName: 'Batch Payment Type',
    default: '',
    placeholder: 'e.g. MC',
    description:
      'Type of the payment batches (ARS040) that are entered for paid orders, for usage type 1; empty for none. Somebody updates them in M3.',
  },
];

/** Orders in M3, by GLS840MI. */
export const RECEIVABLE: ReceivableType = {
  what: 'A batch of the finance interface (GLS840): a customer invoice in the AR ledger, or a general ledger voucher, controlled and updated by M3.',
  voucherLength: 15,
  keeps: ['goods', 'discount', 'shipping', 'tax', 'rounding', 'refund'],
  accounts: ['goods'],
  settings: SETTINGS,
  wantsPayments: ({ batchPaymentType = '', lineForm }) => batchPaymentType !== '' && lineForm !== 'fields',
};

const decimalCharacterOf = (text: string): M3Posting['decimalCharacter'] =>
  text === '.' || text === ',' ? text : '';

const needed = (what: string, remedy: string): ConnectorError =>
  new ConnectorError('INFOR_SETTING', what, remedy);

/** @throws ConnectorError INFOR_SETTING */
export function postingOf({ values, accounts }: Posting): M3Posting {
  const value = (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;
  const interfaceName = value('interfaceName');
  if (!interfaceName)
    throw needed('No interface is named.', 'Enter the interface that GLS850 has for these orders.');
  const form = value('lineForm') === 'fields' ? 'fields' : 'positions';
  if (form === 'fields' && !accounts.receivable) {
    throw needed(
      'The receivable has no account.',
      'Add “Receivable” to “Accounts”: general ledger vouchers do not find it by themselves.',
    );
  }
  return {
    interfaceName,
    form,
    layout: parseLayout(value('positions')),
    decimalCharacter: decimalCharacterOf(value('decimalCharacter')),
    recordIdentity: value('recordIdentity'),
    customerInformation: value('customerInformation'),
    batchPaymentType: value('batchPaymentType'),
    accounts,
  };
}
