import { memberIdOf } from './email';
import { fingerprint } from './fingerprint';
import { sameValue, typedValue } from './mapping';
import { NUMBER_SEPARATOR, type Carrier, type Claim } from './shared';
import { newTags, tagChange } from './tags';
import type {
  ArchiveEffect,
  ContactInput,
  CreateEffect,
  Effect,
  MemberState,
  MergeValue,
  RecordNote,
  RenameEffect,
  SyncSettings,
  TagEffect,
  UpdateEffect,
} from './types';

/** Bytes of a text merge field; customer numbers that do not fit are never cut. */
const MAX_NUMBERS_BYTES = 255;

export type Desired = { mergeFields: Record<string, MergeValue> } | { note: RecordNote };

/** The merge fields that CloudSuite wants on a contact, typed; or the first value that does not fit. */
export function desiredFields(claim: Claim, carrier: Carrier, settings: SyncSettings): Desired {
  const mergeFields: Record<string, MergeValue> = {};
  const carriesOwnFields = carrier.primaryNumber === carrier.record.party.number;
  const definitions = new Map(settings.mergeFields.map((field) => [field.tag, field]));
  for (const [tag, raw] of carriesOwnFields ? Object.entries(carrier.record.mapped) : []) {
    const definition = definitions.get(tag);
    if (!definition || tag === settings.customerNumberField) continue;
    const typed = typedValue(raw, definition);
    if ('problem' in typed)
      return { note: { reason: typed.problem, subject: tag, memberId: claim.memberId } };
    if ('value' in typed) mergeFields[tag] = typed.value;
  }
  if (settings.customerNumberField) {
    const numbers = carrier.numbers.join(NUMBER_SEPARATOR);
    if (Buffer.byteLength(numbers) > MAX_NUMBERS_BYTES) {
      const subject = settings.customerNumberField;
      return { note: { reason: 'too-many-numbers', subject, memberId: claim.memberId } };
    }
    mergeFields[settings.customerNumberField] = numbers;
  }
  return { mergeFields };
}

/** The parts that make the key; a generic T keeps each effect's own type. */
function keyed<T extends { kind: Effect['kind']; memberId: string; recordNumber: string }>(
  settings: SyncSettings,
  content: T,
  why: string,
): T & { key: string; fingerprint: string; why: string } {
  const print = fingerprint(content);
  const key = [content.kind, settings.audienceId, content.recordNumber, print].join(':');
  return { ...content, key, fingerprint: print, why };
}

/** The record's spelling of the contact's address; '' where the contact has an address of its own. */
const addressOf = ({ memberId }: Claim, { party }: ContactInput): string =>
  party.emails.find((email) => memberIdOf(email) === memberId) ?? '';

/** @param carrier its spelling of the address counts, so that the order of the records does not */
export function createEffect(
  claim: Claim,
  carrier: Carrier,
  wanted: Record<string, MergeValue>,
  settings: SyncSettings,
): CreateEffect {
  const mergeFields = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
  const { newContactStatus: status } = settings;
  return keyed(
    settings,
    {
      kind: 'create' as const,
      memberId: claim.memberId,
      recordNumber: carrier.record.party.number,
      email: addressOf(claim, carrier.record),
      status,
      mergeFields,
      tags: newTags(claim, carrier, settings),
    },
    `New contact, ${status} by the policy for new contacts.`,
  );
}

const changedFields = (
  wanted: Record<string, MergeValue>,
  state: MemberState,
  { emptyValues, memberOwnedFields }: SyncSettings,
): Record<string, MergeValue> =>
  Object.fromEntries(
    Object.entries(wanted).filter(
      ([tag, value]) =>
        !sameValue(value, state.mergeFields[tag]) &&
        (value !== '' || emptyValues === 'clear') &&
        // What the contact owns is only filled where it is empty.
        !(memberOwnedFields.includes(tag) && !sameValue('', state.mergeFields[tag])),
    ),
  );

export function updateEffect(
  claim: Claim,
  recordNumber: string,
  wanted: Record<string, MergeValue>,
  state: MemberState,
  settings: SyncSettings,
): UpdateEffect | undefined {
  const mergeFields = changedFields(wanted, state, settings);
  const tags = Object.keys(mergeFields);
  if (tags.length === 0) return undefined;
  return keyed(
    settings,
    {
      kind: 'update' as const,
      memberId: claim.memberId,
      recordNumber,
      mergeFields,
    },
    `Changed: ${tags.join(', ')}.`,
  );
}

/** One request for the address and all else that differs, so that nothing depends on an order of requests. */
export function renameEffect(
  claim: Claim,
  carrier: Carrier,
  wanted: Record<string, MergeValue>,
  state: MemberState,
  settings: SyncSettings,
): RenameEffect {
  return keyed(
    settings,
    {
      kind: 'rename' as const,
      memberId: claim.memberId,
      contactId: state.contactId,
      recordNumber: carrier.record.party.number,
      email: claim.rename!,
      newMemberId: memberIdOf(claim.rename!),
      mergeFields: changedFields(wanted, state, settings),
      ...tagChange(claim, carrier, state, settings),
    },
    'The customer has a new address; the contact keeps its history.',
  );
}

export function tagEffect(
  claim: Claim,
  carrier: Carrier,
  state: MemberState,
  settings: SyncSettings,
): TagEffect | undefined {
  const { add, remove } = tagChange(claim, carrier, state, settings);
  if (add.length + remove.length === 0) return undefined;
  const { record } = carrier;
  const why = [...add.map((tag) => `+${tag}`), ...remove.map((tag) => `-${tag}`)].join(' ');
  const content = {
    ...{ kind: 'tag' as const, memberId: claim.memberId, recordNumber: record.party.number },
    ...{ add, remove },
  };
  return { ...keyed(settings, content, `Tags: ${why}`), email: addressOf(claim, record) };
}

export const archiveEffect = (claim: Claim, recordNumber: string, settings: SyncSettings): ArchiveEffect =>
  keyed(
    settings,
    { kind: 'archive' as const, memberId: claim.memberId, recordNumber },
    'All customers of this contact are inactive.',
  );
