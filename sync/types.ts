import type { Party } from './party';
import type { Reason } from './reasons';

/** A Mailchimp contact's status; `archived` can be read but never written. */
export type MemberStatus =
  | 'subscribed'
  | 'unsubscribed'
  | 'cleaned'
  | 'pending'
  | 'transactional'
  | 'archived';

export interface MergeAddress {
  addr1: string;
  addr2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
}

/** As Mailchimp stores it; '' stands for an unset field of any type. */
export type MergeValue = string | number | MergeAddress;

/** An audience's merge field (GET /lists/{id}/merge-fields). */
export interface MergeFieldDefinition {
  tag: string;
  name: string;
  type: string;
  required: boolean;
  /** Of radio and dropdown fields; empty for other types. */
  choices: string[];
}

/** What the audience knows about one contact, as far as the planner needs it. */
export interface MemberState {
  /** Subscriber hash: md5 of the lower-case address. */
  id: string;
  status: MemberStatus;
  mergeFields: Record<string, MergeValue>;
  tags: string[];
  /** Mailchimp lists at most 50 tags of a member; false when it holds more than were listed. */
  tagsComplete: boolean;
}

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
  inactiveParties: 'keep' | 'archive';
  /** Contacts that are unsubscribed, cleaned or archived: never their status, and their fields only if asked. */
  optedOutContacts: 'leave' | 'updateFields';
  /** What an empty value of CloudSuite does to a field that has one in Mailchimp. */
  emptyValues: 'keep' | 'clear';
}

interface EffectBase {
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

export interface CreateEffect extends EffectBase {
  kind: 'create';
  email: string;
  status: 'subscribed' | 'pending' | 'transactional';
  mergeFields: Record<string, MergeValue>;
  tags: string[];
}

/** Never holds a status (invariant 1). */
export interface UpdateEffect extends EffectBase {
  kind: 'update';
  /** Only what differs from the member's state. */
  mergeFields: Record<string, MergeValue>;
}

export interface TagEffect extends EffectBase {
  kind: 'tag';
  add: string[];
  remove: string[];
}

export interface ArchiveEffect extends EffectBase {
  kind: 'archive';
}

export type Effect = CreateEffect | UpdateEffect | TagEffect | ArchiveEffect;

/** What the planner decided about one input item; `effects` are indices into nothing: the effects themselves. */
export interface PlannedRecord {
  itemIndex: number;
  number: string;
  attempts: number;
  retryOf: string;
  /** Members that this record stands for, also where nothing is written. */
  memberIds: string[];
  /** Empty when there is nothing to write. */
  effects: Effect[];
  /** Why something, or everything, is not written. */
  notes: RecordNote[];
}

/** A reason why a record, or one address of it, is not written. */
export interface RecordNote {
  reason: Reason;
  /** A merge tag, a customer number or an HTTP status that makes the reason exact; never an address or a name. */
  subject: string;
  memberId: string;
}

export interface Plan {
  records: PlannedRecord[];
  /** All effects of all records, in record order. */
  effects: Effect[];
}

/** What became of one effect. */
export type EffectResult = { applied: true } | { applied: false; reason: Reason; subject: string };

export interface RunContext {
  mode: 'plan' | 'apply';
  /** Name of the flow in the ledger; one flow, one set of rows. */
  flow: string;
  executionId: string;
  audienceId: string;
}

/** Results by effect key; a key that is missing was not reached. */
export type EffectResults = ReadonlyMap<string, EffectResult>;

export type LedgerStatus = 'applied' | 'skipped' | 'failed' | 'quarantined' | 'superseded';

/** A row of the ledger: numbers, ids and hashes only. */
export interface LedgerRow {
  effectKey: string;
  flow: string;
  kind: string;
  recordNumber: string;
  memberId: string;
  status: LedgerStatus;
  reason: string;
  attempts: number;
  fingerprint: string;
  executionId: string;
}

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
  effects: Effect[];
  ledger: LedgerRow[];
}
