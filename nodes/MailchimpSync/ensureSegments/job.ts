import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../../connectors/errors';
import type { NewMergeField } from '../../../connectors/mailchimp/audiences';
import type {
  FieldCondition,
  SegmentDefinition,
  SegmentSettings,
  TagCondition,
} from '../../../sync/segment/types';
import type { Effect, RunContext } from '../../../sync/types';
import { audienceAt } from '../../shared/audience';
import { runContextOf } from '../../shared/runContext';
import { newFieldsAt } from '../newMergeFields';

/** Everything one run of Ensure Segments needs to know. */
export interface SegmentJob {
  definitions: SegmentDefinition[];
  settings: SegmentSettings;
  /** Merge fields to create where the audience lacks them. */
  newMergeFields: NewMergeField[];
  /** What a plan of Sync Contacts, whose items came in, is going to do to the audience; empty when segments are applied. */
  planned: Effect[];
  context: RunContext;
}

const rowsOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);

const fieldCondition = ({ tag, op, value }: IDataObject): FieldCondition => ({
  kind: 'mergeField',
  tag: String(tag ?? ''),
  op: (op ?? 'is') as FieldCondition['op'],
  value,
});

const tagCondition = ({ name, op }: IDataObject): TagCondition => ({
  kind: 'tag',
  name: String(name ?? ''),
  op: (op ?? 'has') as TagCondition['op'],
});

function definitionOf({ name, match, conditions }: IDataObject): SegmentDefinition {
  const { mergeField, tag } = (conditions ?? {}) as IDataObject;
  return {
    name: String(name ?? ''),
    match: match === 'any' ? 'any' : 'all',
    conditions: [...rowsOf(mergeField).map(fieldCondition), ...rowsOf(tag).map(tagCondition)],
  };
}

/** Effects of the items that Sync Contacts gives as a plan for this audience; the second part of a key is the audience. */
function plannedIn(node: IExecuteFunctions, audienceId: string): Effect[] {
  const plans = node.getInputData().filter(({ json }) => json.mode === 'plan');
  const effects = plans.flatMap(({ json }) => rowsOf(json.effects) as unknown as Effect[]);
  return effects.filter(({ key }) => String(key).split(':')[1] === audienceId);
}

/** The table of segments, by the first input item: the node runs once. @throws ConnectorError SYNC_SETTING */
export function readJob(node: IExecuteFunctions): SegmentJob {
  const definitions = rowsOf(node.getNodeParameter('segments.segment', 0, [])).map(definitionOf);
  if (definitions.length === 0) {
    throw new ConnectorError('SYNC_SETTING', 'No segment is defined.', 'Add one under “Segments”.');
  }
  const options = node.getNodeParameter('segmentOptions', 0, {}) as IDataObject;
  const mode = node.getNodeParameter('mode', 0) as 'plan' | 'apply';
  const audienceId = audienceAt(node);
  return {
    definitions,
    settings: {
      existingSegments: options.existingSegments === 'leave' ? 'leave' : 'update',
      createMissingTags: options.createMissingTags !== false,
    },
    newMergeFields: newFieldsAt(node, 0).map(({ tag, name, type }) => ({ tag, name, type })),
    planned: mode === 'plan' ? plannedIn(node, audienceId) : [],
    context: runContextOf(node, { mode, options, audienceId }),
  };
}
