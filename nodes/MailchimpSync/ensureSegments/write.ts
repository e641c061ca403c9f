import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import {
  createSavedSegment,
  createTag,
  updateSavedSegment,
  type SegmentAnswer,
} from '../../../connectors/mailchimp/segments';
import { apiRule, asksTheSame } from '../../../sync/segment/shape';
import type { CheckedRule, SavedSegment, SegmentEffect } from '../../../sync/segment/types';
import type { Reason } from '../../../sync/reasons';
import type { EffectResult } from '../../../sync/types';

type Failure = Extract<EffectResult, { applied: false }>;

const ANSWERS: Record<Extract<SegmentAnswer, string>, Reason> = {
  refused: 'segment-refused',
  missing: 'segment-vanished',
};

/** Troubles that may befall one call alone; any other one stops a run that has written nothing yet. */
const PASSING: Partial<Record<ConnectorError['errorCode'], Reason>> = {
  MAILCHIMP_THROTTLED: 'mailchimp-throttled',
  MAILCHIMP_UNAVAILABLE: 'mailchimp-unavailable',
};

const notMade = (subject: string): Failure => ({ applied: false, reason: 'segment-tag-missing', subject });

/** Writes tags first, because conditions need their ids, then each segment; one that fails does not stop the others. */
export class SegmentWriter {
  /** By effect key. */
  readonly results = new Map<string, EffectResult>();
  /** Segments as Mailchimp answered them, by effect key. */
  readonly segments = new Map<string, SavedSegment>();
  /** By lower-case name: what became of tags that did not exist. */
  private readonly tags = new Map<string, SavedSegment | Failure>();

  constructor(
    private readonly mailchimp: Mailchimp,
    private readonly audienceId: string,
    /** Whether the run has written something before, which has to be told. */
    private readonly hasWritten: boolean,
  ) {}

  writeNone(effects: SegmentEffect[], reason: Reason): void {
    for (const { key, name } of effects) this.results.set(key, { applied: false, reason, subject: name });
  }

  async write(effects: SegmentEffect[]): Promise<void> {
    for (const effect of effects.filter(({ action }) => action === 'createTag')) {
      const made = await this.attempt(effect, () => createTag(this.mailchimp, this.audienceId, effect.name));
      this.tags.set(effect.name.toLowerCase(), made);
    }
    for (const effect of effects.filter(({ action }) => action !== 'createTag')) {
      const missing = this.missingTag(effect.rule!);
      if (missing) this.results.set(effect.key, missing);
      else await this.attempt(effect, () => this.writeOne(effect));
    }
  }

  /** The failure of a tag that the rule needs; one that was tried too often already is not made at all. */
  private missingTag({ conditions }: CheckedRule): Failure | undefined {
    const needed = conditions.flatMap((one) =>
      one.kind === 'tag' && one.id === undefined ? [one.name] : [],
    );
    return needed
      .map((name) => this.tags.get(name.toLowerCase()) ?? notMade(name))
      .find((tag): tag is Failure => 'reason' in tag);
  }

  private idOf = (name: string): number | undefined => {
    const tag = this.tags.get(name.toLowerCase());
    return tag && 'id' in tag ? tag.id : undefined;
  };

  private async writeOne({ name, segmentId, rule }: SegmentEffect): Promise<SegmentAnswer> {
    const options = apiRule(rule!, this.idOf);
    const update = (id: number) => updateSavedSegment(this.mailchimp, this.audienceId, id, name, options);
    if (segmentId !== undefined) return update(segmentId);
    const answer = await createSavedSegment(this.mailchimp, this.audienceId, name, options);
    // Another run may have made it meanwhile, with conditions of its own.
    return typeof answer === 'string' || asksTheSame(options, answer.segment)
      ? answer
      : update(answer.segment.id);
  }

  private async attempt(
    { key, name }: SegmentEffect,
    write: () => Promise<SegmentAnswer>,
  ): Promise<SavedSegment | Failure> {
    const answer = await write().catch((error: unknown) => this.reasonOf(error));
    if (typeof answer === 'object') {
      this.results.set(key, { applied: true });
      this.segments.set(key, answer.segment);
      return answer.segment;
    }
    const reason = answer === 'refused' || answer === 'missing' ? ANSWERS[answer] : answer;
    const failure: Failure = { applied: false, reason, subject: name };
    this.results.set(key, failure);
    return failure;
  }

  private reasonOf(error: unknown): Reason {
    if (!(error instanceof ConnectorError)) throw error;
    const passing = PASSING[error.errorCode];
    // What was written has to be told; the rest waits for the next run.
    if (!passing && !this.hasWritten && this.segments.size === 0) throw error;
    return passing ?? 'mailchimp-unavailable';
  }
}
