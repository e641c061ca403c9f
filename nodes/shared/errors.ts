import {
  NodeApiError,
  NodeOperationError,
  type INode,
  type INodeExecutionData,
  type JsonObject,
} from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';

function fromConnector(
  node: INode,
  error: ConnectorError,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  const options = { message: error.message, description: error.remedy, itemIndex };
  const shown =
    error.status === undefined
      ? new NodeOperationError(node, error.message, options)
      : new NodeApiError(node, {} as JsonObject, { ...options, httpCode: String(error.status) });
  // n8n replaces a message in which it finds a network code such as ECONNREFUSED by one of its own.
  shown.message = error.message;
  return shown;
}

/**
 * An error as n8n shows it: `[CODE] what happened`, the remedy as its description, the item it belongs to. A new error
 * is made each time, because n8n keeps the first of two wrapped ones and drops what the second adds.
 */
export function toNodeError(
  node: INode,
  error: unknown,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  if (error instanceof ConnectorError) return fromConnector(node, error, itemIndex);
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  return new NodeOperationError(node, error as Error, { itemIndex });
}

/** What an item shows instead of its data when the node is set to continue on errors. */
export function errorJson(error: unknown): { error: string; code?: string; remedy?: string } {
  if (!(error instanceof ConnectorError)) return { error: (error as Error).message };
  return { error: error.message, code: error.errorCode, remedy: error.remedy };
}

/**
 * A failed item of a node that continues on errors. `error` beside the JSON is what sends it to the error output; on
 * the regular output n8n would replace the JSON, code and remedy with it, by the bare message.
 */
export function failedItem(node: INode, error: unknown, item: number): INodeExecutionData {
  const plain: INodeExecutionData = { json: errorJson(error), pairedItem: { item } };
  return node.onError === 'continueErrorOutput' ? { ...plain, error: toNodeError(node, error, item) } : plain;
}
