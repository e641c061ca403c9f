import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ContactChange } from '../../../../sync/contactChangeTypes';
import { readMember } from '../../../../sync/member';
import { sourceIn } from '../../../../sync/source';

const numbersOf = ({ customerNumbers }: IDataObject): string[] =>
  (Array.isArray(customerNumbers) ? customerNumbers.map(String) : [])
    .map((number) => number.trim())
    .filter((number) => number !== '');

/** A replay is about one customer of the contact. */
const concerned = ({ recordNumber }: IDataObject, contactNumbers: string[]): string[] => {
  const one = String(recordNumber ?? '').trim();
  if (one !== '') return [one];
  return contactNumbers.length > 0 ? contactNumbers : [''];
};

function changesOf({ json }: INodeExecutionData, itemIndex: number): ContactChange[] {
  // n8n puts an empty item where a node had nothing to say.
  if (Object.keys(json).length === 0) return [];
  const member = readMember(json.member);
  const base = {
    itemIndex,
    member,
    deletedMemberId: String(json.deletedMemberId ?? ''),
    attempts: Number(json.attempts ?? 0) || 0,
    retryOf: String(json.retryOf ?? ''),
    source: sourceIn(json),
  };
  const contactNumbers = numbersOf(json);
  return concerned(json, contactNumbers).map((number) => ({ ...base, number, contactNumbers }));
}

/** One change for each customer of each contact: a shared address stands for several. */
export const readChanges = (items: INodeExecutionData[]): ContactChange[] => items.flatMap(changesOf);
