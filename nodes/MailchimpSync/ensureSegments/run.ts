import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { listMergeFields } from '../../../connectors/mailchimp/audiences';
import { beginListing } from '../../../connectors/mailchimp/members';
import { listSavedSegments, listTags } from '../../../connectors/mailchimp/segments';
import { holdBack } from '../../../sync/holdBack';
import { settle } from '../../../sync/outcome';
import { planSegments } from '../../../sync/segment/plan';
import { previewCount } from '../../../sync/segment/preview';
import type { SavedSegment, SegmentPlan, SegmentRecord } from '../../../sync/segment/types';
import type { MemberState, RecordOutcome } from '../../../sync/types';
import type { SegmentJob } from './job';
import { SegmentWriter } from './write';

/** What became of one row of the table. */
export interface SegmentOutcome extends RecordOutcome {
  name: string;
  action: 'create' | 'update' | 'none';
  /** null while there is no such segment. */
  segmentId: number | null;
  /** Mailchimp's own count of subscribed contacts, after the write; null while there is no such segment. */
  memberCount: number | null;
  /** Subscribed contacts that the conditions fit, counted before the write; null for conditions that cannot be used. */
  previewCount: number | null;
  /** Younger segments of the same name, which are left alone. */
  sameNameIds: number[];
}

/** A listing during which contacts moved is read again; after that, what was seen counts. */
const MAX_LISTINGS = 3;

async function subscribedMembers(mailchimp: Mailchimp, audienceId: string): Promise<MemberState[]> {
  for (let attempt = 1; ; attempt++) {
    const listing = await beginListing(mailchimp, audienceId, 'subscribed');
    const { members, complete } = await listing.readAll();
    if (complete || attempt === MAX_LISTINGS) return members;
  }
}

function explained(outcome: RecordOutcome, { sameNameIds }: SegmentRecord): string {
  if (sameNameIds.length === 0) return outcome.explanation;
  const count = sameNameIds.length + 1;
  return `${outcome.explanation} ${count} segments of the audience have this name; only the oldest is looked at.`;
}

function outcomeOf(
  record: SegmentRecord,
  outcome: RecordOutcome,
  members: MemberState[],
  written: SavedSegment | undefined,
): SegmentOutcome {
  const segment = written ?? record.existing;
  const action = record.effects.find((effect) => effect.action !== 'createTag')?.action;
  return {
    ...outcome,
    explanation: explained(outcome, record),
    name: record.name,
    action: action === 'create' || action === 'update' ? action : 'none',
    segmentId: segment?.id ?? null,
    memberCount: segment?.memberCount ?? null,
    previewCount: record.rule ? previewCount(record.rule, members) : null,
    sameNameIds: record.sameNameIds,
  };
}

/**
 * One run: read fields, segments and tags → plan → count → (Plan stops here) → write → settle.
 * @throws ConnectorError for troubles of the whole run; those of single segments are outcomes
 */
export async function ensureSegments(mailchimp: Mailchimp, job: SegmentJob): Promise<SegmentOutcome[]> {
  const { audienceId, mode } = job.context;
  const hasTags = job.definitions.some(({ conditions }) => conditions.some(({ kind }) => kind === 'tag'));
  const mergeFields = await listMergeFields(mailchimp, audienceId);
  const segments = await listSavedSegments(mailchimp, audienceId);
  const tags = hasTags ? await listTags(mailchimp, audienceId) : [];
  const found = { id: audienceId, mergeFields, segments, tags };
  const plan: SegmentPlan = holdBack(planSegments(job.definitions, found, job.settings), job.context.earlier);
  const isCounted = plan.records.some(({ rule }) => rule !== undefined);
  const members = isCounted ? await subscribedMembers(mailchimp, audienceId) : [];
  const writer = new SegmentWriter(mailchimp, audienceId);
  if (mode === 'apply') await writer.write(plan.effects);
  return settle(plan, writer.results, job.context).map((outcome, i) => {
    const record = plan.records[i]!;
    const written = record.effects.map(({ key }) => writer.segments.get(key)).at(-1);
    return outcomeOf(record, outcome, members, written);
  });
}
