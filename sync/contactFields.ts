import type { BackField, BackSettings, ContactChange, CustomerState } from './contactChangeTypes';
import { entryOf } from './contactLink';
import type { Member } from './member';
import { note } from './note';
import type { RecordNote } from './types';

/** What the merge fields of a contact change of one customer. */
export interface FieldChanges {
  /** Key of the record in its home. */
  entry: string;
  fields: Record<string, string>;
  expected: Record<string, string>;
  notes: RecordNote[];
}

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

/**
 * Fields of a contact that flow back. A contact that several customers share shows the values of the first of them, so
 * only there do they go back; and a value that another of them has was not changed by anybody, but left behind when the
 * contact passed from one to the other.
 * @param states also of the other customers of the contact
 */
export class FieldPlanner {
  constructor(
    private readonly settings: BackSettings,
    private readonly states: ReadonlyMap<string, CustomerState>,
  ) {}

  /** @returns undefined where the customer has no place for them */
  plan(change: ContactChange, member: Member): FieldChanges | undefined {
    const home = this.homeOf(change.number, member);
    if (!home) return undefined;
    const changes: FieldChanges = { entry: home.key, fields: {}, expected: {}, notes: [] };
    const [carrier = change.number] = change.contactNumbers;
    for (const backField of this.settings.fields) {
      const value = mergeText(member, backField.tag);
      const before = home.fields[backField.field] ?? '';
      // An empty value of Mailchimp never empties a field of CloudSuite.
      if (value === '' || value === before.trim()) continue;
      if (carrier !== change.number)
        return { ...changes, notes: [note('shared-address', carrier, member.memberId)] };
      const reason = this.reasonAgainst(backField, value, change, member);
      if (reason) changes.notes.push(note(reason, backField.field, member.memberId));
      else changes.fields[backField.field] = value;
      changes.expected[backField.field] = before;
    }
    return changes;
  }

  private reasonAgainst(
    { field, maxLength }: BackField,
    value: string,
    { number, contactNumbers }: ContactChange,
    member: Member,
  ): RecordNote['reason'] | undefined {
    const others = contactNumbers.filter((other) => other !== number);
    const isKnown = others.some((other) => this.homeOf(other, member)?.fields[field]?.trim() === value);
    if (isKnown) return 'value-of-another';
    return value.length > maxLength ? 'value-too-long' : undefined;
  }

  private homeOf(
    number: string,
    member: Member,
  ): { key: string; fields: Record<string, string> } | undefined {
    const state = this.states.get(number);
    if (!state) return undefined;
    return this.settings.fieldHome === 'entry'
      ? entryOf(member, state)
      : { key: number, fields: state.fields };
  }
}
