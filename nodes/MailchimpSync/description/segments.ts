import type { INodeProperties } from 'n8n-workflow';
import { audienceProperty } from '../../shared/audience';
import { earlierRows, flowName, unfinishedRuns } from '../../shared/options';
import { modeProperty } from './mode';
import { segmentMergeFields } from './newMergeFields';
import { forEnsure, forSegments } from './shownFor';

const fieldCondition: INodeProperties[] = [
  {
    displayName: 'Merge Tag',
    name: 'tag',
    type: 'string',
    default: '',
    placeholder: 'e.g. CUSTNO',
    description: 'Tag of a merge field of type text, number, date, radio buttons or drop down',
  },
  {
    displayName: 'Operator',
    name: 'op',
    type: 'options',
    options: [
      { name: 'Contains', value: 'contains', description: 'Text and choices' },
      { name: 'Does Not Contain', value: 'notContains', description: 'Text and choices' },
      { name: 'Ends With', value: 'endsWith', description: 'Text' },
      { name: 'Is', value: 'is' },
      { name: 'Is Empty', value: 'blank' },
      { name: 'Is Greater or Later Than', value: 'greater', description: 'Numbers and dates' },
      { name: 'Is Less or Earlier Than', value: 'less', description: 'Numbers and dates' },
      { name: 'Is Not', value: 'isNot', description: 'Fits contacts without a value, too' },
      { name: 'Is Not Empty', value: 'notBlank' },
      { name: 'Starts With', value: 'startsWith', description: 'Text' },
    ],
    default: 'is',
  },
  {
    displayName: 'Value',
    name: 'value',
    type: 'string',
    displayOptions: { hide: { op: ['blank', 'notBlank'] } },
    default: '',
    placeholder: 'e.g. Wholesale',
    description: 'A date as 2026-01-31',
  },
];

const tagCondition: INodeProperties[] = [
  {
    displayName: 'Tag Name',
    name: 'name',
    type: 'string',
    default: '',
    placeholder: 'e.g. Overdue',
  },
  {
    displayName: 'Operator',
    name: 'op',
    type: 'options',
    options: [
      { name: 'Does Not Have the Tag', value: 'hasNot' },
      { name: 'Has the Tag', value: 'has' },
    ],
    default: 'has',
  },
];

const segmentTable: INodeProperties = {
  displayName: 'Segments',
  name: 'segments',
  type: 'fixedCollection',
  displayOptions: forEnsure,
  typeOptions: { multipleValues: true },
  placeholder: 'Add Segment',
  description:
    'Saved segments that the audience should have. The node runs once, however many items come in.',
  default: {},
  options: [
    {
      displayName: 'Segment',
      name: 'segment',
      values: [
        {
          displayName: 'Name',
          name: 'name',
          type: 'string',
          default: '',
          placeholder: 'e.g. Overdue Wholesale',
        },
        {
          displayName: 'Match',
          name: 'match',
          type: 'options',
          options: [
            { name: 'All Conditions', value: 'all' },
            { name: 'Any Condition', value: 'any' },
          ],
          default: 'all',
        },
        {
          displayName: 'Conditions',
          name: 'conditions',
          type: 'fixedCollection',
          typeOptions: { multipleValues: true },
          placeholder: 'Add Condition',
          default: {},
          options: [
            { displayName: 'Merge Field', name: 'mergeField', values: fieldCondition },
            { displayName: 'Tag', name: 'tag', values: tagCondition },
          ],
        },
      ],
    },
  ],
};

const options: INodeProperties = {
  displayName: 'Options',
  name: 'segmentOptions',
  type: 'collection',
  placeholder: 'Add Option',
  displayOptions: forEnsure,
  default: {},
  options: [
    {
      displayName: 'Create Missing Tags',
      name: 'createMissingTags',
      type: 'boolean',
      default: true,
      description: 'Whether to create a tag that a condition names and the audience does not have',
    },
    earlierRows,
    {
      displayName: 'Existing Segments',
      name: 'existingSegments',
      type: 'options',
      options: [
        {
          name: 'Leave',
          value: 'leave',
          description: 'Skip a segment of the same name with other conditions',
        },
        { name: 'Update', value: 'update', description: 'Give it the conditions of the table' },
      ],
      default: 'update',
      description: 'What happens to a segment of the same name with other conditions',
    },
    flowName,
    unfinishedRuns,
  ],
};

/** Parameters of the resource Segment, beside those of every read. */
export const segmentProperties: INodeProperties[] = [
  { ...modeProperty, displayOptions: forEnsure },
  { ...audienceProperty, displayOptions: forSegments },
  segmentTable,
  segmentMergeFields,
  options,
];
