import { createHash } from 'node:crypto';
import type { Rule } from './segmentRule.mts';

export const MERGE_TYPES = [
  'text',
  'number',
  'address',
  'phone',
  'date',
  'url',
  'imageurl',
  'radio',
  'dropdown',
  'birthday',
  'zip',
] as const;
export type MergeType = (typeof MERGE_TYPES)[number];

export interface MergeOptions {
  default_country?: number;
  phone_format?: string;
  date_format?: string;
  choices?: string[];
  size?: number;
}

export interface MergeField {
  mergeId: number;
  tag: string;
  name: string;
  type: MergeType;
  required: boolean;
  defaultValue: string;
  public: boolean;
  displayOrder: number;
  options: MergeOptions;
  helpText: string;
}

export interface AddressValue {
  addr1: string;
  addr2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
}
export type MergeValue = string | number | AddressValue;

export const STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
  'archived',
] as const;
export type Status = (typeof STATUSES)[number];

/** Who ended the subscription; `person` and `bounce` are what Mailchimp calls a compliance state. */
export type OptOut = 'person' | 'bounce' | 'admin';

export interface Member {
  /** Stays the same when the address changes. */
  contactId: string;
  webId: number;
  /** As it was written; the identity is its lower case. */
  email: string;
  emailType: 'html' | 'text';
  status: Status;
  optOut: OptOut | undefined;
  unsubscribeReason: string;
  mergeFields: Record<string, MergeValue>;
  language: string;
  vip: boolean;
  location: { latitude: number; longitude: number };
  source: string;
  /** Segment id → second at which the tag was added. */
  tags: Map<number, number>;
  ipSignup: string;
  ipOpt: string;
  /** Times in whole seconds since 1970: Mailchimp knows nothing finer. */
  timestampSignup: number | undefined;
  timestampOpt: number | undefined;
  lastChanged: number;
}

/** A tag is a static segment; a saved segment has a rule instead of holders. */
export interface Segment {
  id: number;
  name: string;
  createdAt: number;
  updatedAt: number;
  rule: Rule | undefined;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The id of a member: MD5 of the lower-case address. */
export const memberId = (email: string): string => md5(email.toLowerCase());

/** Another id made from the address, so that it changes with it. */
export const uniqueEmailId = (email: string): string => md5(`unique:${email.toLowerCase()}`).slice(0, 10);

export const contactIdFor = (listId: string, email: string, webId: number): string =>
  md5(`${listId}:${email.toLowerCase()}:${webId}`);

/** An audience: its merge fields, its members in the order they came, its tags, and whom it must forget. */
export class Audience {
  readonly webId: number;
  readonly dateCreated: number;
  readonly mergeFields: MergeField[] = [];
  readonly segments = new Map<number, Segment>();
  /** Lower-case addresses that were deleted permanently. */
  readonly forgotten = new Set<string>();
  readonly members = new Map<string, Member>();
  private readonly contactIds = new Map<string, string>();
  private lastWebId: number;
  private lastSegmentId: number;
  /** Ids of deleted merge fields are not used again. */
  private lastMergeId = 0;

  constructor(
    readonly id: string,
    readonly name: string,
    options: { webId: number; dateCreated: number },
  ) {
    this.webId = options.webId;
    this.dateCreated = options.dateCreated;
    this.lastWebId = options.webId * 100_000;
    this.lastSegmentId = options.webId * 1_000;
  }

  byEmail(email: string): Member | undefined {
    return this.members.get(this.contactIds.get(memberId(email)) ?? '');
  }

  /** @param key MD5 of the lower-case address, the address itself, or the contact id */
  find(key: string): Member | undefined {
    return (
      this.members.get(this.contactIds.get(key.toLowerCase()) ?? '') ??
      this.members.get(key) ??
      this.byEmail(key)
    );
  }

  add(member: Member): void {
    this.members.set(member.contactId, member);
    this.contactIds.set(memberId(member.email), member.contactId);
  }

  rename(member: Member, email: string): void {
    this.contactIds.delete(memberId(member.email));
    member.email = email;
    this.contactIds.set(memberId(email), member.contactId);
  }

  forget(member: Member): void {
    this.members.delete(member.contactId);
    this.contactIds.delete(memberId(member.email));
    this.forgotten.add(member.email.toLowerCase());
  }

  nextWebId(): number {
    return (this.lastWebId += 1);
  }

  nextMergeId(): number {
    return (this.lastMergeId += 1);
  }

  tags(): Segment[] {
    return [...this.segments.values()].filter(({ rule }) => rule === undefined);
  }

  tagNamed(name: string): Segment | undefined {
    return this.tags().find((segment) => segment.name === name);
  }

  /** @param rule none for a tag */
  addSegment(name: string, now: number, rule?: Rule): Segment {
    const segment = { id: (this.lastSegmentId += 1), name, createdAt: now, updatedAt: now, rule };
    this.segments.set(segment.id, segment);
    return segment;
  }
}
