import { ConnectorError } from '../../../connectors/errors';
import type { HttpResponse } from '../../../connectors/http/port';
import type { Call, Mailchimp } from '../../../connectors/mailchimp/api';
import { runBatch } from '../../../connectors/mailchimp/batches';
import { bulkCreate } from '../../../connectors/mailchimp/bulk';
import {
  callsOf,
  newContactTags,
  UNKNOWN,
  verdictOf,
  type CallVerdict,
} from '../../../connectors/mailchimp/effects';
import { accountError } from '../../../connectors/mailchimp/problem';
import {
  chooseWriteWay,
  inBlocks,
  MEMBERS_PER_BULK,
  OPERATIONS_PER_BATCH,
  type WriteWay,
} from '../../../sync/budget';
import type { CreateEffect, Effect } from '../../../sync/types';
import { writeTagBlocks } from './writeTags';

interface Step {
  effect: Effect;
  call: Call;
}

/** `lost`: the work is done or not, but its answer cannot be had; undefined: the trouble is noted elsewhere. */
type Answer = HttpResponse | 'lost' | undefined;

/** The answer to the tag call of a new contact does not repeat its id. */
const withContactId = (verdict: CallVerdict, earlier: CallVerdict | undefined): CallVerdict =>
  verdict !== 'again' && verdict.applied && earlier !== 'again' && earlier?.applied
    ? { ...earlier, ...verdict }
    : verdict;

/** Statuses that concern the account or the audience, not one contact. */
const stopsTheRun = (error: ConnectorError): boolean => [401, 403, 404].includes(error.status ?? 0);

/**
 * Does a list of effects by the cheapest sufficient calls and says of each what became of it. A contact that fails
 * stops no other; a trouble of the whole account leaves the rest `mailchimp-unavailable`, and is thrown only when it
 * came before anything was written.
 */
export class Writer {
  readonly verdicts = new Map<Effect, CallVerdict>();
  /** Names of tags that the audience did not have before. */
  newTags: string[] = [];
  private fatal: ConnectorError | undefined;
  private hasTagged = false;

  constructor(
    private readonly mailchimp: Mailchimp,
    private readonly audienceId: string,
  ) {}

  /**
   * @param stateIsComplete whether the audience was read without gaps (see `chooseWriteWay`); false for a second look
   * too, whose tags go contact by contact, because a tag's call need not say why it left a contact out
   */
  async write(all: Effect[], stateIsComplete: boolean): Promise<void> {
    const effects = stateIsComplete ? await this.writeTagsInBlocks(all) : all;
    const way = chooseWriteWay(effects, stateIsComplete);
    const isBulk = (effect: Effect): effect is CreateEffect =>
      effect.kind === 'create' && way.creates === 'bulk';
    const singly = new Set(effects.filter((effect) => !isBulk(effect)));
    const tags = await this.createInBulk(effects.filter(isBulk), singly);
    const steps = [...singly].map((effect) => ({ effect, call: callsOf(this.audienceId, effect).first }));
    await this.runSteps([...steps, ...tags], way);
    await this.runSteps(this.remainingSteps([...singly]), way);
    if (this.fatal && !this.hasWritten) throw this.fatal;
  }

  get hasWritten(): boolean {
    return (
      this.hasTagged ||
      this.newTags.length > 0 ||
      [...this.verdicts.values()].some((verdict) => verdict !== 'again' && verdict.applied)
    );
  }

  /** Returns the effects that are still to be written. */
  private async writeTagsInBlocks(effects: Effect[]): Promise<Effect[]> {
    const written = await writeTagBlocks(this.mailchimp, this.audienceId, effects);
    const { verdicts, troubles } = written;
    for (const [effect, verdict] of verdicts) this.verdicts.set(effect, verdict);
    troubles.forEach((trouble) => this.noteTrouble(trouble));
    this.hasTagged = written.hasWritten;
    this.newTags = written.newTags;
    return effects.filter((effect) => !verdicts.has(effect));
  }

  /** Returns the tag calls that the bulk call left undone; refused blocks join `singly`. */
  private async createInBulk(creates: CreateEffect[], singly: Set<Effect>): Promise<Step[]> {
    const steps = inBlocks(creates, MEMBERS_PER_BULK).map(async (block): Promise<Step[]> => {
      try {
        const { verdicts, untagged } = await bulkCreate(this.mailchimp, this.audienceId, block);
        for (const [effect, verdict] of verdicts) this.verdicts.set(effect, verdict);
        return untagged.flatMap((effect) => {
          const call = newContactTags(this.audienceId, effect);
          return call ? [{ effect, call }] : [];
        });
      } catch (error) {
        this.noteTrouble(error);
        // One malformed contact makes Mailchimp refuse the whole request: then each goes by itself.
        const refused = error instanceof ConnectorError && error.status === 400;
        for (const effect of block) {
          if (refused) singly.add(effect);
          else this.verdicts.set(effect, UNKNOWN);
        }
        return [];
      }
    });
    return (await Promise.all(steps)).flat();
  }

  private remainingSteps(effects: Effect[]): Step[] {
    return effects.flatMap((effect) => {
      const { then } = callsOf(this.audienceId, effect);
      const verdict = this.verdicts.get(effect);
      return then && verdict && verdict !== 'again' && verdict.applied ? [{ effect, call: then }] : [];
    });
  }

  private async runSteps(steps: Step[], way: WriteWay): Promise<void> {
    const answers =
      way.others === 'plain' ? await this.answerPlainly(steps) : await this.answerByBatch(steps);
    steps.forEach(({ effect, call }, index) => {
      // The tag call of a new contact answers 204 without the contact, so it is judged as a tag effect.
      const judged: Effect = call.path.endsWith('/tags')
        ? { ...effect, kind: 'tag', email: '', add: [], remove: [] }
        : effect;
      const answer = answers[index];
      const verdict = answer === 'lost' ? 'again' : verdictOf(judged, answer);
      this.verdicts.set(effect, withContactId(verdict, this.verdicts.get(effect)));
    });
  }

  private answerPlainly(steps: Step[]): Promise<Answer[]> {
    return Promise.all(
      steps.map(async ({ call }) => {
        try {
          const response = await this.mailchimp.send(call);
          const error = [401, 403].includes(response.status) ? accountError(response) : undefined;
          if (error) this.noteTrouble(error);
          return error ? undefined : response;
        } catch (error) {
          this.noteTrouble(error);
          return undefined;
        }
      }),
    );
  }

  private async answerByBatch(steps: Step[]): Promise<Answer[]> {
    const blocks = inBlocks(steps, OPERATIONS_PER_BATCH);
    const answers = await Promise.all(
      blocks.map(async (block): Promise<Answer[]> => {
        const calls = block.map(({ call }) => call);
        try {
          return (await runBatch(this.mailchimp, calls)).map((answer) => answer ?? 'lost');
        } catch (error) {
          this.noteTrouble(error);
          return block.map(() => undefined);
        }
      }),
    );
    return answers.flat();
  }

  private noteTrouble(error: unknown): void {
    if (!(error instanceof ConnectorError)) throw error;
    if (stopsTheRun(error)) this.fatal ??= error;
  }
}
