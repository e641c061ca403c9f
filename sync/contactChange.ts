import type { BackEffect, BackSettings, ContactChange, CustomerState } from './contactChangeTypes';
import { FieldPlanner } from './contactFields';
import { decideAddress, linkBetween, type AddressDecision } from './contactLink';
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

class BackPlanner {
  private readonly fields: FieldPlanner;

  constructor(
    private readonly states: ReadonlyMap<string, CustomerState>,
    private readonly settings: BackSettings,
  ) {
    this.fields = new FieldPlanner(settings, states);
  }

  record(change: ContactChange): PlannedRecord<BackEffect> {
    const { number, member } = change;
    const state = this.states.get(number);
    const record = this.empty(change);
    const say = (reason: RecordNote['reason']): void =>
      void record.notes.push(note(reason, '', member?.memberId));
    if (!number) say(member || change.deletedMemberId ? 'no-customer' : 'no-contact');
    else if (!state) say('customer-gone');
    else if (change.deletedMemberId) this.planDeleted(record, change.deletedMemberId, state);
    else if (!member) say('no-contact');
    else this.planLinked(record, change, member, state);
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

  private planLinked(
    record: PlannedRecord<BackEffect>,
    change: ContactChange,
    member: Member,
    state: CustomerState,
  ): void {
    const link = linkBetween(member, state);
    if (link === 'stranger' || link === 'secondary') {
      const reason = link === 'stranger' ? 'not-this-contact' : 'secondary-address';
      record.notes.push(note(reason, '', member.memberId));
      return;
    }
    const address = decideAddress(member, state, this.settings);
    if (address.do === 'write') this.planAddress(record, member, address);
    else if (address.note) record.notes.push(address.note);
    this.planFields(record, change, member);
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

  private planFields(record: PlannedRecord<BackEffect>, change: ContactChange, member: Member): void {
    const wanted = this.fields.plan(change, member);
    if (!wanted) return;
    const { notes, ...rest } = wanted;
    record.notes.push(...notes);
    const names = Object.keys(rest.fields);
    if (names.length === 0) return;
    const content = { kind: 'updateCustomer' as const, ...rest };
    this.add(record, member, content, `Changed by the contact: ${names.join(', ')}.`);
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
  const planner = new BackPlanner(states, settings);
  const last = new Map(changes.map((change) => [idOf(change), change]));
  const records = changes.map((change) => {
    if (last.get(idOf(change)) === change) return planner.record(change);
    return { ...planner.empty(change), notes: [note('duplicate-record')] };
  });
  return { records, effects: records.flatMap((record) => record.effects) };
}
