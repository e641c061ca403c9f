import { addressProblem, memberIdOf } from './email';
import { contactsToFind } from './linked';
import { note } from './note';
import type { ContactInput, MemberState, RecordNote, SyncSettings } from './types';

type AddressSettings = Pick<SyncSettings, 'addresses' | 'audienceId'>;

/** The addresses that stand for a party, and why the others do not. */
export function addressesOf(
  input: ContactInput,
  settings: AddressSettings,
): { emails: string[]; notes: RecordNote[] } {
  const { emails: given } = input.party;
  if (given.length === 0) return { emails: [], notes: [note('no-email')] };
  const judged = given.map((email) => ({ email, problem: addressProblem(email) }));
  const good = judged.filter(({ problem }) => !problem).map(({ email }) => email);
  const problems = judged.flatMap(({ problem }) => (problem ? [note(problem)] : []));
  if (settings.addresses === 'all') return { emails: good, notes: problems };
  return good.length > 0
    ? { emails: good.slice(0, 1), notes: [] }
    : { emails: [], notes: problems.slice(0, 1) };
}

/** Each record's first usable address, by which its cross-reference goes. */
export const firstEmails = (inputs: ContactInput[], settings: AddressSettings): Map<ContactInput, string> =>
  new Map(
    inputs.flatMap((input): Array<[ContactInput, string]> => {
      const [first] = addressesOf(input, settings).emails;
      return first === undefined ? [] : [[input, first]];
    }),
  );

/** The subscriber hashes of everyone in this run: what has to be read before planning. */
export function affectedMembers(inputs: ContactInput[], settings: AddressSettings): string[] {
  return [...new Set(inputs.flatMap((input) => addressesOf(input, settings).emails.map(memberIdOf)))];
}

/** Contact ids to be read after the addresses: contacts whose address CloudSuite, or they themselves, have changed. */
export const affectedContacts = (
  inputs: ContactInput[],
  members: ReadonlyMap<string, MemberState>,
  settings: AddressSettings,
): string[] => contactsToFind(inputs, firstEmails(inputs, settings), members, settings);
