import { planContacts } from '../../../sync/plan.ts';
import type { ContactInput, MemberState, SyncSettings } from '../../../sync/types.ts';
import { input, member, settings } from './world.mts';

/** Which tags a contact gets and loses. */

const EMAIL = 'info@nordicbikes.example';
const BEFORE = ['Account: Delinquent', 'account: old', 'Accountant', 'Account', 'VIP'];

function change(
  inputs: ContactInput[],
  state: Partial<MemberState> = {},
  rest: Partial<SyncSettings> = {},
): { add: string[]; remove: string[] } {
  const known = member(EMAIL, { mergeFields: { FNAME: 'Nordic Bikes AB' }, tags: BEFORE, ...state });
  const { effects } = planContacts(inputs, new Map([known]), settings({ customerNumberField: '', ...rest }));
  const tags = effects.find((effect) => effect.kind === 'tag');
  return { add: tags?.add ?? [], remove: tags?.remove ?? [] };
}

const wants = (add: string[], remove: string[] = [], number = 'Y30000', status = 'active'): ContactInput =>
  input({ number, status: status as 'active' }, { tagsToAdd: add, tagsToRemove: remove });

describe('an entry that ends with *', () => {
  test('takes away all tags that begin so, in any case, but what is to be added', () => {
    expect(change([wants(['Account: Active'], ['Account: *'])])).toEqual({
      add: ['Account: Active'],
      remove: ['Account: Delinquent', 'account: old'],
    });
    expect(change([wants(['ACCOUNT: OLD'], ['account: *'])])).toEqual({
      add: [],
      remove: ['Account: Delinquent'],
    });
  });

  test('that is a lone * is a tag of this name and nothing else', () => {
    expect(change([wants([], ['*'])])).toEqual({ add: [], remove: [] });
    expect(change([wants([], ['*'])], { tags: ['*', 'VIP'] })).toEqual({ add: [], remove: ['*'] });
  });

  test('never goes to Mailchimp itself, also where not all tags of the contact are known', () => {
    expect(change([wants([], ['Account: *', 'Gone'])], { tagsComplete: false })).toEqual({
      add: [],
      remove: ['Account: Delinquent', 'Gone', 'account: old'],
    });
  });
});

describe('a contact that several customers share', () => {
  const active = wants(['Account: Active'], ['Account: *'], 'Y1');
  const onHold = wants(['Account: On Hold'], ['Account: *'], 'Y2');
  const closed = wants(['Account: On Hold'], ['Account: *'], 'Y0', 'inactive');
  const tags = ['Account: On Hold'];

  test('has the tags of all of them, unless it shows but one', () => {
    expect(change([onHold, active], { tags: [] }).add).toEqual(['Account: Active', 'Account: On Hold']);
    expect(change([onHold, active], { tags }, { sharedTags: 'shown' })).toEqual({
      add: ['Account: Active'],
      remove: tags,
    });
  });

  test('does not show a closed customer while it has another one', () => {
    expect(change([closed, active], { tags }, { sharedTags: 'shown' })).toEqual({
      add: ['Account: Active'],
      remove: tags,
    });
  });

  test('that shows a customer who is not in this run keeps its tags, as it keeps its values', () => {
    const shown = { tags, mergeFields: { CUSTNO: 'Y0,Y1', FNAME: 'Other' } };
    const rest = { customerNumberField: 'CUSTNO', sharedTags: 'shown' } as const;
    expect(change([active], shown, rest)).toEqual({ add: [], remove: [] });
    expect(change([active], shown, { ...rest, sharedTags: 'all' }).add).toEqual(['Account: Active']);
  });
});
