import type { BackEffect, BackSettings, ContactChange, CustomerState } from './contactChangeTypes';
import { decideAddress, entryOf, linkBetween, type AddressDecision } from './contactLink';
import {
  addressHashOf,
  NO_REFERENCE,
  referenceTo,
  sameReference,
  type CrossReference,
} from './crossReference';
import { fingerprint } from './fingerprint';
import type { Member } from './member';
import { note } from './note';
import type { AnyEffect, Plan, PlannedRecord, RecordNote } from './types';

/** The merge value of a tag, or of a part of an address, as text. */
function mergeText({ mergeFields }: Member, tag: string): string {
  const [name = '', part] = tag.split('.');
  const value: unknown = mergeFields[name];
  const inner =
    part && typeof value === 'object' && value !== null
      ? (value as unknown as Record<string, unknown>)[part]
      : value;
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner).trim() : '';
}

class BackPlanner {
  constructor(private readonly settings: BackSettings) {}

  record(change: ContactChange, state: CustomerState | undefined): PlannedRecord<BackEffect> {
    const { number, member } = change;
    const record = this.empty(change);
    const say = (reason: RecordNote['reason']): void =>
      void record.notes.push(note(reason, '', member?.memberId));
    if (!number) say(member || change.deletedMemberId ? 'no-customer' : 'no-contact');
    else if (!state) say('customer-gone');
    else if (change.deletedMemberId) this.planDeleted(record, change.deletedMemberId, state);
    else if (!member) say('no-contact');
    else this.planLinked(record, member, state);
    if (record.effects.length + record.notes.length === 0) say('already-known');
    return record;
  }

  empty({ itemIndex, number, attempts, retryOf, member, source }: ContactChange): PlannedRecord<BackEffect> {
    const memberIds = member?.memberId ? [member.memberId] : [];
    return { itemIndex, number, attempts, retryOf, memberIds, source, effects: [], notes: [] };
  }

  /** The id stays, so that no sync adds the person again. */
  private planDeleted(
    record: PlannedRecord<BackEffect>,
    memberId: string,
    { crossReference: stored }: CustomerState,
  ): void {
    if (!stored?.contactId) return;
    if (stored.addressHash !== addressHashOf(memberId)) {
      record.notes.push(note('not-this-contact', '', memberId));
      return;
    }
    this.planReference(record, undefined, stored, { ...stored, preference: 'deleted' });
  }

  private planLinked(record: PlannedRecord<BackEffect>, member: Member, state: CustomerState): void {
    const link = linkBetween(member, state);
    if (link === 'stranger' || link === 'secondary') {
      const reason = link === 'stranger' ? 'not-this-contact' : 'secondary-address';
      record.notes.push(note(reason, '', member.memberId));
      return;
    }
    const address = decideAddress(member, state, this.settings);
    if (address.do === 'write') this.planAddress(record, member, address);
    else if (address.note) record.notes.push(address.note);
    this.planFields(record, member, state);
    const stored = link === 'linked' ? state.crossReference! : NO_REFERENCE;
    const wanted = referenceTo(member.audienceId, member);
    const keepsHash = address.do === 'nothing' && !address.agreed && stored.addressHash !== '';
    this.planReference(record, member, state.crossReference, {
      ...wanted,
      addressHash: keepsHash ? stored.addressHash : wanted.addressHash,
    });
  }

  private planAddress(
    record: PlannedRecord<BackEffect>,
    member: Member,
    { entry, text }: Extract<AddressDecision, { do: 'write' }>,
  ): void {
    const content = { kind: 'updateAddress' as const, entry: entry.key, text, expected: entry.text };
    this.add(record, member, content, 'The contact changed its address.');
  }

  private planFields(record: PlannedRecord<BackEffect>, member: Member, state: CustomerState): void {
    const entry =
      this.settings.fieldHome === 'entry'
        ? entryOf(member, state)
        : { key: record.number, fields: state.fields };
    if (!entry) return;
    const fields: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const { tag, field, maxLength } of this.settings.fields) {
      const value = mergeText(member, tag);
      const before = entry.fields[field] ?? '';
      // An empty value of Mailchimp never empties a field of CloudSuite.
      if (value === '' || value === before.trim()) continue;
      if (value.length > maxLength) record.notes.push(note('value-too-long', field, member.memberId));
      else Object.assign(fields, { [field]: value });
      expected[field] = before;
    }
    if (Object.keys(fields).length === 0) return;
    const content = { kind: 'updateCustomer' as const, entry: entry.key, fields, expected };
    this.add(record, member, content, `Changed by the contact: ${Object.keys(fields).join(', ')}.`);
  }

  private planReference(
    record: PlannedRecord<BackEffect>,
    member: Member | undefined,
    stored: CrossReference | undefined,
    wanted: CrossReference,
  ): void {
    if (stored && sameReference(stored, wanted)) return;
    const content = {
      kind: 'crossReference' as const,
      crossReference: wanted,
      fallbackHash: stored?.addressHash ?? '',
    };
    const told = wanted.preference !== stored?.preference;
    this.add(record, member, content, told ? `The contact is ${wanted.preference}.` : 'The contact’s id.');
  }

  /** A contact that goes and comes back makes an effect each time; the same event twice makes one. */
  private add(
    record: PlannedRecord<BackEffect>,
    member: Member | undefined,
    content: Omit<BackEffect, keyof AnyEffect> & { kind: BackEffect['kind'] },
    why: string,
  ): void {
    const print = fingerprint({ content, lastChanged: member?.lastChanged ?? '' });
    const key = [content.kind, member?.audienceId ?? '', record.number, print].join(':');
    const memberId = member?.memberId ?? '';
    const base = { key, memberId, recordNumber: record.number, fingerprint: print, why };
    record.effects.push({ ...base, ...content } as BackEffect);
  }
}

const idOf = ({ number, member }: ContactChange): string => `${number} ${member?.contactId ?? ''}`;

/**
 * What changes of contacts mean for their customers, from the state of both sides alone. Events only say where to look,
 * so their order and number do not matter, and an echo of our own write finds nothing to do (invariant 4).
 * @param states by customer number; undefined for a customer that CloudSuite does not have
 */
export function planContactChanges(
  changes: ContactChange[],
  states: ReadonlyMap<string, CustomerState>,
  settings: BackSettings,
): Plan<BackEffect> {
  const planner = new BackPlanner(settings);
  const last = new Map(changes.map((change) => [idOf(change), change]));
  const records = changes.map((change) => {
    if (last.get(idOf(change)) === change) return planner.record(change, states.get(change.number));
    return { ...planner.empty(change), notes: [note('duplicate-record')] };
  });
  return { records, effects: records.flatMap((record) => record.effects) };
}
