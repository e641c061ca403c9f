import * as fc from 'fast-check';
import { memberIdOf } from '../../../sync/email.ts';
import type { Party, PartyStatus } from '../../../sync/party.ts';
import type {
  ContactInput,
  MemberState,
  MemberStatus,
  MergeFieldDefinition,
  SyncSettings,
} from '../../../sync/types.ts';

/** Generated parties and audiences. */

export const field = (tag: string, type = 'text', choices: string[] = []): MergeFieldDefinition => ({
  tag,
  name: tag,
  type,
  required: false,
  choices,
});

export const FIELDS = [
  field('FNAME'),
  field('CREDIT', 'number'),
  field('ADDRESS', 'address'),
  field('CUSTNO'),
];

export const settings = (change: Partial<SyncSettings> = {}): SyncSettings => ({
  audienceId: 'aud0000001',
  mergeFields: FIELDS,
  newContactStatus: 'subscribed',
  customerNumberField: 'CUSTNO',
  addresses: 'first',
  unknownContacts: 'create',
  inactiveParties: 'keep',
  optedOutContacts: 'leave',
  sharedTags: 'all',
  memberOwnedFields: [],
  emptyValues: 'keep',
  ...change,
});

export const party = (change: Partial<Party> = {}): Party => ({
  kind: 'customer',
  number: 'Y30000',
  name: 'Nordic Bikes AB',
  emails: ['info@nordicbikes.example'],
  phone: '',
  taxId: '',
  language: '',
  address: { line1: '', line2: '', city: '', state: '', postalCode: '', country: '' },
  status: 'active',
  financialStatus: 'unknown',
  parentNumber: '',
  payerNumber: '',
  groupNumber: '',
  modifiedAt: '',
  raw: {},
  ...change,
});

let nextIndex = 0;

export const input = (change: Partial<Party> = {}, rest: Partial<ContactInput> = {}): ContactInput => {
  const one = party(change);
  return {
    itemIndex: nextIndex++,
    party: one,
    mapped: { FNAME: one.name },
    tagsToAdd: [],
    tagsToRemove: [],
    attempts: 0,
    retryOf: '',
    ...rest,
  };
};

export const member = (email: string, change: Partial<MemberState> = {}): [string, MemberState] => [
  memberIdOf(email),
  {
    id: memberIdOf(email),
    contactId: `contact of ${memberIdOf(email)}`,
    status: 'subscribed',
    mergeFields: {},
    tags: [],
    tagsComplete: true,
    ...change,
  },
];

const ADDRESSES = [
  'a@one.example',
  'B@one.example',
  'c@two.example',
  'shared@two.example',
  'shared@Two.example',
];
const BAD_ADDRESSES = [
  'no-at-sign',
  'two@@at.example',
  '.dot@first.example',
  `${'x'.repeat(65)}@long.example`,
];
const NUMBERS = ['Y1', 'Y2', 'Y3', 'Y10', '0001'];
export const STATUSES: MemberStatus[] = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
  'archived',
];

export const anyInput = fc
  .record({
    number: fc.constantFrom(...NUMBERS),
    emails: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...ADDRESSES) },
        { weight: 1, arbitrary: fc.constantFrom(...BAD_ADDRESSES) },
      ),
      { maxLength: 3 },
    ),
    status: fc.constantFrom<PartyStatus>('active', 'active', 'active', 'preliminary', 'inactive'),
    fname: fc.oneof(
      fc.constantFrom('', 'Åsa & Co', 'x'.repeat(300), null, undefined),
      fc.string({ maxLength: 8 }),
    ),
    credit: fc.constantFrom<unknown>('', '12.50', 7, 'n/a', undefined),
    address: fc.constantFrom<unknown>(
      undefined,
      '',
      { line1: 'Kade 1', city: 'Delft', postalCode: '1011', country: 'NL' },
      { line1: 'Only' },
    ),
    add: fc.subarray(['Customer', 'VIP', ' trim ']),
    remove: fc.subarray(['vip', 'Old', 'cust*', '*']),
  })
  .map(({ number, emails, status, fname, credit, address, add, remove }) =>
    input(
      { number, emails, status },
      { mapped: { FNAME: fname, CREDIT: credit, ADDRESS: address }, tagsToAdd: add, tagsToRemove: remove },
    ),
  );

export const anyInputs = fc.array(anyInput, { maxLength: 8 });

export const anyMembers = fc
  .uniqueArray(fc.constantFrom(...ADDRESSES), { selector: (email) => email.toLowerCase() })
  .chain((emails) =>
    fc.tuple(
      ...emails.map((email) =>
        fc
          .record({
            status: fc.constantFrom(...STATUSES),
            FNAME: fc.constantFrom('', 'Old name'),
            CUSTNO: fc.constantFrom('', 'Y1', 'Y2,Y9', 'Z1'),
            tags: fc.subarray(['customer', 'Old']),
            tagsComplete: fc.boolean(),
          })
          .map(({ status, FNAME, CUSTNO, tags, tagsComplete }) =>
            member(email, { status, mergeFields: { FNAME, CUSTNO }, tags, tagsComplete }),
          ),
      ),
    ),
  )
  .map((entries) => new Map(entries as Array<[string, MemberState]>));

export const anySettings = fc
  .record({
    newContactStatus: fc.constantFrom<SyncSettings['newContactStatus']>(
      'subscribed',
      'pending',
      'transactional',
    ),
    customerNumberField: fc.constantFrom('', 'CUSTNO'),
    addresses: fc.constantFrom<SyncSettings['addresses']>('first', 'all'),
    inactiveParties: fc.constantFrom<SyncSettings['inactiveParties']>('keep', 'archive'),
    unknownContacts: fc.constantFrom<SyncSettings['unknownContacts']>('create', 'leave'),
    optedOutContacts: fc.constantFrom<SyncSettings['optedOutContacts']>('leave', 'updateFields'),
    emptyValues: fc.constantFrom<SyncSettings['emptyValues']>('keep', 'clear'),
    sharedTags: fc.constantFrom<SyncSettings['sharedTags']>('all', 'shown'),
  })
  .map((change) => settings(change));
