import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { APPLIED, UNKNOWN, type CallVerdict } from '../../../connectors/mailchimp/effects';
import { createTag, listTags } from '../../../connectors/mailchimp/segments';
import { changeTagged } from '../../../connectors/mailchimp/tagBlock';
import { chooseTagWay } from '../../../sync/budget';
import { tagBlocks, type TagBlock } from '../../../sync/tagBlocks';
import type { Effect, TagEffect } from '../../../sync/types';

export interface TagsWritten {
  /** Effects that are missing here are to be written contact by contact. */
  verdicts: Map<Effect, CallVerdict>;
  /** What stopped single calls. */
  troubles: ConnectorError[];
  hasWritten: boolean;
  /** Names of tags that the audience did not have before. */
  newTags: string[];
}

/** What one call says of one effect; `refused`: the effect has to go another way. */
type Say = CallVerdict | 'refused';

/** By lower-case name. */
type Ids = ReadonlyMap<string, number>;

const keyOf = ({ name }: { name: string }): string => name.toLowerCase();

const nothing = (): TagsWritten => ({
  verdicts: new Map(),
  troubles: [],
  hasWritten: false,
  newTags: [],
});

const noted =
  <T>(troubles: ConnectorError[], instead: T) =>
  (error: unknown): T => {
    if (!(error instanceof ConnectorError)) throw error;
    troubles.push(error);
    return instead;
  };

/** Tags that differ only in case are one; of several the one that was made first. */
async function idsOf(mailchimp: Mailchimp, audienceId: string): Promise<Map<string, number>> {
  const tags = await listTags(mailchimp, audienceId);
  return new Map(tags.sort((a, b) => b.id - a.id).map((tag) => [keyOf(tag), tag.id]));
}

/** Adds the ids of new tags to `ids`; a tag that cannot be made stays without one. Gives those that were made. */
async function makeTags(
  mailchimp: Mailchimp,
  audienceId: string,
  names: string[],
  ids: Map<string, number>,
): Promise<string[]> {
  await Promise.all(
    names.map(async (name) => {
      const answer = await createTag(mailchimp, audienceId, name).catch(noted([], 'refused' as const));
      if (typeof answer === 'object') ids.set(name.toLowerCase(), answer.segment.id);
    }),
  );
  return names.filter((name) => ids.has(name.toLowerCase()));
}

const newNames = (blocks: TagBlock[], ids: Ids): string[] => {
  const unknown = blocks.filter((block) => block.add.length > 0 && !ids.has(keyOf(block)));
  return [...new Map(unknown.map((block) => [keyOf(block), block.name])).values()];
};

const sayOf = (named: ReadonlySet<string>, { memberId }: TagEffect): Say =>
  named.has(memberId) ? APPLIED : 'again';

async function writeBlock(
  mailchimp: Mailchimp,
  audienceId: string,
  { add, remove }: TagBlock,
  id: number | undefined,
  written: TagsWritten,
): Promise<Array<[TagEffect, Say]>> {
  const all = (say: Say): Array<[TagEffect, Say]> => [...add, ...remove].map((effect) => [effect, say]);
  // A tag that the audience does not have cannot be taken from anybody.
  if (id === undefined) return all(add.length === 0 ? APPLIED : 'refused');
  const emails = { add: add.map(({ email }) => email), remove: remove.map(({ email }) => email) };
  const answer = await changeTagged(mailchimp, audienceId, id, emails).catch(
    noted(written.troubles, UNKNOWN),
  );
  if (answer === 'refused' || 'applied' in answer) return all(answer as Say);
  written.hasWritten ||= answer.added.size + answer.removed.size > 0;
  return [
    ...add.map((effect): [TagEffect, Say] => [effect, sayOf(answer.added, effect)]),
    ...remove.map((effect): [TagEffect, Say] => [effect, sayOf(answer.removed, effect)]),
  ];
}

/** An effect with several tags is as good as the worst of its calls. */
function worst(says: Say[]): Say {
  if (says.includes('refused')) return 'refused';
  return (
    says.find((say) => typeof say === 'object' && !say.applied) ??
    (says.includes('again') ? 'again' : APPLIED)
  );
}

/** Writes tags of known contacts tag by tag, where that is cheaper (`chooseTagWay`). */
export async function writeTagBlocks(
  mailchimp: Mailchimp,
  audienceId: string,
  effects: Effect[],
): Promise<TagsWritten> {
  const written = nothing();
  if (chooseTagWay(effects) === 'contacts') return written;
  // What went wrong here, the other way will meet and tell.
  const ids = await idsOf(mailchimp, audienceId).catch(noted([], undefined));
  if (!ids) return written;
  const blocks = tagBlocks(effects.filter((effect) => effect.kind === 'tag'));
  const names = newNames(blocks, ids);
  if (chooseTagWay(effects, { pages: 0, newTags: names.length }) === 'contacts') return written;
  written.newTags = await makeTags(mailchimp, audienceId, names, ids);
  const says = await Promise.all(
    blocks.map((block) => writeBlock(mailchimp, audienceId, block, ids.get(keyOf(block)), written)),
  );
  const byEffect = new Map<TagEffect, Say[]>();
  for (const [effect, say] of says.flat()) byEffect.set(effect, [...(byEffect.get(effect) ?? []), say]);
  for (const [effect, all] of byEffect) {
    const say = worst(all);
    if (say !== 'refused') written.verdicts.set(effect, say);
  }
  return written;
}
