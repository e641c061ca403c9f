import type { INodeProperties } from 'n8n-workflow';
import { RECORD_KINDS } from '../../sync/record';
import { crossReferenceFieldsIfRead, withCrossReference } from '../InforCloudSuite/crossReference';
import { emailHome } from '../InforCloudSuite/emailHome';
import { activeStatuses, simplify, withFinancials } from '../InforCloudSuite/resources/records/read';
import { linesWith, WORDS } from '../InforCloudSuite/resources/records/words';
import { lineSettings, productLine } from '../InforCloudSuite/settings';

/** Enough for clocks that differ and for transactions that are written late. */
export const DEFAULT_OVERLAP_MINUTES = 10;
export const DEFAULT_LOOK_BACK_HOURS = 24;

const shownFor = (property: INodeProperties, kinds: string[]): INodeProperties => ({
  ...property,
  displayOptions: { show: { resource: kinds, ...property.displayOptions?.show } },
});

const resource: INodeProperties = {
  displayName: 'Record',
  name: 'resource',
  type: 'options',
  noDataExpression: true,
  options: RECORD_KINDS.map((kind) => {
    const lines = linesWith(kind, 'changes');
    return {
      name: WORDS[kind].name,
      value: kind,
      ...(lines ? { displayOptions: { show: { productLine: lines } } } : {}),
    };
  }).sort((a, b) => a.name.localeCompare(b.name)),
  default: 'customer',
  description: 'What to watch; deletions are not seen',
};

const startWith: INodeProperties = {
  displayName: 'Start With',
  name: 'startWith',
  type: 'options',
  options: [
    { name: 'Everything', value: 'everything', description: 'The first poll gives all records there are' },
    { name: 'What Changes From Now On', value: 'now' },
  ],
  default: 'now',
  description: 'What the first poll after publishing gives',
};

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  options: [
    activeStatuses,
    {
      displayName: 'Look Back (Hours)',
      name: 'lookBackHours',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: DEFAULT_LOOK_BACK_HOURS,
      description:
        'How far the first poll after a restart of n8n goes back as long as no record has come yet: n8n keeps what a poll remembers only once it has given something',
    },
    {
      displayName: 'Overlap (Minutes)',
      name: 'overlapMinutes',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: DEFAULT_OVERLAP_MINUTES,
      description:
        'How far before the last poll each poll begins, so that nothing is missed. No record comes twice by it.',
    },
  ],
};

export const properties: INodeProperties[] = [
  productLine,
  resource,
  startWith,
  shownFor(emailHome('customer'), ['customer']),
  shownFor(emailHome('supplier'), ['supplier']),
  shownFor(withFinancials, ['customer']),
  shownFor(withCrossReference('customer'), ['customer']),
  shownFor(withCrossReference('supplier'), ['supplier']),
  shownFor(crossReferenceFieldsIfRead, ['customer', 'supplier']),
  simplify,
  options,
  ...lineSettings,
];
