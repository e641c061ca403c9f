import { fingerprint } from '../fingerprint';
import { note } from '../note';
import type { Reason } from '../reasons';
import type { AnyEffect, MemberState, MemberStatus, Plan, PlannedRecord } from '../types';

/** The contact gets no more mail: the one status that this package writes over a known one. */
export interface BounceEffect extends AnyEffect {
  kind: 'markBounced';
}

/** What an address that does not exist may be taken from; whoever opted out stays opted out, and so do archived ones. */
const MAILED: ReadonlySet<MemberStatus> = new Set(['subscribed', 'pending', 'transactional'] as const);

const reasonFor = (status: MemberStatus): Reason =>
  status === 'cleaned' || status === 'unsubscribed' || status === 'archived' ? status : 'unchanged';

/**
 * Contacts whose address bounced for good become cleaned. A more restrictive state is never loosened (invariant 1).
 * @param memberIds subscriber hash of each item's address; '' for an item without one
 * @param sources what brought each item, such as the message that bounced
 */
export function planBounces(
  audienceId: string,
  memberIds: string[],
  members: ReadonlyMap<string, MemberState>,
  sources: string[] = [],
): Plan<BounceEffect> {
  const taken = new Set<string>();
  const records = memberIds.map((memberId, itemIndex): PlannedRecord<BounceEffect> => {
    const base = {
      ...{ itemIndex, number: '', attempts: 0, retryOf: '', source: sources[itemIndex] },
      memberIds: memberId ? [memberId] : [],
    };
    const say = (reason: Reason) => ({ ...base, effects: [], notes: [note(reason, '', memberId)] });
    const member = members.get(memberId);
    if (!member) return say('no-contact');
    if (taken.has(memberId)) return say('duplicate-record');
    if (!MAILED.has(member.status)) return say(reasonFor(member.status));
    taken.add(memberId);
    const print = fingerprint({ memberId, status: 'cleaned' });
    const effect: BounceEffect = {
      kind: 'markBounced',
      key: ['markBounced', audienceId, memberId, print].join(':'),
      memberId,
      recordNumber: '',
      fingerprint: print,
      why: 'Mails to the address bounced for good.',
    };
    return { ...base, effects: [effect], notes: [] };
  });
  return { records, effects: records.flatMap(({ effects }) => effects) };
}
