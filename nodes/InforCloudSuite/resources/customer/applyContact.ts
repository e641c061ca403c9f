import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { productLine } from '../../../../connectors/infor/registry';
import { runRow, summary } from '../../../../sync/ledger';
import type { RunContext } from '../../../../sync/types';
import { crossReferenceFields } from '../../crossReference';
import { productLineAt, settingsAt, type Operation } from '../../operation';
import { applyContactChanges } from './contactChanges/run';
import { readChanges } from './contactChanges/readChanges';
import { backSettingsAt } from './contactChanges/settings';
import { backFields } from './contactChanges/fields';
import { commonOptions, emailHome } from './shared';

const [, contactReferenceType, emailType] = commonOptions;

function contextOf(node: IExecuteFunctions, options: IDataObject): RunContext {
  return {
    mode: node.getNodeParameter('mode', 0) as 'plan' | 'apply',
    flow: String(options.flow ?? node.getWorkflow().name ?? ''),
    executionId: node.getExecutionId(),
    audienceId: '',
  };
}

export const applyContact: Operation = {
  value: 'applyContact',
  name: 'Apply Contact Change',
  action: 'Apply contact change to customers',
  description: 'Tell customers what their Mailchimp contact did: preference, address, profile',
  properties: [
    {
      displayName: 'Mode',
      name: 'mode',
      type: 'options',
      noDataExpression: true,
      options: [
        { name: 'Apply', value: 'apply', description: 'Write what the plan says' },
        {
          name: 'Plan',
          value: 'plan',
          description: 'Show what would be written and write nothing (dry run)',
        },
      ],
      default: 'plan',
    },
    emailHome,
    {
      displayName: 'Address Changes',
      name: 'addressChanges',
      type: 'options',
      options: [
        { name: 'Ignore', value: 'ignore' },
        { name: 'Report', value: 'report', description: 'Name the customer, write nothing' },
        { name: 'Update', value: 'update', description: 'Write the new address into its home' },
      ],
      default: 'update',
      description: 'What happens when a contact changed its own address in Mailchimp',
    },
    backFields,
    crossReferenceFields,
    {
      displayName: 'Options',
      name: 'applyOptions',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        contactReferenceType!,
        emailType!,
        {
          displayName: 'Flow Name',
          name: 'flow',
          type: 'string',
          default: '={{ $workflow.name }}',
          description: 'Name of this flow in the ledger rows',
        },
      ],
    },
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const options = node.getNodeParameter('applyOptions', 0, {}) as IDataObject;
    const context = contextOf(node, options);
    const line = productLine(productLineAt(node, 0), gateway, settingsAt(node, 0, options));
    const home = node.getNodeParameter('emailHome', 0) as string;
    const outcomes = await applyContactChanges(line, {
      changes: readChanges(node.getInputData()),
      settings: backSettingsAt(node, home),
      emailHome: home,
      context,
    });
    if (context.mode === 'apply') outcomes[0]?.ledger.push(runRow(outcomes, context));
    if (outcomes.length > 0) {
      const verb = context.mode === 'plan' ? 'Planned, nothing written' : 'Applied';
      node.addExecutionHints({
        message: `${verb}: ${summary(outcomes)}`,
        type: 'info',
        location: 'outputPane',
      });
    }
    return outcomes.map(
      ({ itemIndex, ...outcome }): INodeExecutionData => ({
        json: { mode: context.mode, ...outcome } as unknown as IDataObject,
        pairedItem: { item: itemIndex },
      }),
    );
  },
};
