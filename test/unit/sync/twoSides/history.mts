import { affectedContacts, affectedMembers } from '../../../../sync/addresses.ts';
import { mayRename } from '../../../../sync/consent.ts';
import { planContactChanges } from '../../../../sync/contactChange.ts';
import type { BackSettings, ContactChange } from '../../../../sync/contactChangeTypes.ts';
import { settle } from '../../../../sync/outcome.ts';
import { planContacts } from '../../../../sync/plan.ts';
import { numbersIn } from '../../../../sync/shared.ts';
import type { Effect, EffectResult, Plan, SyncSettings } from '../../../../sync/types.ts';
import { input, settings as baseSettings } from '../world.mts';
import { Audience, AUDIENCE, type Contact } from './audience.mts';
import { Erp } from './erp.mts';

export interface Rules {
  newContactStatus: SyncSettings['newContactStatus'];
  inactiveParties: SyncSettings['inactiveParties'];
  optedOutContacts: SyncSettings['optedOutContacts'];
  addressChanges: BackSettings['addressChanges'];
  /** People may edit their name in Mailchimp, and CloudSuite gets it. */
  nameIsTheirs: boolean;
  /** Whether the sync leaves the name to the person; usually wherever it flows back. */
  nameOwned?: boolean;
}

/** What Mailchimp says happened; the contact itself is read when the event is handled. */
export interface Told {
  email: string;
  numbers: string[];
  deletedMemberId: string;
}

const OPTED_OUT = new Set(['unsubscribed', 'cleaned', 'archived']);
const CONTEXT = {
  mode: 'apply' as const,
  flow: 'f',
  executionId: '1',
  workflowId: 'w',
  link: '',
  audienceId: AUDIENCE,
};
const UNAVAILABLE: EffectResult = { applied: false, reason: 'mailchimp-unavailable', subject: '' };

/** Both systems and what runs between them, as the templates put it together. */
export class TwoSides {
  readonly audience = new Audience();
  readonly erp = new Erp();
  readonly violations: string[] = [];
  private readonly settings: SyncSettings;
  private readonly back: BackSettings;

  constructor(rules: Rules) {
    const { addressChanges, nameIsTheirs, nameOwned = nameIsTheirs, ...rest } = rules;
    const memberOwnedFields = nameOwned ? ['FNAME'] : [];
    this.settings = baseSettings({ ...rest, memberOwnedFields, audienceId: AUDIENCE });
    const fields = nameIsTheirs ? [{ tag: 'FNAME', field: 'CUNM', maxLength: 36 }] : [];
    this.back = { addressChanges, maxAddressLength: 50, fieldHome: 'customer', fields };
  }

  get writes(): number {
    return this.audience.writes + this.erp.writes;
  }

  /** Customers to the audience, then their cross-references (template 01). @param fails effects that do not get through */
  forth(numbers?: ReadonlySet<string>, fails: (effect: Effect) => boolean = () => false): void {
    const inputs = this.erp
      .parties()
      .filter(({ number }) => !numbers || numbers.has(number))
      .map((one) => input(one, { party: one, mapped: { FNAME: one.name } }));
    const byAddress = this.audience.read(affectedMembers(inputs, this.settings), []);
    const contactIds = affectedContacts(inputs, byAddress, this.settings);
    const members = new Map([...byAddress, ...this.audience.read([], contactIds)]);
    const plan = planContacts(inputs, members, this.settings);
    this.judge(plan);
    const results = new Map(
      plan.effects.map((effect) => [effect.key, fails(effect) ? UNAVAILABLE : this.audience.apply(effect)]),
    );
    for (const { number, crossReference } of settle(plan, results, CONTEXT))
      if (crossReference) this.erp.refer(number, crossReference);
  }

  /**
   * Contacts to their customers (templates 02 and 03): the state as it is now, whatever the events said.
   * @returns the keys of the effects
   */
  backTo(told: Told[]): string[] {
    const changes = told.flatMap(({ email, numbers, deletedMemberId }, itemIndex): ContactChange[] => {
      const contact = this.audience.byEmail(email);
      const member = contact && this.audience.member(contact);
      const own = member ? numbersIn(member.mergeFields.CUSTNO) : numbers;
      const base = {
        itemIndex,
        member,
        deletedMemberId: member ? '' : deletedMemberId,
        attempts: 0,
        retryOf: '',
      };
      return (own.length > 0 ? own : ['']).map((number) => ({ ...base, number, contactNumbers: own }));
    });
    const plan = planContactChanges(changes, this.erp.states(), this.back);
    this.erp.apply(plan.effects);
    return plan.effects.map(({ key }) => key);
  }

  /** Every contact, as the sweep lists them. */
  sweep(): void {
    this.backTo([...this.audience.contacts.values()].map((contact) => this.tell(contact)));
  }

  tell({ email, mergeFields }: Contact): Told {
    return { email, numbers: numbersIn(mergeFields.CUSTNO), deletedMemberId: '' };
  }

  /** Nobody who opted out, was archived or deleted comes back, under the old address or a new one. */
  private judge({ records, effects }: Plan): void {
    for (const effect of effects) {
      if (effect.kind !== 'create' && 'status' in effect) this.violations.push('status of a known contact');
      if (effect.kind !== 'rename') continue;
      const contact = this.audience.contacts.get(effect.contactId);
      if (!contact || !mayRename(contact.status)) this.violations.push(`renamed ${contact?.status}`);
    }
    for (const record of records) {
      const stored = this.erp.customers.get(record.number)?.reference;
      if (!stored?.contactId || stored.audienceId !== AUDIENCE) continue;
      const contact = this.audience.contacts.get(stored.contactId);
      const gone = !contact || OPTED_OUT.has(contact.status);
      const creates = record.effects.some(({ kind }) => kind === 'create');
      if (gone && creates) this.violations.push(`created instead of ${contact?.status ?? 'deleted'}`);
    }
  }
}
