import type { IDataObject } from 'n8n-workflow';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import type { SegmentOutcome } from '../../../nodes/MailchimpSync/ensureSegments/run.ts';
import { runNode, type NodeResult, type NodeRun } from '../../support/harness.mts';

/** One audience with contacts and merge fields of every comparable type, and Ensure Segments inside n8n's engine. */
export interface SegmentScene {
  mailchimp: MailchimpSimulator;
  list: string;
  ensure(table: Row[], parameters?: Parameters): Promise<EnsureRun>;
  /** Contact → Sync in the same audience. */
  sync(input: IDataObject[], parameters: IDataObject): Promise<NodeResult>;
  read(operation: 'get' | 'getAll', parameters: IDataObject): Promise<NodeResult>;
  /** Name, match and conditions of every saved segment of the audience, in the order of their ids. */
  saved(): unknown[];
}

export type Row = { name: string; match?: string; conditions?: IDataObject };
type Parameters = {
  mode?: 'plan' | 'apply';
  options?: IDataObject;
  input?: IDataObject[];
  newMergeFields?: IDataObject[];
  onError?: NodeRun['onError'];
};

export interface EnsureRun extends NodeResult {
  done: SegmentOutcome[];
  skipped: SegmentOutcome[];
  attention: SegmentOutcome[];
}

export const MERGE_FIELDS = [
  { tag: 'GROUP', name: 'Group', type: 'text' as const },
  { tag: 'CREDIT', name: 'Credit', type: 'number' as const },
  { tag: 'SINCE', name: 'Since', type: 'date' as const },
  { tag: 'KIND', name: 'Kind', type: 'dropdown' as const, options: { choices: ['Retail', 'Wholesale'] } },
];

const field = (tag: string, op: string, value = ''): IDataObject => ({ tag, op, value });

/** Three segments: two need the tag Overdue, which the audience lacks at first. */
export const TABLE: Row[] = [
  {
    name: 'Overdue Wholesale',
    match: 'all',
    conditions: {
      mergeField: [field('KIND', 'is', 'wholesale'), field('CREDIT', 'greater', '1000')],
      tag: [{ name: 'Overdue', op: 'has' }],
    },
  },
  { name: 'Overdue', match: 'all', conditions: { tag: [{ name: 'overdue', op: 'has' }] } },
  { name: 'New', match: 'any', conditions: { mergeField: [field('SINCE', 'greater', '2026-01-31')] } },
];

export async function startScene(): Promise<SegmentScene> {
  const mailchimp = await startMailchimpSimulator();
  const list = mailchimp.audiences.create({ name: 'Customers', mergeFields: MERGE_FIELDS }).id;
  const credentials = { mailchimpMarketingApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url } };
  const common = { resource: 'segment', audience: { __rl: true, mode: 'id', value: list } };
  return {
    mailchimp,
    list,
    ensure: async (
      table,
      { mode = 'apply', options = {}, input = [{}], newMergeFields = [], ...rest } = {},
    ) => {
      const fields = { newMergeFields: { field: newMergeFields } };
      const parameters = { mode, segments: { segment: table }, segmentOptions: options, ...fields };
      const result = await runNode({
        type: 'mailchimpSync',
        parameters: { ...common, operation: 'ensure', ...parameters },
        input,
        credentials,
        ...rest,
      });
      const [done, skipped, attention] = [0, 1, 2].map((i) =>
        (result.outputs[i] ?? []).map(({ json }) => json as unknown as SegmentOutcome),
      );
      return { ...result, done: done!, skipped: skipped!, attention: attention! };
    },
    sync: (input, parameters) =>
      runNode({
        type: 'mailchimpSync',
        parameters: { ...common, resource: 'contact', operation: 'sync', ...parameters },
        input,
        credentials,
      }),
    read: (operation, parameters) =>
      runNode({ type: 'mailchimpSync', parameters: { ...common, operation, ...parameters }, credentials }),
    saved: () =>
      [...mailchimp.audiences.get(list)!.segments.values()]
        .filter(({ rule }) => rule)
        .map(({ name, rule }) => [name, rule]),
  };
}

export const row = (name: string, op: string, value: string, tag = 'GROUP'): Row => ({
  name,
  match: 'all',
  conditions: { mergeField: [{ tag, op, value }] },
});

/** Two subscribed contacts and one who unsubscribed. */
export async function startFilledScene(): Promise<SegmentScene> {
  const scene = await startScene();
  const add = (name: string, mergeFields: Record<string, string | number>) =>
    scene.mailchimp.audiences.addMember(scene.list, { email: `${name}@shop.example`, mergeFields });
  add('a', { KIND: 'Wholesale', CREDIT: 5000, SINCE: '2026-03-01' });
  add('b', { KIND: 'Wholesale', CREDIT: 900, GROUP: 'North' });
  add('c', { SINCE: '2026-02-01' });
  scene.mailchimp.audiences.unsubscribe(scene.list, 'c@shop.example');
  return scene;
}
