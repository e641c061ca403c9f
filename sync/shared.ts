import type { ContactInput, MemberState, SyncSettings } from './types';

/** One address and everyone who claims it in this run. */
export interface Claim {
  memberId: string;
  claimants: ContactInput[];
  /** The contact's new address, where CloudSuite has changed it. */
  rename?: string;
}

export interface Carrier {
  /** The record whose values and tags the contact shows, and whose effects its writes are. */
  record: ContactInput;
  /** The customer whose values the contact shows; when `record` is another one, its fields are left alone. */
  primaryNumber: string;
  /** All customer numbers of the contact: first the one whose values it shows, then the others in order. */
  numbers: string[];
  /** Every customer of the contact is inactive or preliminary. */
  dormant: boolean;
}

export const NUMBER_SEPARATOR = ',';

export const numbersIn = (value: unknown): string[] =>
  String(value ?? '')
    .split(NUMBER_SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const smallest = (numbers: string[]): string => numbers.reduce((low, next) => (next < low ? next : low));

/**
 * Who carries a contact that several customers share: the active customer with the smallest number, so that every run
 * in any order decides the same. Numbers stored on the contact whose customers are not in this run still count, unless
 * they were passed over when the first of them was chosen; customers of this run that no longer have the address do not.
 * Where the chosen one is not in this run and so cannot give its values, whose values the contact shows stays first.
 */
export function carrierOf(
  claim: Claim,
  state: MemberState | undefined,
  numbersInRun: ReadonlySet<string>,
  settings: SyncSettings,
): Carrier {
  const stored = settings.customerNumberField
    ? numbersIn(state?.mergeFields[settings.customerNumberField])
    : [];
  const [shown = ''] = stored;
  const outside = stored.filter((number) => !numbersInRun.has(number));
  const byNumber = new Map(claim.claimants.map((claimant) => [claimant.party.number, claimant]));
  const active = claim.claimants.filter((claimant) => claimant.party.status === 'active');
  const own = active.length > 0 ? active : claim.claimants;
  const ownSmallest = smallest(own.map((claimant) => claimant.party.number));
  const numbers = [...new Set([...byNumber.keys(), ...outside])].sort();
  const candidates = [
    ...active.map((claimant) => claimant.party.number),
    ...outside.filter((number) => number >= shown),
  ];
  const chosen = candidates.length > 0 ? smallest(candidates) : ownSmallest;
  const first = numbers.includes(shown) ? shown : ownSmallest;
  const primaryNumber = byNumber.has(chosen) ? chosen : first;
  return {
    record: byNumber.get(ownSmallest)!,
    primaryNumber,
    numbers: [primaryNumber, ...numbers.filter((number) => number !== primaryNumber)],
    dormant: active.length + outside.length === 0,
  };
}
