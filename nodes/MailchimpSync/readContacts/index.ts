import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { getContact, listChangedContacts } from '../../../connectors/mailchimp/contacts';
import { ConnectorError } from '../../../connectors/errors';
import { readFrom } from '../../../sync/cursor';
import { memberIdOf } from '../../../sync/email';
import { readMember, type Member } from '../../../sync/member';
import { numbersIn } from '../../../sync/shared';
import { failedItem, toNodeError } from '../../shared/errors';
import { audienceAt } from '../../shared/audience';

const DEFAULT_OVERLAP_MINUTES = 60;

const numberField = (node: IExecuteFunctions, item: number): string =>
  String(node.getNodeParameter('contactOptions.customerNumberField', item, 'CUSTNO') ?? '')
    .trim()
    .toUpperCase();

/** The same JSON as the trigger's, so that events and sweeps feed one workflow. */
interface ContactJson extends IDataObject {
  event: null;
  member: IDataObject | null;
  customerNumbers: string[];
  deletedMemberId: '';
}

const contactJson = (member: Member | undefined, field: string): ContactJson => ({
  event: null,
  member: (member ?? null) as unknown as IDataObject | null,
  customerNumbers: numbersIn(member?.mergeFields[field]),
  deletedMemberId: '',
});

async function get(node: IExecuteFunctions, mailchimp: Mailchimp, item: number): Promise<IDataObject[]> {
  const key = String(node.getNodeParameter('contact', item, '') ?? '').trim();
  if (!key) {
    throw new ConnectorError(
      'SYNC_SETTING',
      'No contact is named.',
      'Enter its address, its subscriber hash or its contact ID.',
    );
  }
  const id = key.includes('@') ? memberIdOf(key) : key;
  const contact = await getContact(mailchimp, audienceAt(node, item), id);
  return [contactJson(readMember(contact), numberField(node, item))];
}

function sinceAt(node: IExecuteFunctions, item: number): string {
  const overlap = Number(
    node.getNodeParameter('contactOptions.overlapMinutes', item, DEFAULT_OVERLAP_MINUTES),
  );
  const from = readFrom(String(node.getNodeParameter('changedSince', item, '') ?? ''), Math.max(0, overlap));
  if (from === undefined) {
    throw new ConnectorError(
      'SYNC_SETTING',
      '“Changed Since” is neither a cursor nor a date.',
      'Use the cursor of an earlier run, or a date such as 2026-01-31. Leave it empty for all contacts.',
    );
  }
  return from && new Date(Number(from)).toISOString();
}

async function getAll(node: IExecuteFunctions, mailchimp: Mailchimp, item: number): Promise<IDataObject[]> {
  const field = numberField(node, item);
  const { contacts, cursor } = await listChangedContacts(
    mailchimp,
    audienceAt(node, item),
    sinceAt(node, item),
  );
  const withCustomer = node.getNodeParameter('contactOptions.onlyWithCustomer', item, false) as boolean;
  const found = contacts
    .map(readMember)
    .filter((member) => member !== undefined)
    .map((member) => ({ ...contactJson(member, field), cursor }))
    .filter(({ customerNumbers }) => !withCustomer || customerNumbers.length > 0);
  // Also where nothing changed, the next read has to know where to begin.
  return found.length > 0 ? found : [{ ...contactJson(undefined, field), cursor }];
}

const OPERATIONS = { get, getAll };

export const isContactRead = (operation: string): operation is keyof typeof OPERATIONS =>
  operation in OPERATIONS;

/** Contact → Get and Get Many, item by item. */
export async function readContacts(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
  operation: keyof typeof OPERATIONS,
): Promise<INodeExecutionData[]> {
  const output: INodeExecutionData[] = [];
  for (let item = 0; item < node.getInputData().length; item++) {
    try {
      const contacts = await OPERATIONS[operation](node, mailchimp, item);
      for (const json of contacts) output.push({ json, pairedItem: { item } });
    } catch (error) {
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, item);
      output.push(failedItem(node.getNode(), error, item));
    }
  }
  return output;
}
