import { planContacts } from './plan';
import { isInDoubt } from './reasons';
import type { ContactInput, EarlierRows, MemberState, Plan, SyncSettings } from './types';

/**
 * The plan, with the contacts that an earlier run created although no answer said so: they are there, nothing is left
 * to do about them, and planned without them, the very same effects would create them.
 * @param members as the plan knew them
 */
export function withCreatedContacts(
  plan: Plan,
  inputs: ContactInput[],
  members: ReadonlyMap<string, MemberState>,
  settings: SyncSettings,
  earlier: EarlierRows | undefined,
): Plan {
  const planned = new Set(plan.effects.map(({ memberId }) => memberId));
  const open = [...(earlier ?? [])].filter(
    ([, { kind, reason, memberId }]) =>
      kind === 'create' && isInDoubt(reason) && members.has(memberId) && !planned.has(memberId),
  );
  if (open.length === 0) return plan;
  const ids = new Set(open.map(([, { memberId }]) => memberId));
  const others = new Map([...members].filter(([id]) => !ids.has(id)));
  const without = planContacts(inputs, others, settings, ids);
  const records = plan.records.map((record, i) => ({
    ...record,
    inPlace: without.records[i]!.effects.map(({ key }) => key),
  }));
  return { ...plan, records };
}
