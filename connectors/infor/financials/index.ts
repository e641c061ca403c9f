import type { RecordKind } from '../../../sync/record';
import { referenceFieldsOf } from '../canonical';
import { ConnectorError } from '../../errors';
import { dayOf, decimalOf, isoOf } from '../formats';
import type { Gateway } from '../gateway';
import type { ReferenceFields, Row } from '../homes';
import type { ProductLine, ProductLineType, Settings } from '../productLine';
import { isNone, namesOf, recordLine } from '../recordLine';
import type { Formats } from '../recordSource';
import { flagOf, statusByOverdue } from '../standing';
import { createLandmark, type Landmark } from './landmark';
import { CLASSES, OBJECTS, REFERENCE_FIELDS, SETTINGS } from './objects';
import { rawLandmark } from './raw';
import { financialsReceivables, RECEIVABLE } from './receivables';
import { financialsSource } from './source';

type Names = Record<RecordKind, Row>;

const valueIn =
  ({ values }: Settings) =>
  (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;

const connect = (gateway: Gateway, settings: Settings): Landmark =>
  createLandmark(gateway, valueIn(settings)('pathPrefix'));

const GROUPS: Partial<Record<RecordKind, string>> = { customer: 'customerGroup', supplier: 'vendorGroup' };

/** The user's names over the usual ones. */
function namesIn({ fieldNames }: Settings): Names {
  if (isNone(fieldNames.number ?? ''))
    throw new ConnectorError('INFOR_SETTING', 'A record needs a number.', 'Enter a field for “number”.');
  return namesOf(OBJECTS, fieldNames);
}

const formatsFor = (names: Names): Formats => ({
  date: dayOf,
  decimal: decimalOf,
  moment: (field) => isoOf(field('modifiedAt')),
  status: (_kind, field, activeStatuses) => {
    const active = activeStatuses.length > 0 ? activeStatuses : ['', 'Active', '1'];
    return active.includes(field('status')) ? 'active' : 'inactive';
  },
  stopped: (field) => flagOf(field('creditHold')),
  financialStatus: (field) => {
    const { creditHold, overdueAmount } = names.customer;
    if (['true', '1', 'yes'].includes(field('creditHold').toLowerCase())) return 'stopped';
    if (!creditHold && !overdueAmount) return 'unknown';
    return statusByOverdue(field('overdueAmount'), decimalOf(field('overdueAmount')));
  },
});

/** Landmark shows user fields like any other; what is not one of the usual ones counts as one. */
function customIn(names: Names, references: ReferenceFields): (field: string) => boolean {
  const usual = new Set(
    (['customer', 'supplier'] as const).flatMap((kind) => [
      ...Object.values(names[kind]),
      ...Object.keys(OBJECTS[kind].updatable),
    ]),
  );
  const kept = new Set(Object.values(references));
  return (field) => kept.has(field) || !usual.has(field);
}

function open(gateway: Gateway, settings: Settings): ProductLine {
  const value = valueIn(settings);
  const names = namesIn(settings);
  const references = referenceFieldsOf(settings.referenceFields, REFERENCE_FIELDS);
  return recordLine({
    source: financialsSource(connect(gateway, settings), {
      classOf: (kind) => value(CLASSES[kind].setting),
      list: value('listName'),
      action: value('updateAction'),
      setName: isNone(value('setName')) ? '' : value('setName'),
      keyOf: (kind) => names[kind].number!,
      groupOf: (kind) => ({
        field: GROUPS[kind] ? (names[kind].group ?? '') : '',
        value: GROUPS[kind] ? value(GROUPS[kind]) : '',
      }),
      relatedOf: (kind) => Object.values(names[kind]).filter((field) => field.includes('.')),
    }),
    formats: formatsFor(names),
    names,
    referenceFields: () => references,
    emailLength: () => 100,
    isCustom: customIn(names, references),
    receivables: (posting) => financialsReceivables(connect(gateway, settings), value('listName'), posting),
  });
}

/** CloudSuite Financials & Supply Management, by Landmark's web services. */
export const financials: ProductLineType = {
  id: 'financials',
  name: 'CloudSuite Financials (FSM)',
  settings: SETTINGS,
  emailHomes: [
    { name: 'Record', value: 'EmailAddress', description: 'The field EmailAddress of the record' },
  ],
  objects: OBJECTS,
  mailLogFields: { sent: 'MailchimpMailSent', state: 'MailchimpMailState', order: 'MailchimpMailOrder' },
  receivable: RECEIVABLE,
  lists: {
    classes: async (gateway, settings) =>
      (await connect(gateway, settings).classes()).map((name) => ({ name, value: name })),
    fields: async (gateway, settings, { businessClass = '' }) => {
      if (businessClass === '') return [];
      const query = { fields: [], limit: 1 };
      const [row = {}] = await connect(gateway, settings).list(businessClass, '_generic', query);
      return Object.keys(row).map((name) => ({ name, value: name }));
    },
  },
  raw: [rawLandmark(connect)],
  open,
};
