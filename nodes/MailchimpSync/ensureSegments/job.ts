import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../../connectors/errors';
import type {
  FieldCondition,
  SegmentDefinition,
  SegmentSettings,
  TagCondition,
} from '../../../sync/segment/types';
import type { RunContext } from '../../../sync/types';
import { audienceAt } from '../../shared/audience';
import { runContextOf } from '../../shared/runContext';

/** Everything one run of Ensure Segments needs to know. */
export interface SegmentJob {
  definitions: SegmentDefinition[];
  settings: SegmentSettings;
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

/** The table of segments, by the first input item: the node runs once. @throws ConnectorError SYNC_SETTING */
export function readJob(node: IExecuteFunctions): SegmentJob {
  const definitions = rowsOf(node.getNodeParameter('segments.segment', 0, [])).map(definitionOf);
  if (definitions.length === 0) {
    throw new ConnectorError('SYNC_SETTING', 'No segment is defined.', 'Add one under “Segments”.');
  }
  const options = node.getNodeParameter('segmentOptions', 0, {}) as IDataObject;
  const mode = node.getNodeParameter('mode', 0) as 'plan' | 'apply';
  return {
    definitions,
    settings: {
      existingSegments: options.existingSegments === 'leave' ? 'leave' : 'update',
      createMissingTags: options.createMissingTags !== false,
    },
    context: runContextOf(node, { mode, options, audienceId: audienceAt(node) }),
  };
}
