import { ConnectorError } from '../../errors';
import { referenceFieldsOf } from '../canonical';
import { dayOf, decimalOf, isoOf } from '../formats';
import type { Gateway } from '../gateway';
import type { ProductLine, ProductLineType, Settings } from '../productLine';
import { namesOf, recordLine } from '../recordLine';
import type { Formats } from '../recordSource';
import { flagOf } from '../standing';
import { OBJECTS, REFERENCE_FIELDS, SETS, SETTINGS } from './objects';
import { createOData, type OData } from './odata';
import { rawOData } from './raw';
import { lnSource } from './source';

const valueIn =
  ({ values }: Settings) =>
  (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;

function connect(gateway: Gateway, settings: Settings): OData {
  const value = valueIn(settings);
  const company = value('company');
  if (/^\d{1,4}$/.test(company)) return createOData(gateway, { company, identity: value('identity') });
  throw new ConnectorError(
    'INFOR_SETTING',
    '“Company” is not a number of up to four digits.',
    'Enter LN’s company, such as 1000.',
  );
}

const formats: Formats = {
  date: dayOf,
  decimal: decimalOf,
  moment: (field) => isoOf(field('modifiedAt')),
  status: (_kind, field, activeStatuses) => {
    const active = activeStatuses.length > 0 ? activeStatuses : ['', 'Active'];
    return active.includes(field('status')) ? 'active' : 'inactive';
  },
  stopped: (field) => flagOf(field('creditHold')),
  financialStatus: () => 'unknown',
};

function open(gateway: Gateway, settings: Settings): ProductLine {
  const value = valueIn(settings);
  const names = namesOf(OBJECTS, settings.fieldNames);
  const references = referenceFieldsOf(settings.referenceFields, REFERENCE_FIELDS);
  return recordLine({
    source: lnSource(connect(gateway, settings), {
      setOf: (kind) => value(SETS[kind].setting),
      keyOf: (kind) => names[kind].number!,
      changeTimeOf: (kind) => names[kind].modifiedAt!,
    }),
    formats,
    names,
    referenceFields: () => references,
    emailLength: () => 100,
    isCustom: (field) => field.startsWith('cdf_'),
  });
}

/** LN, by its OData v4 services. */
export const ln: ProductLineType = {
  id: 'ln',
  name: 'LN',
  settings: SETTINGS,
  emailHomes: [{ name: 'Business Partner', value: 'EmailAddress', description: 'The property EmailAddress' }],
  objects: OBJECTS,
  mailLogFields: { sent: 'cdf_mcms', state: 'cdf_mcst', order: 'cdf_mcor' },
  receivable: {
    missing:
      'LN takes no receivable of another system by its OData services; it makes invoices of its own sales orders.',
  },
  lists: {
    entitySets: async (gateway, settings, { entitySet = '' }) => {
      const service = entitySet.split('/')[0] || 'tcapi.comBusinessPartner';
      const schema = await connect(gateway, settings).schema(service);
      return [...(schema?.keys() ?? [])].map((set) => ({ name: set, value: `${service}/${set}` }));
    },
  },
  raw: [rawOData(connect)],
  open,
};
