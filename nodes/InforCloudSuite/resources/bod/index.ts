import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { checkedXml, composeParty, type BodHead } from '../../../../connectors/infor/bod/compose';
import { sendBod } from '../../../../connectors/infor/bod/messaging';
import { ConnectorError } from '../../../../connectors/errors';
import type { Gateway } from '../../../../connectors/infor/gateway';
import { fingerprint } from '../../../../sync/fingerprint';
import { readParty } from '../../../../sync/party';
import { textAt } from '../../line';
import type { Operation, Resource } from '../../operation';

const NOUNS = { customer: 'CustomerPartyMaster', supplier: 'SupplierPartyMaster' };

const text = (
  displayName: string,
  name: string,
  usual: string,
  description: string,
  placeholder?: string,
): INodeProperties => ({
  ...{ displayName, name, type: 'string', default: usual, description },
  ...(placeholder ? { placeholder } : {}),
});

const properties: INodeProperties[] = [
  {
    displayName: 'Verb',
    name: 'verb',
    type: 'options',
    options: ['Acknowledge', 'Process', 'Sync'].map((name) => ({ name, value: name })),
    default: 'Sync',
  },
  {
    displayName: 'Content',
    name: 'content',
    type: 'options',
    options: [
      {
        name: 'Party of the Item',
        value: 'party',
        description: 'A customer or supplier, as Get Many gives it',
      },
      { name: 'XML', value: 'xml', description: 'A whole document of any noun' },
    ],
    default: 'party',
  },
  {
    ...text('Noun', 'noun', '', 'Noun of the document', 'e.g. SalesOrder'),
    displayOptions: { show: { content: ['xml'] } },
  },
  {
    ...text('Document', 'xml', '', 'The whole document, its root being verb and noun'),
    typeOptions: { rows: 6 },
    displayOptions: { show: { content: ['xml'] } },
  },
  text(
    'From Logical ID',
    'fromLogicalId',
    'lid://infor.ims.mailchimp',
    'Logical ID of the IMS connection point that the authorized app belongs to',
  ),
  {
    displayName: 'Options',
    name: 'bodOptions',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      text('Accounting Entity', 'accountingEntity', '', 'Such as 100_AAA'),
      text('Location', 'location', '', 'Location of the document'),
      text('Message ID', 'messageId', '', 'Empty for one that follows from execution and content'),
      text(
        'To Logical ID',
        'toLogicalId',
        'lid://default',
        'Where the document goes; ION’s routes decide by default',
      ),
      {
        displayName: 'Way',
        name: 'way',
        type: 'options',
        options: [
          { name: 'Message (JSON)', value: 'message' },
          { name: 'Multipart', value: 'multipart', description: 'For large documents' },
        ],
        default: 'message',
      },
    ],
  },
];

interface Document {
  noun: string;
  xml: string;
}

function ofParty(node: IExecuteFunctions, item: number, head: Omit<BodHead, 'noun'>): Document {
  const party = readParty(node.getInputData()[item]!.json);
  if (!party) {
    throw new ConnectorError(
      'SYNC_INPUT',
      'The item is no customer or supplier.',
      'Connect Get or Get Many of customers or suppliers, or choose “XML” as content.',
    );
  }
  const noun = NOUNS[party.kind];
  return { noun, xml: composeParty({ ...head, noun }, party) };
}

function ofXml(node: IExecuteFunctions, item: number, verb: string): Document {
  const noun = textAt(node, 'noun', item);
  return { noun, xml: checkedXml(textAt(node, 'xml', item), verb, noun) };
}

async function sendOne(node: IExecuteFunctions, gateway: Gateway, item: number): Promise<IDataObject> {
  const options = node.getNodeParameter('bodOptions', item, {}) as IDataObject;
  const option = (name: string, usual: string): string => String(options[name] ?? '').trim() || usual;
  const verb = textAt(node, 'verb', item) || 'Sync';
  const fromLogicalId = textAt(node, 'fromLogicalId', item);
  // The same execution gives the same id, so that ION can tell a repeat of a send whose answer was lost.
  const usualId = fingerprint([node.getExecutionId(), item, node.getInputData()[item]!.json]);
  const messageId = option('messageId', usualId);
  const accountingEntity = option('accountingEntity', '');
  const head = {
    ...{ verb, fromLogicalId, bodId: `infor-nid:${gateway.tenant}:${messageId}` },
    ...{
      creationDateTime: new Date().toISOString(),
      tenantId: gateway.tenant,
      accountingEntityId: accountingEntity,
    },
  };
  const isXml = textAt(node, 'content', item) === 'xml';
  const { noun, xml } = isXml ? ofXml(node, item, verb) : ofParty(node, item, head);
  const message = {
    ...{ documentName: `${verb}.${noun}`, messageId, fromLogicalId, accountingEntity, xml },
    ...{ toLogicalId: option('toLogicalId', 'lid://default'), location: option('location', '') },
  };
  await sendBod(gateway, message, option('way', 'message') === 'multipart' ? 'multipart' : 'message');
  return { documentName: message.documentName, messageId };
}

const send: Operation = {
  value: 'send',
  name: 'Send',
  action: 'Send a BOD',
  description: 'Send a business object document to ION',
  properties,
  execute: async (node, gateway, item) => [await sendOne(node, gateway, item)],
};

export const bod: Resource = { value: 'bod', name: 'BOD', operations: [send] };
