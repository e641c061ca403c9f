import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Gateway } from '../../connectors/infor/gateway';
import type { M3Settings } from '../../connectors/infor/m3';
import type { ProductLineId } from '../../connectors/infor/registry';

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

/** @param options the operation's own collection, which may name the type of e-mail entries */
export function settingsAt(
  node: IExecuteFunctions,
  itemIndex: number,
  options: IDataObject = {},
): M3Settings {
  return {
    company: String(node.getNodeParameter('company', itemIndex, '') ?? '').trim(),
    division: String(node.getNodeParameter('division', itemIndex, '') ?? '').trim(),
    emailType: String(options.emailType ?? '04'),
  };
}
