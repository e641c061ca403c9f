import type { CrossReference } from './crossReference';
import type { LedgerRow } from './ledgerTypes';
import type { MergeFieldDefinition, MergeValue } from './memberState';
import type { Party } from './party';
import type { Reason } from './reasons';

export type {
  MemberState,
  MemberStatus,
  MergeAddress,
  MergeFieldDefinition,
  MergeValue,
} from './memberState';

export type {
  EarlierRow,
  EarlierRows,
  LedgerRow,
  LedgerStatus,
  RunContext,
  UnfinishedRun,
} from './ledgerTypes';

/** One input item: the party and what the user's mapping made of it. */
export interface ContactInput {
  itemIndex: number;
  party: Party;
  /** Merge tag → value as the mapping's expression gave it, not yet typed. */
  mapped: Record<string, unknown>;
  tagsToAdd: string[];
  tagsToRemove: string[];
  /** Earlier attempts at this record, from the ledger; 0 for a first one. */
  attempts: number;
  /** Effect key of the ledger row that this input retries; '' for a first attempt. */
  retryOf: string;
  /** What brought the record here; see {@link PlannedRecord}. */
  source?: string;
}

export interface SyncSettings {
  audienceId: string;
  /** The audience's merge fields, those to be created included. */
  mergeFields: MergeFieldDefinition[];
  /** Status of a contact that the audience has never seen. */
  newContactStatus: 'subscribed' | 'pending' | 'transactional';
  /** Merge tag that holds all customer numbers of a contact; '' to keep none. */
  customerNumberField: string;
  /** One contact a party, or one for each of its addresses. */
  addresses: 'first' | 'all';
  /** What becomes of customers whose address the audience does not know. */
  unknownContacts: 'create' | 'leave';
  inactiveParties: 'keep' | 'archive';
  /** Contacts that are unsubscribed, cleaned or archived: never their status, and their fields only if asked. */
  optedOutContacts: 'leave' | 'updateFields';
  /** What an empty value of CloudSuite does to a field that has one in Mailchimp. */
  emptyValues: 'keep' | 'clear';
  /** Whose tags a contact has that several customers share: all theirs, or of the one whose values it shows. */
  sharedTags: 'all' | 'shown';
  /** Tags of merge fields that the contact owns: filled once, then never written over. */
  memberOwnedFields: string[];
}

/** What every effect has, whichever system it is for. */
export interface AnyEffect {
  kind: string;
  /** Deterministic: the same record, member and content give the same key. */
  key: string;
  memberId: string;
  /** The customer that carries this contact. */
  recordNumber: string;
  /** Hash of the content that this effect writes, 16 hex digits. */
  fingerprint: string;
  /** Why, in plain words and without personal data. */
  why: string;
}

export interface CreateEffect extends AnyEffect {
  kind: 'create';
  email: string;
  status: 'subscribed' | 'pending' | 'transactional';
  mergeFields: Record<string, MergeValue>;
  tags: string[];
}

/** Never holds a status (invariant 1). */
export interface UpdateEffect extends AnyEffect {
  kind: 'update';
  /** Only what differs from the member's state. */
  mergeFields: Record<string, MergeValue>;
}

/** The same contact gets another address, and whatever else differs; never holds a status either. */
export interface RenameEffect extends AnyEffect {
  kind: 'rename';
  contactId: string;
  email: string;
  /** Subscriber hash of the new address. */
  newMemberId: string;
  mergeFields: Record<string, MergeValue>;
  add: string[];
  remove: string[];
}

export interface TagEffect extends AnyEffect {
  kind: 'tag';
  /** CloudSuite's spelling of the contact's address; '' where the contact has another one. No part of the key. */
  email: string;
  add: string[];
  remove: string[];
}

export interface ArchiveEffect extends AnyEffect {
  kind: 'archive';
}

export type Effect = CreateEffect | UpdateEffect | RenameEffect | TagEffect | ArchiveEffect;

/** What the planner decided about one input item; `effects` are indices into nothing: the effects themselves. */
export interface PlannedRecord<E extends AnyEffect = AnyEffect> {
  itemIndex: number;
  number: string;
  attempts: number;
  retryOf: string;
  /** Members that this record stands for, also where nothing is written. */
  memberIds: string[];
  /** Empty when there is nothing to write. */
  effects: E[];
  /** Why something, or everything, is not written. */
  notes: RecordNote[];
  /** Keys of effects that wait because they were tried too often; absent for none. */
  held?: string[];
  /** Keys of effects that are seen to be done, whether an answer said so or not; absent for none. */
  inPlace?: string[];
  /** What brought the record here, such as `order shop/1001` or `event 0f3a…`; absent where it is the record itself. */
  source?: string;
  /** The contact that the record's cross-reference should name; undefined where CloudSuite keeps none. */
  contact?: LinkedContact;
}

/** The contact of a record's first address, as the plan leaves it. */
export interface LinkedContact {
  memberId: string;
  /** What CloudSuite holds now. */
  stored: CrossReference;
  /** What it should hold when every effect is applied; `contactId` is '' until the contact is created. */
  wanted: CrossReference;
}

/** A reason why a record, or one address of it, is not written. */
export interface RecordNote {
  reason: Reason;
  /** A merge tag, a customer number or an HTTP status that makes the reason exact; never an address or a name. */
  subject: string;
  memberId: string;
}

export interface Plan<E extends AnyEffect = Effect> {
  records: Array<PlannedRecord<E>>;
  /** All effects of all records, in record order. */
  effects: E[];
}

/** What became of one effect. */
export type EffectResult =
  /** `contactId` of a contact that was created. */
  { applied: true; contactId?: string } | { applied: false; reason: Reason; subject: string };

/** Results by effect key; a key that is missing was not reached. */
export type EffectResults = ReadonlyMap<string, EffectResult>;

export type OutcomeName = 'done' | 'skipped' | 'attention';

/** The JSON of one output item; each input item gives exactly one. */
export interface RecordOutcome {
  itemIndex: number;
  outcome: OutcomeName;
  number: string;
  /** Distinct kinds of the effects, such as ['create'] or ['update', 'tag']; empty when nothing was to be written. */
  actions: string[];
  /** Reason code; '' where everything was simply done. */
  reason: string;
  explanation: string;
  memberIds: string[];
  effects: AnyEffect[];
  /** Of the retry that this was: earlier attempts and the effect key; 0 and '' for a first attempt. */
  attempts: number;
  retryOf: string;
  /** What brought the record; see {@link PlannedRecord}. */
  source: string;
  /** What CloudSuite should keep about the contact; null when it already does, or keeps none. */
  crossReference: CrossReference | null;
  ledger: LedgerRow[];
}
