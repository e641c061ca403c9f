import type { Carrier, Claim } from './shared';
import type { MemberState, SyncSettings } from './types';

export interface TagChange {
  add: string[];
  remove: string[];
}

/** Tags without blanks around them, each once, in one order; tags that differ only in case are one. */
function distinctTags(tags: string[]): string[] {
  const trimmed = tags.map((tag) => tag.trim()).sort();
  const byName = new Map(trimmed.map((tag) => [tag.toLowerCase(), tag]));
  byName.delete('');
  return [...byName.values()].sort();
}

const without = (tags: string[], others: string[]): string[] => {
  const names = new Set(others.map((tag) => tag.toLowerCase()));
  return tags.filter((tag) => !names.has(tag.toLowerCase()));
};

/** `Account: *` stands for all tags that begin so; a lone * is only a tag of that name, never all tags. */
const isFamily = (entry: string): boolean => entry.length > 1 && entry.endsWith('*');

/** Those of the tags held that an entry names by their beginning. */
const inFamilies = (entries: string[], held: string[]): string[] => {
  const beginnings = entries.filter(isFamily).map((family) => family.slice(0, -1).toLowerCase());
  return held.filter((tag) => beginnings.some((beginning) => tag.toLowerCase().startsWith(beginning)));
};

/** The tags as the contact holds them, whose capitals may be others. */
const spelledAs = (held: string[], tags: string[]): string[] => {
  const spelling = new Map(held.map((tag) => [tag.toLowerCase(), tag]));
  return tags.map((tag) => spelling.get(tag.toLowerCase()) ?? tag);
};

/** Whose tags a contact has that several customers share. */
function claimantsOf({ claimants }: Claim, carrier: Carrier, { sharedTags }: SyncSettings) {
  if (sharedTags === 'all') return claimants;
  // The customer whose values the contact shows may not be in this run: then its tags are left alone, as its values are.
  return carrier.primaryNumber === carrier.record.party.number ? [carrier.record] : [];
}

export const newTags = (claim: Claim, carrier: Carrier, settings: SyncSettings): string[] =>
  distinctTags(claimantsOf(claim, carrier, settings).flatMap(({ tagsToAdd }) => tagsToAdd));

/** The difference between the tags that a contact has and those that its customers want; what one adds none removes. */
export function tagChange(
  claim: Claim,
  carrier: Carrier,
  state: MemberState,
  settings: SyncSettings,
): TagChange {
  const wanted = newTags(claim, carrier, settings);
  const entries = distinctTags(
    claimantsOf(claim, carrier, settings).flatMap(({ tagsToRemove }) => tagsToRemove),
  );
  const unwanted = without(
    [
      ...spelledAs(
        state.tags,
        entries.filter((entry) => !isFamily(entry)),
      ),
      ...inFamilies(entries, state.tags),
    ],
    wanted,
  );
  return {
    add: without(wanted, state.tags),
    // Where not all tags of the contact are known, it may have those that were not seen.
    remove: distinctTags(state.tagsComplete ? unwanted.filter((tag) => state.tags.includes(tag)) : unwanted),
  };
}
