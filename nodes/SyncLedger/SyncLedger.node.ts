import {
  NodeConnectionTypes,
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { auditRows } from '../../sync/audit/rows';
import { failedItem, toNodeError } from '../shared/errors';
import { getHistory, getReport } from './answers';
import { properties } from './description';

export class SyncLedger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Sync Ledger',
    name: 'syncLedger',
    icon: { light: 'file:../../icons/syncLedger.svg', dark: 'file:../../icons/syncLedger.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] }}',
    description: 'Tell from the ledger what happened between Infor CloudSuite and Mailchimp',
    defaults: { name: 'Sync Ledger' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    properties,
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    try {
      const input = this.getInputData();
      const rows = auditRows(input.map(({ json }) => json));
      const asked = this.getNodeParameter('operation', 0) as string;
      const json = asked === 'getReport' ? getReport(this, rows) : getHistory(this, rows);
      return [[{ json: json as IDataObject, pairedItem: input.map((_, item) => ({ item })) }]];
    } catch (error) {
      if (!this.continueOnFail()) throw toNodeError(this.getNode(), error);
      return [[failedItem(this.getNode(), error, 0)]];
    }
  }
}
