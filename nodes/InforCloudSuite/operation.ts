import type {
  IDataObject,
  IDisplayOptions,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import type { Gateway } from '../../connectors/infor/gateway';

/** One operation of one resource: how it looks and what it does. */
export interface Operation {
  value: string;
  name: string;
  action: string;
  description: string;
  /** Ids of the product lines that offer it; undefined for all. */
  lines?: string[];
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
  /** Ids of the product lines that offer it; undefined for all. */
  lines?: string[];
  operations: Operation[];
}

/** Shown for these product lines only, and wherever the product line is an expression. */
export const shownForLines = (lines?: string[]): { displayOptions?: IDisplayOptions } =>
  lines ? { displayOptions: { show: { productLine: lines } } } : {};
