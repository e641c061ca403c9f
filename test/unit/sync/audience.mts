import type { Effect, MemberState } from '../../../sync/types.ts';

/** What Mailchimp's state is after these effects, by its documented rules. */
export function applyTo(
  members: ReadonlyMap<string, MemberState>,
  effects: Effect[],
): Map<string, MemberState> {
  const after = new Map([...members].map(([id, state]) => [id, structuredClone(state)]));
  for (const effect of effects) {
    if (effect.kind === 'create') {
      const { memberId: id, status, mergeFields, tags } = effect;
      const contactId = `contact of ${id}`;
      if (!after.has(id))
        after.set(id, { id, contactId, status, mergeFields: { ...mergeFields }, tags, tagsComplete: true });
      continue;
    }
    const state = after.get(effect.memberId)!;
    if (effect.kind === 'rename') {
      after.delete(effect.memberId);
      after.set(effect.newMemberId, { ...state, id: effect.newMemberId });
      Object.assign(state.mergeFields, effect.mergeFields);
    }
    if (effect.kind === 'update') Object.assign(state.mergeFields, effect.mergeFields);
    if (effect.kind === 'archive') state.status = 'archived';
    if (effect.kind === 'tag') {
      const removed = new Set(effect.remove.map((tag) => tag.toLowerCase()));
      state.tags = [...state.tags.filter((tag) => !removed.has(tag.toLowerCase())), ...effect.add];
    }
  }
  return after;
}
