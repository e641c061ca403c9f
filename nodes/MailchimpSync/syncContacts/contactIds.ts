import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import type { EffectResult, Plan } from '../../../sync/types';
import { readState } from '../../shared/audienceState';

type Results = Map<string, EffectResult>;

/** New contacts whose id a record wants to keep, by subscriber hash, with the keys of their effects. */
function unnamed({ records, effects }: Plan, results: Results): Map<string, string> {
  const linked = new Set(records.map(({ contact }) => contact?.memberId ?? ''));
  const created = effects.filter(({ key, kind, memberId }) => {
    const result = results.get(key);
    return kind === 'create' && linked.has(memberId) && result?.applied && !result.contactId;
  });
  return new Map(created.map(({ memberId, key }) => [memberId, key]));
}

/**
 * Mailchimp's answer to a bulk create leaves `contact_id` out, so it is read afterwards, where somebody wants to keep
 * it. What cannot be read now is found by the next read of all customers: the contacts are written by now, and that
 * has to be told.
 */
export async function withContactIds(
  mailchimp: Mailchimp,
  audienceId: string,
  plan: Plan,
  results: Results,
): Promise<Results> {
  const wanted = unnamed(plan, results);
  if (wanted.size === 0) return results;
  const { members } = await readState(mailchimp, audienceId, [...wanted.keys()]).catch((error: unknown) =>
    error instanceof ConnectorError ? { members: new Map() } : Promise.reject(error as Error),
  );
  const named = [...members.values()].map((member): [string, EffectResult] => [
    wanted.get(member.id)!,
    { applied: true, contactId: member.contactId },
  ]);
  return new Map([...results, ...named]);
}
