import type { CreateEffect } from '../../sync/types';
import type { Mailchimp } from './api';
import { vanishedTag, type CallVerdict } from './effects';
import { toMemberState } from './members';
import { accountError, reasonOfText } from './problem';

type Json = Record<string, unknown>;

export interface BulkOutcome {
  verdicts: Map<CreateEffect, CallVerdict>;
  /** New contacts whose tags the undocumented `tags` key did not bring. */
  untagged: CreateEffect[];
}

const rows = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const asMember = (effect: CreateEffect): Json => ({
  email_address: effect.email,
  status: effect.status,
  merge_fields: effect.mergeFields,
  ...(effect.tags.length > 0 ? { tags: effect.tags } : {}),
});

function refusalOf(error: Json): CallVerdict {
  if (error.error_code === 'ERROR_CONTACT_EXISTS') return 'again';
  const field = String(error.field ?? '');
  if (field && field !== 'email_address') return { applied: false, reason: 'merge-value', subject: field };
  return { applied: false, reason: reasonOfText(String(error.error ?? '')), subject: '' };
}

function verdictOfNew(effect: CreateEffect, member: Json): CallVerdict {
  const gone = vanishedTag(effect.mergeFields, member);
  if (gone) return { applied: false, reason: 'merge-field-vanished', subject: gone };
  return { applied: true, contactId: toMemberState(member)?.contactId };
}

const lacksTags = (effect: CreateEffect, member: Json): boolean => {
  const held = new Set((toMemberState(member)?.tags ?? []).map((tag) => tag.toLowerCase()));
  return effect.tags.some((tag) => !held.has(tag.toLowerCase()));
};

/**
 * POST /lists/{list_id}: adds up to 500 contacts that the audience does not know. Existing ones are refused
 * (`update_existing: false`), because this call carries a status. A repeat after a lost answer finds them existing,
 * so they are planned again from what they are.
 * @throws ConnectorError when the whole request was refused
 */
export async function bulkCreate(
  mailchimp: Mailchimp,
  audienceId: string,
  effects: CreateEffect[],
): Promise<BulkOutcome> {
  const response = await mailchimp.send({
    method: 'POST',
    path: `/lists/${encodeURIComponent(audienceId)}`,
    query: { skip_merge_validation: true },
    body: { members: effects.map(asMember), update_existing: false, sync_tags: false },
  });
  const error = accountError(response);
  if (error) throw error;
  const body = response.body as Json;
  const created = new Map(rows(body.new_members).map((member) => [String(member.id), member]));
  const refused = new Map(rows(body.errors).map((e) => [String(e.email_address ?? '').toLowerCase(), e]));
  const outcome: BulkOutcome = { verdicts: new Map(), untagged: [] };
  for (const effect of effects) {
    const member = created.get(effect.memberId);
    const refusal = refused.get(effect.email.toLowerCase());
    // Neither created nor refused: what became of it has to be read.
    outcome.verdicts.set(
      effect,
      member ? verdictOfNew(effect, member) : refusal ? refusalOf(refusal) : 'again',
    );
    if (member && lacksTags(effect, member)) outcome.untagged.push(effect);
  }
  return outcome;
}
