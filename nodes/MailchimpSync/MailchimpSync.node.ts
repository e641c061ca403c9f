import {
  NodeConnectionTypes,
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { notAParty } from '../../sync/outcome';
import type { RecordOutcome } from '../../sync/types';
import { searchAudiences } from '../shared/audience';
import { failedItem, toNodeError } from '../shared/errors';
import { mailchimpOf } from '../shared/mailchimp';
import { transactionalOf } from '../shared/transactional';
import { properties } from './description';
import { credentials } from './description/credentials';
import { ensureSegments } from './ensureSegments';
import { markBounced } from './markBounced';
import { currentOrders } from './reads/currentOrders';
import { readMessages } from './readMessage';
import { readResource } from './reads/resources';
import { runReads } from './reads/run';
import { searchStores } from '../shared/store';
import { isContactRead, readContacts } from './readContacts';
import { getMergeFields } from './methods';
import { readJob } from './syncContacts/readJob';
import { syncContacts } from './syncContacts/run';
import { tellRun } from './tellRun';

const OUTPUTS = ['done', 'skipped', 'attention'] as const;

function toItem(
  { itemIndex, ...outcome }: RecordOutcome,
  input: INodeExecutionData[],
  mode: string,
): INodeExecutionData {
  const json = { mode, name: input[itemIndex]?.json.name ?? '', ...outcome };
  return { json: json as unknown as IDataObject, pairedItem: { item: itemIndex } };
}

async function sync(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const { job, strangers } = readJob(node);
  const run = await syncContacts(await mailchimpOf(node), job);
  const outcomes = [...run.outcomes, ...strangers.map((index) => notAParty(index, job.context))];
  outcomes.sort((a, b) => a.itemIndex - b.itemIndex);
  const { mode } = job.context;
  tellRun(node, outcomes, run, job.context);
  const input = node.getInputData();
  return OUTPUTS.map((name) =>
    outcomes.filter(({ outcome }) => outcome === name).map((outcome) => toItem(outcome, input, mode)),
  );
}

export class MailchimpSync implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Mailchimp Sync',
    name: 'mailchimpSync',
    icon: { light: 'file:../../icons/mailchimpSync.svg', dark: 'file:../../icons/mailchimpSync.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle:
      '={{ !["sync", "ensure"].includes($parameter["operation"]) ? $parameter["operation"] : $parameter["mode"] === "apply" ? "Apply" : "Plan (dry run)" }}',
    description: 'Bring customers into a Mailchimp audience and keep every consent as it is',
    defaults: { name: 'Mailchimp Sync' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
    outputNames: ['Done', 'Skipped', 'Needs attention'],
    credentials,
    properties,
  };

  methods = {
    listSearch: { searchAudiences, searchStores },
    resourceMapping: { getMergeFields },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    try {
      const named = this.getNodeParameter('resource', 0, 'contact') as string;
      if (named === 'message') return [await readMessages(this, await transactionalOf(this)), [], []];
      const resource = readResource(named);
      if (resource && this.getNodeParameter('operation', 0) === 'getCurrent')
        return [await currentOrders(this, await mailchimpOf(this)), [], []];
      if (resource && this.getNodeParameter('operation', 0) === 'ensure')
        return await ensureSegments(this, await mailchimpOf(this));
      if (resource) return [await runReads(this, await mailchimpOf(this), resource), [], []];
      const operation = this.getNodeParameter('operation', 0, 'sync') as string;
      if (operation === 'markBounced') return await markBounced(this, await mailchimpOf(this));
      if (!isContactRead(operation)) return await sync(this);
      return [await readContacts(this, await mailchimpOf(this), operation), [], []];
    } catch (error) {
      // Nothing is half known here: troubles of single records are outcomes, this one stopped the run.
      if (!this.continueOnFail()) throw toNodeError(this.getNode(), error);
      const runsOnce = this.getNodeParameter('operation', 0, 'sync') === 'ensure';
      const failed = this.getInputData().slice(0, runsOnce ? 1 : undefined);
      return [[], [], failed.map((_, item) => failedItem(this.getNode(), error, item))];
    }
  }
}
