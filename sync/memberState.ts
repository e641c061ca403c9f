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
  /** Stays the same when the address changes. */
  contactId: string;
  status: MemberStatus;
  mergeFields: Record<string, MergeValue>;
  tags: string[];
  /** Mailchimp lists at most 50 tags of a member; false when it holds more than were listed. */
  tagsComplete: boolean;
}
