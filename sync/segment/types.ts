import type { MergeFieldDefinition } from '../memberState';
import type { AnyEffect, Plan, PlannedRecord } from '../types';

export const FIELD_OPS = [
  'is',
  'isNot',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'greater',
  'less',
  'blank',
  'notBlank',
] as const;
export type FieldOp = (typeof FIELD_OPS)[number];

export interface FieldCondition {
  kind: 'mergeField';
  /** Merge tag. */
  tag: string;
  op: FieldOp;
  /** As the user gave it, not yet typed; unused by `blank` and `notBlank`. */
  value: unknown;
}

export interface TagCondition {
  kind: 'tag';
  name: string;
  op: 'has' | 'hasNot';
}

/** The segment that the user wants. Mailchimp has no condition on a contact's status: segments count subscribed ones. */
export interface SegmentDefinition {
  name: string;
  match: 'any' | 'all';
  conditions: Array<FieldCondition | TagCondition>;
}

/** A condition as the Marketing API has it, of the types that this package writes. */
export interface ApiCondition {
  condition_type: 'TextMerge' | 'SelectMerge' | 'DateMerge' | 'StaticSegment';
  field: string;
  op: string;
  value?: string | number;
}

/** `options` of a saved segment as the API takes it. */
export interface ApiRule {
  match: 'any' | 'all';
  conditions: ApiCondition[];
}

export interface Tag {
  /** Of the static segment that the tag is. */
  id: number;
  name: string;
}

/** A saved segment as the audience has it. */
export interface SavedSegment {
  id: number;
  name: string;
  /** Subscribed contacts in it; Mailchimp may refresh it late. */
  memberCount: number;
  /** ISO 8601; '' when Mailchimp did not tell. */
  createdAt: string;
  match: string;
  /** Perhaps of types that this package does not write. */
  conditions: Array<Record<string, unknown>>;
}

/** What the planner needs to know about the audience. */
export interface SegmentAudience {
  id: string;
  mergeFields: MergeFieldDefinition[];
  segments: SavedSegment[];
  tags: Tag[];
}

export interface SegmentSettings {
  /** What happens to a segment of the same name with other conditions. */
  existingSegments: 'update' | 'leave';
  createMissingTags: boolean;
}

/** A condition whose field or tag was found and whose value fits; its value is typed. */
export type CheckedCondition =
  | {
      kind: 'mergeField';
      fieldType: 'text' | 'number' | 'choice' | 'date';
      tag: string;
      op: FieldOp;
      /** '' where the operator needs none; a date as YYYY-MM-DD. */
      value: string;
    }
  /** `id` is undefined for a tag that does not exist yet. */
  | { kind: 'tag'; name: string; id: number | undefined; op: TagCondition['op'] };

export interface CheckedRule {
  match: 'any' | 'all';
  conditions: CheckedCondition[];
}

/** One write to the audience: a saved segment, or a tag that one of its conditions needs. */
export interface SegmentEffect extends AnyEffect {
  kind: 'segment';
  action: 'create' | 'update' | 'createTag';
  /** Of the segment, or of the tag. */
  name: string;
  /** Of the segment that is updated. */
  segmentId?: number;
  /** None for a tag. */
  rule?: CheckedRule;
}

export interface SegmentRecord extends PlannedRecord<SegmentEffect> {
  name: string;
  /** Undefined where the definition cannot be used. */
  rule: CheckedRule | undefined;
  /** The audience's segment of this name, the oldest where there are several. */
  existing: SavedSegment | undefined;
  /** Ids of younger segments of the same name. */
  sameNameIds: number[];
}

export interface SegmentPlan extends Plan<SegmentEffect> {
  records: SegmentRecord[];
}
