import type { BackEffect, CustomerState } from '../../../../sync/contactChangeTypes.ts';
import type { CrossReference } from '../../../../sync/crossReference.ts';
import type { Party, PartyStatus } from '../../../../sync/party.ts';
import type { EffectResult } from '../../../../sync/types.ts';
import { party } from '../world.mts';

export interface Customer {
  number: string;
  name: string;
  /** As M3's MAIL: perhaps two addresses. */
  mail: string;
  status: PartyStatus;
  reference: CrossReference;
}

const NOTHING: CrossReference = { audienceId: '', contactId: '', addressHash: '', preference: '' };
const CHANGED: EffectResult = { applied: false, reason: 'changed-in-infor', subject: '' };

const emailsIn = (mail: string): string[] => mail.split(';').filter((email) => email !== '');

/** CloudSuite's side: customers with one text of addresses and a cross-reference. */
export class Erp {
  readonly customers = new Map<string, Customer>();
  /** Writes by us. */
  writes = 0;

  add(number: string, name: string, mail: string): void {
    this.customers.set(number, { number, name, mail, status: 'active', reference: NOTHING });
  }

  parties(): Party[] {
    return [...this.customers.values()].map(({ number, name, mail, status, reference }) =>
      party({ number, name, emails: emailsIn(mail), status, crossReference: reference }),
    );
  }

  states(): Map<string, CustomerState> {
    return new Map(
      [...this.customers.values()].map(({ number, name, mail, reference }) => [
        number,
        {
          fields: { CUNM: name },
          addresses: mail ? [{ key: number, text: mail, emails: emailsIn(mail), fields: {} }] : [],
          crossReference: reference.contactId ? reference : undefined,
        },
      ]),
    );
  }

  refer(number: string, reference: CrossReference): void {
    const customer = this.customers.get(number);
    if (!customer) return;
    customer.reference = reference;
    this.writes += 1;
  }

  /** In the order of the real writes: fields, addresses, cross-references. */
  apply(effects: BackEffect[]): Map<string, EffectResult> {
    const results = new Map<string, EffectResult>();
    const failed = new Set<string>();
    for (const effect of effects) {
      const customer = this.customers.get(effect.recordNumber)!;
      if (effect.kind === 'updateAddress' && customer.mail !== effect.expected) failed.add(customer.number);
      else if (effect.kind === 'updateAddress') this.write(() => (customer.mail = effect.text));
      if (effect.kind === 'updateCustomer') this.write(() => (customer.name = effect.fields.CUNM!));
    }
    for (const effect of effects) {
      const lost = failed.has(effect.recordNumber);
      results.set(effect.key, lost && effect.kind === 'updateAddress' ? CHANGED : { applied: true });
      if (effect.kind !== 'crossReference') continue;
      const { crossReference, fallbackHash } = effect;
      this.refer(
        effect.recordNumber,
        lost ? { ...crossReference, addressHash: fallbackHash } : crossReference,
      );
    }
    return results;
  }

  private write(change: () => void): void {
    change();
    this.writes += 1;
  }
}
