import type { IDataObject, IExecuteFunctions, INodeExecutionData, ResourceMapperValue } from 'n8n-workflow';
import type { NewMergeField } from '../../../connectors/mailchimp/audiences';
import { readParty } from '../../../sync/party';
import { sourceIn } from '../../../sync/source';
import type { ContactInput } from '../../../sync/types';
import { audienceAt } from '../../shared/audience';
import { runContextOf } from '../../shared/runContext';
import { checkedTag, newFieldsAt } from '../newMergeFields';
import type { SyncJob } from './job';

export interface ReadJob {
  job: SyncJob;
  /** Indices of items that are no party. */
  strangers: number[];
}

const DEFAULTS = {
  addresses: 'first',
  customerNumberField: 'CUSTNO',
  emptyValues: 'keep',
  inactiveParties: 'keep',
  maxContacts: 50,
  memberOwnedFields: '',
  maxSharePercent: 2,
  optedOutContacts: 'leave',
  sharedTags: 'all',
  unknownContacts: 'create',
};

const tagsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((tag) => tag.trim());

/**
 * The mapping's values for one item. Asked for as a whole, because n8n checks types when asked for `.value` alone and
 * then stops the run at the first bad row; here a bad value is one record's matter.
 */
function mappedAt(node: IExecuteFunctions, index: number, json: IDataObject): Record<string, unknown> {
  const mapper = node.getNodeParameter('mergeFields', index, {}) as unknown as Partial<ResourceMapperValue>;
  if (mapper.mappingMode !== 'autoMapInputData') return { ...mapper.value };
  const tags = (mapper.schema ?? []).map(({ id }) => id);
  return Object.fromEntries(tags.filter((tag) => tag in json).map((tag) => [tag, json[tag]]));
}

function contactAt(
  node: IExecuteFunctions,
  index: number,
  item: INodeExecutionData,
): ContactInput | undefined {
  const party = readParty(item.json);
  if (!party) return undefined;
  const extra = newFieldsAt(node, index).map(({ tag, value }) => [tag, value]);
  return {
    itemIndex: index,
    party,
    mapped: { ...mappedAt(node, index, item.json), ...Object.fromEntries(extra) },
    tagsToAdd: tagsOf(node.getNodeParameter('tagsToAdd', index, '')),
    tagsToRemove: tagsOf(node.getNodeParameter('options.tagsToRemove', index, '')),
    attempts: Number(item.json.attempts ?? 0) || 0,
    retryOf: String(item.json.retryOf ?? ''),
    source: sourceIn(item.json),
  };
}

function newMergeFields(node: IExecuteFunctions, customerNumberField: string): NewMergeField[] {
  const fields = newFieldsAt(node, 0).map(({ tag, name, type }) => ({ tag, name, type }));
  if (!customerNumberField || fields.some(({ tag }) => tag === customerNumberField)) return fields;
  return [...fields, { tag: customerNumberField, name: 'Customer number', type: 'text' }];
}

function inputsOf(node: IExecuteFunctions): { inputs: ContactInput[]; strangers: number[] } {
  const strangers: number[] = [];
  const inputs = node.getInputData().flatMap((item, index) => {
    // n8n puts an empty item where a node had nothing to say.
    if (Object.keys(item.json).length === 0) return [];
    const contact = contactAt(node, index, item);
    if (!contact) strangers.push(index);
    return contact ?? [];
  });
  return { inputs, strangers };
}

/** Everything that the node's parameters and items say. @throws ConnectorError SYNC_SETTING */
export function readJob(node: IExecuteFunctions): ReadJob {
  const given = node.getNodeParameter('options', 0, {}) as IDataObject;
  const options = { ...DEFAULTS, ...given } as typeof DEFAULTS & { flow?: string };
  const audienceId = audienceAt(node, 0);
  const customerNumberField = options.customerNumberField && checkedTag(options.customerNumberField);
  const { inputs, strangers } = inputsOf(node);
  const settings = {
    audienceId,
    newContactStatus: node.getNodeParameter('newContactStatus', 0, 'subscribed'),
    customerNumberField,
    addresses: options.addresses,
    unknownContacts: options.unknownContacts,
    inactiveParties: options.inactiveParties,
    optedOutContacts: options.optedOutContacts,
    sharedTags: options.sharedTags,
    emptyValues: options.emptyValues,
    memberOwnedFields: tagsOf(options.memberOwnedFields).filter(Boolean).map(checkedTag),
  } as SyncJob['settings'];
  const job: SyncJob = {
    inputs,
    settings,
    newMergeFields: newMergeFields(node, customerNumberField),
    limits: { maxContacts: Number(options.maxContacts), maxShare: Number(options.maxSharePercent) / 100 },
    context: runContextOf(node, {
      mode: node.getNodeParameter('mode', 0) as 'plan' | 'apply',
      options: given,
      audienceId,
    }),
  };
  return { job, strangers };
}
