/**
 * How this Mailchimp behaves where accounts differ or where no public source settles the question. Each entry marked
 * *assumed* is such an open question: tests flip it, and the connector must keep its promises either way.
 */
export interface MailchimpSettings {
  /** Assumed: a member list without `status` leaves archived members out. */
  listIncludesArchived: boolean;
  /** `tags` of bulk members is undocumented "tho still available"; false ignores the key. */
  bulkHonoursTags: boolean;
  /** Assumed `error`: what POST /lists/{id} does with status subscribed for a person who opted out. */
  bulkTreatsOptedOut: 'error' | 'ignore';
  /** GETs of a batch or of the list that still show it unfinished; Infinity for a batch that never finishes. */
  batchPendingPolls: number;
  /** Simultaneous connections of the user before 429. */
  maxConnections: number;
  /** Merge fields an audience may have. */
  mergeFieldLimit: number;
  /** Simulated work of each API request, in ms; the connection stays taken meanwhile. */
  latencyMs: number;
  /** Assumed 403: the answer to a good key whose suffix names another data center. */
  wrongDataCenterStatus: 401 | 403;
  /** Assumed false: `since_…` filters leave out rows of exactly that second. */
  sinceIsInclusive: boolean;
  /** Assumed false: status subscribed for a contact archived after opting out is refused (Compliance State). */
  archivedOptOutCanReturn: boolean;
  /** Assumed true: PATCH with a status un-archives, as PUT and POST are known to. */
  patchUnarchives: boolean;
  /** Addresses `too.many.signups@…` are refused while true: a transient refusal that ends by itself. */
  refuseManySignups: boolean;
  /** Assumed false: a write that changes nothing makes a `profile` event for webhooks with the source api. */
  unchangedWritesTell: boolean;
  /** Assumed `unique`: whether two saved segments of an audience may have one name. */
  segmentNames: 'unique' | 'free';
  /**
   * Assumed `kept`: how conditions come back. `rewritten` gives them in another order, numbers as texts, and an empty
   * value where none was sent.
   */
  segmentConditions: 'kept' | 'rewritten';
  /**
   * Assumed `known`: whom a call that adds to or removes from a tag takes; `known` is all but archived contacts,
   * `any` those too.
   */
  tagCallTakes: 'known' | 'subscribed' | 'any';
  /** Assumed true: such a call names the addresses that it does not take. */
  tagCallTellsErrors: boolean;
}

export const defaultSettings = (): MailchimpSettings => ({
  listIncludesArchived: false,
  bulkHonoursTags: true,
  bulkTreatsOptedOut: 'error',
  batchPendingPolls: 1,
  maxConnections: 10,
  mergeFieldLimit: 30,
  latencyMs: 0,
  wrongDataCenterStatus: 403,
  sinceIsInclusive: false,
  archivedOptOutCanReturn: false,
  patchUnarchives: true,
  refuseManySignups: true,
  unchangedWritesTell: false,
  segmentNames: 'unique',
  segmentConditions: 'kept',
  tagCallTakes: 'known',
  tagCallTellsErrors: true,
});
