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

export interface BounceInput {
  /** Subscriber hash of the address; '' for an item without one. */
  memberId: string;
  /** What brought it, such as the message that bounced. */
  source: string;
  attempts: number;
  retryOf: string;
}

/** Contacts whose address bounced for good become cleaned. A more restrictive state is never loosened (invariant 1). */
export function planBounces(
  audienceId: string,
  inputs: BounceInput[],
  members: ReadonlyMap<string, MemberState>,
): Plan<BounceEffect> {
  const taken = new Set<string>();
  const records = inputs.map(({ memberId, ...input }, itemIndex): PlannedRecord<BounceEffect> => {
    const base = {
      ...{ ...input, itemIndex, number: '' },
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
