import { fingerprint } from '../fingerprint';
import { note } from '../note';
import { checkRule } from './check';
import { apiRule, asksTheSame } from './shape';
import type {
  CheckedRule,
  SavedSegment,
  SegmentAudience,
  SegmentDefinition,
  SegmentEffect,
  SegmentPlan,
  SegmentRecord,
  SegmentSettings,
} from './types';

/** Oldest first; ids only grow. */
const byAge = (a: SavedSegment, b: SavedSegment): number =>
  a.createdAt === b.createdAt ? a.id - b.id : a.createdAt < b.createdAt ? -1 : 1;

const WHY = {
  create: 'No saved segment of the audience has this name.',
  update: 'The conditions of the segment differ.',
  createTag: 'A condition names this tag, and the audience does not have it.',
};

/** @param content what makes the effect this one, whatever the order of the conditions */
function effectOf(
  audienceId: string,
  effect: Pick<SegmentEffect, 'action' | 'name' | 'segmentId' | 'rule'>,
  content: unknown,
): SegmentEffect {
  const print = fingerprint(content);
  return {
    kind: 'segment',
    key: ['segment', audienceId, fingerprint(effect.name), print].join(':'),
    memberId: '',
    recordNumber: '',
    fingerprint: print,
    why: WHY[effect.action],
    ...effect,
  };
}

/** An empty tag that is made; whoever makes it, its key is the same. */
export const newTag = (audienceId: string, name: string): SegmentEffect => {
  const tag = { action: 'createTag', name } as const;
  return effectOf(audienceId, tag, tag);
};

/** The rule without ids, which a tag gets only when it is made. */
const contentOf = (name: string, { match, conditions }: CheckedRule): unknown => {
  const texts = conditions.map((one) => JSON.stringify({ ...one, id: undefined }));
  return { name, match, conditions: [...new Set(texts)].sort() };
};

function decide(
  itemIndex: number,
  definition: SegmentDefinition,
  isTwice: boolean,
  audience: SegmentAudience,
  settings: SegmentSettings,
): SegmentRecord {
  const name = definition.name.trim();
  const [existing, ...younger] = audience.segments.filter((one) => one.name === name).sort(byAge);
  const record: SegmentRecord = {
    ...{ itemIndex, number: '', attempts: 0, retryOf: '', memberIds: [], effects: [], notes: [] },
    ...(name === '' ? {} : { source: `segment ${fingerprint(name)}` }),
    ...{ name, rule: undefined, existing, sameNameIds: younger.map(({ id }) => id) },
  };
  if (name === '') return { ...record, notes: [note('segment-incomplete', `row ${itemIndex + 1}`)] };
  if (isTwice) return { ...record, notes: [note('segment-twice', `${name}, row ${itemIndex + 1}`)] };
  const checked = checkRule(name, definition, audience, settings.createMissingTags);
  if ('note' in checked) return { ...record, notes: [checked.note] };
  const { rule } = checked;
  if (existing && asksTheSame(apiRule(rule), existing)) {
    return { ...record, rule, notes: [note('segment-unchanged', name)] };
  }
  if (existing && settings.existingSegments === 'leave') {
    return { ...record, rule, notes: [note('segment-left', name)] };
  }
  const action = existing ? 'update' : 'create';
  const effect = { action, name, rule, ...(existing ? { segmentId: existing.id } : {}) } as const;
  return { ...record, rule, effects: [effectOf(audience.id, effect, contentOf(name, rule))] };
}

/** A missing tag is made once, for the first segment by name that needs it: the order of the table does not count. */
function withNewTags(records: SegmentRecord[], audienceId: string): SegmentRecord[] {
  const taken = new Set<string>();
  const made = new Map<SegmentRecord, SegmentEffect[]>();
  const writing = records.filter(({ effects }) => effects.length > 0);
  for (const record of writing.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const missing = (record.rule?.conditions ?? [])
      .flatMap((one) => (one.kind === 'tag' && one.id === undefined ? [one.name] : []))
      .sort()
      .filter((name) => !taken.has(name.toLowerCase()) && taken.add(name.toLowerCase()));
    made.set(
      record,
      missing.map((name) => newTag(audienceId, name)),
    );
  }
  return records.map((record) => ({ ...record, effects: [...(made.get(record) ?? []), ...record.effects] }));
}

/**
 * What has to be written so that each definition is a saved segment of the audience. One record a definition, in their
 * order; a definition that cannot be used has a note and no effect (invariant 6).
 */
export function planSegments(
  definitions: SegmentDefinition[],
  audience: SegmentAudience,
  settings: SegmentSettings,
): SegmentPlan {
  const counts = new Map<string, number>();
  for (const { name } of definitions) counts.set(name.trim(), (counts.get(name.trim()) ?? 0) + 1);
  const decided = definitions.map((definition, itemIndex) =>
    decide(itemIndex, definition, counts.get(definition.name.trim())! > 1, audience, settings),
  );
  const records = withNewTags(decided, audience.id);
  return { records, effects: records.flatMap(({ effects }) => effects) };
}
