import type { MemberState } from '../memberState';
import type { Effect } from '../types';

function tagged(tags: string[], add: string[], remove: string[]): string[] {
  const gone = new Set([...add, ...remove].map((name) => name.toLowerCase()));
  return [...tags.filter((name) => !gone.has(name.toLowerCase())), ...add];
}

function changed(member: MemberState, effect: Exclude<Effect, { kind: 'create' }>): MemberState {
  if (effect.kind === 'archive') return { ...member, status: 'archived' };
  const mergeFields =
    effect.kind === 'tag' ? member.mergeFields : { ...member.mergeFields, ...effect.mergeFields };
  const tags = effect.kind === 'update' ? member.tags : tagged(member.tags, effect.add, effect.remove);
  return { ...member, mergeFields, tags };
}

/**
 * Contacts as they are once a planned Sync Contacts is applied.
 * @param effects as the plan's items tell them
 */
export function withPlanned(members: MemberState[], effects: Effect[]): MemberState[] {
  const all = new Map(members.map((member) => [member.id, member]));
  for (const effect of effects) {
    const { memberId } = effect;
    const known = all.get(memberId);
    if (known && effect.kind !== 'create') all.set(memberId, changed(known, effect));
    if (known || effect.kind !== 'create') continue;
    const { status, mergeFields, tags } = effect;
    all.set(memberId, { id: memberId, contactId: '', status, mergeFields, tags, tagsComplete: true });
  }
  return [...all.values()];
}
