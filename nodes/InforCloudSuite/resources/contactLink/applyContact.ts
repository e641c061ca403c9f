import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { summary } from '../../../../sync/ledger';
import { endOfRun } from '../../../../sync/unfinished';
import { crossReferenceFields } from '../../crossReference';
import { emailHome } from '../../emailHome';
import { openLine, textAt } from '../../line';
import type { Operation } from '../../operation';
import { linesWith, WORDS } from '../records/words';
import { backFields } from './fields';
import { readChanges } from './readChanges';
import { applyContactChanges } from './run';
import { backSettingsAt, contactFieldsOf } from './settings';
import { earlierRows, flowName, unfinishedRuns } from '../../../shared/options';
import { runContextOf } from '../../../shared/runContext';

export const applyContact = (kind: 'customer' | 'supplier'): Operation => ({
  value: 'applyContact',
  name: 'Apply Contact Change',
  action: `Apply contact change to ${WORDS[kind].many}`,
  description: `Tell ${WORDS[kind].many} what their Mailchimp contact did: preference, address, profile`,
  lines: linesWith(kind, 'contactLink'),
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
    emailHome(kind),
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
      options: [earlierRows, flowName, unfinishedRuns],
    },
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const options = node.getNodeParameter('applyOptions', 0, {}) as IDataObject;
    const mode = node.getNodeParameter('mode', 0) as 'plan' | 'apply';
    const context = runContextOf(node, { mode, options, audienceId: '' });
    const { type, line } = openLine(node, gateway, 0, { kind, ability: 'contactLink' });
    const home = textAt(node, 'emailHome', 0);
    const homes = line.homes(kind);
    const addresses = homes.addresses(home);
    const outcomes = await applyContactChanges(homes, {
      changes: readChanges(node.getInputData()),
      settings: backSettingsAt(node, addresses, contactFieldsOf(type, kind, addresses)),
      emailHome: home,
      context,
    });
    if (context.mode === 'apply') outcomes[0]?.ledger.push(...endOfRun(outcomes, context));
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
});
