import type { Via } from './journal.mts';
import type { Audience, Member } from './model.mts';
import { secondsNow, type World } from './world.mts';

export interface TagChange {
  name: string;
  active: boolean;
}

/** Gives and takes tags without a word to anyone; an unknown tag is made when it is given. */
export function changeTags(audience: Audience, member: Member, changes: TagChange[], now: number): boolean {
  const before = [...member.tags.keys()].sort().join();
  for (const { name, active } of changes) {
    const segment = audience.tagNamed(name) ?? (active ? audience.addSegment(name, now) : undefined);
    if (!segment) continue;
    if (!active) member.tags.delete(segment.id);
    else if (!member.tags.has(segment.id)) member.tags.set(segment.id, now);
  }
  return before !== [...member.tags.keys()].sort().join();
}

/** A tag change by the API: bumps last_changed, unlike a member call that changes nothing. */
export function writeTags(
  world: World,
  audience: Audience,
  member: Member,
  changes: TagChange[],
  via: Via,
): boolean {
  const now = secondsNow(world);
  if (!changeTags(audience, member, changes, now)) return false;
  member.lastChanged = now;
  world.journal.wrote(audience, member.email, {
    action: 'tags',
    via,
    statusBefore: member.status,
    statusAfter: member.status,
    changed: ['tags'],
  });
  return true;
}

/** `sync_tags: true`: exactly these and no others. */
export function onlyTags(audience: Audience, member: Member, names: string[]): TagChange[] {
  const held = [...member.tags.keys()].map((id) => audience.segments.get(id)?.name ?? '');
  const dropped = held.filter((name) => !names.includes(name)).map((name) => ({ name, active: false }));
  return [...dropped, ...names.map((name) => ({ name, active: true }))];
}
