import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import type { Gateway } from '../../connectors/infor/gateway';
import { failedItem, toNodeError } from '../shared/errors';
import { gatewayOf, ION_CREDENTIAL } from '../shared/ion';
import { propertiesOf } from './description';
import * as loadOptions from './methods/loadOptions';
import { listSearch } from './methods/listSearch';
import type { Operation } from './operation';
import { bod } from './resources/bod';
import { m3Transaction } from './resources/m3Transaction';
import { rawResources } from './resources/raw';
import { receivable } from './resources/receivable';
import { RECORDS } from './resources/records';
import { system } from './resources/system';

const RESOURCES = [...RECORDS, bod, receivable, m3Transaction, ...rawResources, system];

function operationOf(node: IExecuteFunctions): Operation {
  const resource = RESOURCES.find(({ value }) => value === node.getNodeParameter('resource', 0))!;
  return resource.operations.find(({ value }) => value === node.getNodeParameter('operation', 0))!;
}

/** The one place that goes through the items and turns errors into n8n's. */
async function eachItem(
  node: IExecuteFunctions,
  gateway: Gateway,
  operation: Operation,
): Promise<INodeExecutionData[]> {
  const output: INodeExecutionData[] = [];
  for (let item = 0; item < node.getInputData().length; item++) {
    try {
      const records = await operation.execute(node, gateway, item);
      for (const json of records) output.push({ json, pairedItem: { item } });
    } catch (error) {
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, item);
      output.push(failedItem(node.getNode(), error, item));
    }
  }
  return output;
}

export class InforCloudSuite implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Infor CloudSuite',
    name: 'inforCloudSuite',
    icon: { light: 'file:../../icons/infor.svg', dark: 'file:../../icons/infor.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Read and write records of Infor CloudSuite: M3 and the other product lines',
    defaults: { name: 'Infor CloudSuite' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: ION_CREDENTIAL, required: true }],
    properties: propertiesOf(RESOURCES),
  };

  methods = {
    listSearch,
    loadOptions: { ...loadOptions },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    try {
      const operation = operationOf(this);
      const gateway = await gatewayOf(this);
      return [await (operation.executeAll?.(this, gateway) ?? eachItem(this, gateway, operation))];
    } catch (error) {
      if (!this.continueOnFail()) throw toNodeError(this.getNode(), error);
      return [this.getInputData().map((_, item) => failedItem(this.getNode(), error, item))];
    }
  }
}
