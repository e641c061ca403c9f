import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { listMergeFields, type NewMergeField } from '../../../connectors/mailchimp/audiences';
import { beginListing } from '../../../connectors/mailchimp/members';
import { listSavedSegments, listTags } from '../../../connectors/mailchimp/segments';
import { holdBack } from '../../../sync/holdBack';
import { settle } from '../../../sync/outcome';
import { planSegments } from '../../../sync/segment/plan';
import { withPlanned } from '../../../sync/segment/planned';
import { previewCount } from '../../../sync/segment/preview';
import type { SavedSegment, SegmentAudience, SegmentPlan, SegmentRecord } from '../../../sync/segment/types';
import type { MemberState, RecordOutcome, RunContext } from '../../../sync/types';
import { withAllTags } from '../../shared/audienceState';
import {
  createMergeFields,
  settledFields,
  withNewFields,
  type CreatedFields,
  type FieldsOfRun,
} from '../newMergeFields';
import { NOTHING_MADE, type RunNews } from '../tellRun';
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

export interface SegmentRun extends RunNews {
  outcomes: SegmentOutcome[];
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

const namesTags = ({ definitions }: SegmentJob): boolean =>
  definitions.some(({ conditions }) => conditions.some(({ kind }) => kind === 'tag'));

interface Found extends SegmentAudience {
  fields: FieldsOfRun;
}

async function readAudience(mailchimp: Mailchimp, job: SegmentJob): Promise<Found> {
  const { audienceId: id } = job.context;
  const fields = withNewFields(await listMergeFields(mailchimp, id), job.newMergeFields);
  const segments = await listSavedSegments(mailchimp, id);
  const tags = namesTags(job) ? await listTags(mailchimp, id) : [];
  return { id, mergeFields: fields.definitions, fields, segments, tags };
}

/** Subscribed contacts, as a plan that came in will leave them. */
async function contactsToCount(
  mailchimp: Mailchimp,
  job: SegmentJob,
  plan: SegmentPlan,
): Promise<MemberState[]> {
  if (plan.records.every(({ rule }) => rule === undefined)) return [];
  const { audienceId } = job.context;
  const members = await subscribedMembers(mailchimp, audienceId);
  const known = namesTags(job) ? await withAllTags(mailchimp, audienceId, members) : members;
  return withPlanned(known, job.planned);
}

/** @throws ConnectorError while nothing is written yet, for certain */
async function apply(
  mailchimp: Mailchimp,
  audienceId: string,
  plan: SegmentPlan,
  missing: NewMergeField[],
): Promise<{ writer: SegmentWriter; created: CreatedFields }> {
  const created = await createMergeFields(mailchimp, audienceId, missing);
  const writer = new SegmentWriter(mailchimp, audienceId, created.made.length > 0);
  if (created.trouble) writer.writeNone(plan.effects, 'merge-field-not-made');
  else await writer.write(plan.effects);
  return { writer, created };
}

function outcomesOf(
  plan: SegmentPlan,
  members: MemberState[],
  context: RunContext,
  writer?: SegmentWriter,
): SegmentOutcome[] {
  return settle(plan, writer?.results ?? new Map(), context).map((outcome, i) => {
    const record = plan.records[i]!;
    const written = record.effects.map(({ key }) => writer?.segments.get(key)).at(-1);
    return outcomeOf(record, outcome, members, written);
  });
}

/**
 * One run: read fields, segments and tags → plan → count → (Plan stops here) → write → settle.
 * @throws ConnectorError for troubles of the whole run; those of single segments are outcomes
 */
export async function ensureSegments(mailchimp: Mailchimp, job: SegmentJob): Promise<SegmentRun> {
  const { definitions, settings, context } = job;
  const audience = await readAudience(mailchimp, job);
  const plan = holdBack(planSegments(definitions, audience, settings), context.earlier);
  const members = await contactsToCount(mailchimp, job, plan);
  const missing = plan.effects.length > 0 ? audience.fields.toCreate : [];
  if (context.mode === 'plan') {
    const missingFields = missing.map(({ tag }) => tag);
    return { outcomes: outcomesOf(plan, members, context), missingFields, ...NOTHING_MADE };
  }
  const { writer, created } = await apply(mailchimp, context.audienceId, plan, missing);
  const outcomes = outcomesOf(plan, members, context, writer);
  const { found, overtaken } = settledFields(audience.fields, job.newMergeFields, created, context);
  return { outcomes, missingFields: [], ...created, made: [...found, ...created.made], overtaken };
}
