import type { TagEffect } from './types';

/** One tag's share of one call that adds to and removes from a static segment. */
export interface TagBlock {
  /** As the first effect spells it. */
  name: string;
  add: TagEffect[];
  remove: TagEffect[];
}

/** Addresses that one call adds, and again as many that it removes (POST /lists/{list_id}/segments/{segment_id}). */
export const MEMBERS_PER_SEGMENT_CALL = 500;

/** Effects without an address can only be written contact by contact. */
export const isByAddress = ({ email }: TagEffect): boolean => email !== '';

/** All changes of each tag, adds and removes side by side; tags that differ only in case are one. */
function byTag(effects: TagEffect[]): TagBlock[] {
  const blocks = new Map<string, TagBlock>();
  const blockOf = (name: string): TagBlock => {
    const key = name.toLowerCase();
    const block = blocks.get(key) ?? { name, add: [], remove: [] };
    blocks.set(key, block);
    return block;
  };
  for (const effect of effects) {
    for (const name of effect.add) blockOf(name).add.push(effect);
    for (const name of effect.remove) blockOf(name).remove.push(effect);
  }
  return [...blocks.values()];
}

/** What one call each can do, in the order of the effects. */
export function tagBlocks(effects: TagEffect[]): TagBlock[] {
  const size = MEMBERS_PER_SEGMENT_CALL;
  return byTag(effects.filter(isByAddress)).flatMap(({ name, add, remove }) => {
    const calls = Math.ceil(Math.max(add.length, remove.length) / size);
    return Array.from({ length: calls }, (_, i) => ({
      name,
      add: add.slice(i * size, (i + 1) * size),
      remove: remove.slice(i * size, (i + 1) * size),
    }));
  });
}
