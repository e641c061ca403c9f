import { addressesOf, firstEmails } from './addresses';
import { consentDecision, mayArchive } from './consent';
import { memberIdOf } from './email';
import { archiveEffect, createEffect, desiredFields, renameEffect, tagEffect, updateEffect } from './effects';
import { deletedContact, linkedContact, Linker } from './linked';
import { carrierOf, type Carrier, type Claim } from './shared';
import { note } from './note';
import type { Reason } from './reasons';
import type {
  ContactInput,
  Effect,
  MemberState,
  Plan,
  PlannedRecord,
  RecordNote,
  SyncSettings,
} from './types';

const emptyRecord = (input: ContactInput): PlannedRecord<Effect> => ({
  itemIndex: input.itemIndex,
  number: input.party.number,
  attempts: input.attempts,
  retryOf: input.retryOf,
  source: input.source,
  memberIds: [],
  effects: [],
  notes: [],
});

class Planner {
  private readonly records = new Map<ContactInput, PlannedRecord<Effect>>();
  private readonly claims = new Map<string, Claim>();
  private readonly numbersInRun: ReadonlySet<string>;
  private readonly linker: Linker;

  constructor(
    private readonly inputs: ContactInput[],
    private readonly members: ReadonlyMap<string, MemberState>,
    private readonly settings: SyncSettings,
  ) {
    this.numbersInRun = new Set(inputs.map((input) => input.party.number));
    this.linker = new Linker(firstEmails(inputs, settings), members, settings);
  }

  plan(only?: ReadonlySet<string>): Plan {
    this.collectClaims();
    for (const claim of this.claims.values()) {
      if (!only || only.has(claim.memberId)) this.planContact(claim);
    }
    const records = this.inputs.map((input) => this.recordOf(input));
    for (const record of records) {
      if (!only && record.effects.length + record.notes.length === 0) record.notes.push(note('unchanged'));
    }
    const effects = records.flatMap((record) => record.effects);
    const renames = new Map(
      effects.flatMap((effect) => (effect.kind === 'rename' ? [[effect.memberId, effect.email]] : [])),
    );
    const created = new Set(effects.flatMap(({ kind, memberId }) => (kind === 'create' ? [memberId] : [])));
    this.inputs.forEach((input, index) => {
      const [memberId = ''] = records[index]!.memberIds;
      const state = this.members.get(memberId);
      // A customer whose new address joins nobody keeps the contact that it has.
      if (memberId && !state && !created.has(memberId))
        records[index]!.contact ??= this.linker.withoutAddress(input);
      records[index]!.contact ??= linkedContact(input, memberId, state, renames.get(memberId), this.settings);
    });
    return { records, effects };
  }

  private recordOf(input: ContactInput): PlannedRecord<Effect> {
    const record = this.records.get(input) ?? emptyRecord(input);
    this.records.set(input, record);
    return record;
  }

  private collectClaims(): void {
    const last = new Map(this.inputs.map((input) => [input.party.number, input]));
    for (const input of this.inputs) {
      const record = this.recordOf(input);
      if (last.get(input.party.number) !== input) {
        record.notes.push(note('duplicate-record'));
        continue;
      }
      const { emails, notes } = addressesOf(input, this.settings);
      record.notes.push(...notes);
      const link = emails.length > 0 ? this.linker.linkOf(input) : undefined;
      if (link?.reason) record.notes.push(note(link.reason, '', link.memberId));
      if (!link) record.contact = this.linker.withoutAddress(input);
      else if (link.leave) record.contact = deletedContact(input);
      else this.claim(input, record, link.memberId, link.rename);
      for (const email of emails.slice(1)) this.claim(input, record, memberIdOf(email));
    }
  }

  private claim(input: ContactInput, record: PlannedRecord<Effect>, memberId: string, rename?: string): void {
    if (record.memberIds.includes(memberId)) return;
    record.memberIds.push(memberId);
    const claim = this.claims.get(memberId) ?? { memberId, claimants: [] };
    claim.claimants.push(input);
    claim.rename ??= rename;
    this.claims.set(memberId, claim);
  }

  private planContact(claim: Claim): void {
    const state = this.members.get(claim.memberId);
    const carrier = carrierOf(claim, state, this.numbersInRun, this.settings);
    const consent = consentDecision(state?.status, this.settings.optedOutContacts);
    if (consent.do === 'leave') return this.noteAll(claim, consent.reason);
    if (carrier.dormant && !state) {
      for (const claimant of claim.claimants) {
        this.recordOf(claimant).notes.push(note(claimant.party.status as Reason, '', claim.memberId));
      }
      return;
    }
    if (!state && this.settings.unknownContacts === 'leave') return this.noteAll(claim, 'not-in-audience');
    const effects = this.effectsFor(claim, carrier, state);
    const record = this.recordOf(carrier.record);
    record.effects.push(...effects);
    for (const claimant of claim.claimants) {
      if (claimant.party.number === carrier.primaryNumber) continue;
      if (claimant === carrier.record && effects.length > 0) continue;
      this.noteShared(claimant, claim.memberId, carrier.primaryNumber);
    }
  }

  /** Unless something else was already said about this record and this contact. */
  private noteShared(claimant: ContactInput, memberId: string, primaryNumber: string): void {
    const { notes } = this.recordOf(claimant);
    if (notes.some((one) => one.memberId === memberId)) return;
    notes.push(note('shared-address', primaryNumber, memberId));
  }

  private effectsFor(claim: Claim, carrier: Carrier, state: MemberState | undefined): Effect[] {
    const { settings } = this;
    const number = carrier.record.party.number;
    if (state && carrier.dormant && settings.inactiveParties === 'archive' && this.allInactive(claim)) {
      if (mayArchive(state.status)) return [archiveEffect(claim, number, settings)];
      this.noteAll(claim, 'inactive');
      return [];
    }
    const desired = desiredFields(claim, carrier, settings);
    if ('note' in desired) {
      this.noteProblem(claim, carrier, desired.note);
      return [];
    }
    if (!state) return [createEffect(claim, carrier, desired.mergeFields, settings)];
    if (claim.rename) return [renameEffect(claim, carrier, desired.mergeFields, state, settings)];
    return [
      updateEffect(claim, number, desired.mergeFields, state, settings),
      tagEffect(claim, carrier, state, settings),
    ].filter((effect) => effect !== undefined);
  }

  private allInactive(claim: Claim): boolean {
    return claim.claimants.every((claimant) => claimant.party.status === 'inactive');
  }

  /** A contact that cannot be written is everyone's matter who shares it. */
  private noteProblem(claim: Claim, carrier: Carrier, problem: RecordNote): void {
    for (const claimant of claim.claimants) {
      const isOwn = claimant === carrier.record;
      const subject = isOwn ? problem.subject : `${problem.subject} of ${carrier.record.party.number}`;
      this.recordOf(claimant).notes.push({ ...problem, subject });
    }
  }

  private noteAll(claim: Claim, reason: Reason): void {
    for (const claimant of claim.claimants) {
      this.recordOf(claimant).notes.push(note(reason, '', claim.memberId));
    }
  }
}

/**
 * Decides what a run does, from the input and the audience's state alone: no clock, no network, no chance. Plan and
 * Apply both call it, so a dry run shows exactly what an apply does (invariant 7).
 * @param members state by subscriber hash; an address that is missing here is one that the audience does not know
 * @param only plans these members and no others: for contacts that changed between the first read and the write
 */
export const planContacts = (
  inputs: ContactInput[],
  members: ReadonlyMap<string, MemberState>,
  settings: SyncSettings,
  only?: ReadonlySet<string>,
): Plan => new Planner(inputs, members, settings).plan(only);
