import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Gateway } from '../../connectors/infor/gateway';
import type { M3Settings } from '../../connectors/infor/m3';
import type { ProductLineId } from '../../connectors/infor/registry';
import { referencesAt } from './crossReference';

/** One operation of one resource: how it looks and what it does. */
export interface Operation {
  value: string;
  name: string;
  action: string;
  description: string;
  /** Shown only for this operation. */
  properties: INodeProperties[];
  /** One item's worth of work. @throws ConnectorError */
  execute(node: IExecuteFunctions, gateway: Gateway, itemIndex: number): Promise<IDataObject[]>;
  /** Instead of `execute`, for an operation that takes all items at once; pairs its items itself. */
  executeAll?(node: IExecuteFunctions, gateway: Gateway): Promise<INodeExecutionData[]>;
}

export interface Resource {
  value: string;
  name: string;
  operations: Operation[];
}

export const productLineAt = (node: IExecuteFunctions, itemIndex: number): ProductLineId =>
  node.getNodeParameter('productLine', itemIndex) as ProductLineId;

/** M3 takes a company that is no number for “none given” in a bulk call, which would mean another company. */
function companyAt(node: IExecuteFunctions, itemIndex: number): string {
  const company = String(node.getNodeParameter('company', itemIndex, '') ?? '').trim();
  if (/^\d{0,3}$/.test(company)) return company;
  throw new ConnectorError(
    'SYNC_SETTING',
    '“Company” is not a number of up to three digits.',
    'Enter M3’s company (CONO), such as 100, or leave it empty for the default of the M3 user.',
  );
}

/**
 * @param options the operation's own collection, which may name the types of addresses and contacts
 * @throws ConnectorError SYNC_SETTING
 */
export function settingsAt(
  node: IExecuteFunctions,
  itemIndex: number,
  options: IDataObject = {},
): M3Settings {
  return {
    company: companyAt(node, itemIndex),
    division: String(node.getNodeParameter('division', itemIndex, '') ?? '').trim(),
    emailType: String(options.emailType ?? '04').trim(),
    contactReferenceType: String(options.contactReferenceType ?? '').trim(),
    references: referencesAt(node, itemIndex),
  };
}
