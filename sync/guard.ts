import type { Effect } from './types';

export interface BlastLimits {
  /** Contacts that may always be archived in one run. */
  maxContacts: number;
  /** Share of the audience, 0.02 for 2 %. */
  maxShare: number;
}

export type BlastVerdict = { allowed: true } | { allowed: false; archives: number; limit: number };

/** Invariant 8: a run that would archive more than the larger of the two limits stops before its first write. */
export function blastVerdict(effects: Effect[], audienceSize: number, limits: BlastLimits): BlastVerdict {
  const archives = effects.filter((effect) => effect.kind === 'archive').length;
  const limit = Math.max(limits.maxContacts, Math.floor(limits.maxShare * audienceSize));
  return archives > limit ? { allowed: false, archives, limit } : { allowed: true };
}
