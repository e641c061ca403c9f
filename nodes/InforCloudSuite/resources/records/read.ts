import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { ReadOptions } from '../../../../connectors/infor/productLine';
import type { BusinessRecord, RecordKind } from '../../../../sync/record';
import { crossReferenceFieldsIfRead, withCrossReference } from '../../crossReference';
import { emailHome } from '../../emailHome';
import { isParty, linesWith } from './words';

export const simplify: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

const financials: INodeProperties = {
  displayName: 'Include Financial Status',
  name: 'withFinancials',
  type: 'boolean',
  default: false,
  description: 'Whether to read what the financial status needs (customer stop, overdue amount)',
};

const onlyFor = (property: INodeProperties, lines: string[] | undefined): INodeProperties =>
  lines ? { ...property, displayOptions: { show: { productLine: lines } } } : property;

export const withFinancials = onlyFor(financials, linesWith('customer', 'financials'));

/** What Get and Get Many have in common. */
export const readProperties = (kind: RecordKind): INodeProperties[] => [
  ...(isParty(kind) ? [emailHome(kind)] : []),
  ...(kind === 'customer' ? [withFinancials] : []),
  ...(isParty(kind) ? [withCrossReference(kind), crossReferenceFieldsIfRead] : []),
  simplify,
];

export const activeStatuses: INodeProperties = {
  displayName: 'Active Status Codes',
  name: 'activeStatuses',
  type: 'string',
  default: '',
  placeholder: 'e.g. 20',
  description: 'Statuses that mean active, separated by commas; empty for the usual ones',
};

/** @throws ConnectorError SYNC_SETTING when something is entered that is no code: then every record would be inactive */
function codesOf(options: IDataObject): string[] {
  const given = String(options.activeStatuses ?? '');
  const codes = given
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  if (codes.length > 0 || given === '') return codes;
  throw new ConnectorError(
    'SYNC_SETTING',
    '“Active Status Codes” holds no code.',
    'Enter the statuses that mean active, such as 20, or remove the option.',
  );
}

const flag = (node: IExecuteFunctions, name: string, item: number): boolean =>
  node.getNodeParameter(name, item, false) === true;

/** @throws ConnectorError SYNC_SETTING */
export const readOptionsFrom = ({
  options,
  ...flags
}: Omit<ReadOptions, 'activeStatuses'> & { options: IDataObject }): ReadOptions => ({
  ...flags,
  activeStatuses: codesOf(options),
});

export const readOptionsAt = (node: IExecuteFunctions, item: number, options: IDataObject): ReadOptions =>
  readOptionsFrom({
    options,
    emailHome: String(node.getNodeParameter('emailHome', item, '') ?? ''),
    withFinancials: flag(node, 'withFinancials', item),
    withCrossReference: flag(node, 'withCrossReference', item),
  });

/** Simplified: the record without the source's own fields. */
export function toJson(record: BusinessRecord, simplified: boolean): IDataObject {
  const { raw, ...simple } = record;
  return (simplified ? simple : { ...simple, raw }) as unknown as IDataObject;
}

export const isSimplified = (node: IExecuteFunctions, item: number): boolean =>
  node.getNodeParameter('simplify', item, true) !== false;
