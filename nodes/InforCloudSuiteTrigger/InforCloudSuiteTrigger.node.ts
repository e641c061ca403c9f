import {
  NodeConnectionTypes,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
} from 'n8n-workflow';
import { listSearch } from '../InforCloudSuite/methods/listSearch';
import { getFieldNames } from '../InforCloudSuite/methods/loadOptions';
import { toNodeError } from '../shared/errors';
import { ION_CREDENTIAL } from '../shared/ion';
import { properties } from './description';
import { poll } from './poll';

export class InforCloudSuiteTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Infor CloudSuite Trigger',
    name: 'inforCloudSuiteTrigger',
    icon: { light: 'file:../../icons/infor.svg', dark: 'file:../../icons/infor.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["resource"] }}',
    description: 'Starts when records of Infor CloudSuite are new or changed',
    defaults: { name: 'Infor CloudSuite Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: ION_CREDENTIAL, required: true }],
    properties,
  };

  methods = { listSearch, loadOptions: { getFieldNames } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    try {
      const items = await poll(this);
      return items && [items];
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  }
}
