import { ConnectorError } from '../../errors';
import { referenceFieldsOf } from '../canonical';
import { dayOf, decimalOf, isoOf } from '../formats';
import type { Gateway } from '../gateway';
import type { ProductLine, ProductLineType, Settings } from '../productLine';
import { namesOf, recordLine } from '../recordLine';
import type { Formats } from '../recordSource';
import { statusByOverdue } from '../standing';
import { OBJECTS, REFERENCE_FIELDS, SETTINGS, TABLES } from './objects';
import { CALLS, rawSx } from './raw';
import { distributionSource } from './source';
import { createSx, type Sx } from './sx';

const valueIn =
  ({ values }: Settings) =>
  (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;

function companyOf(settings: Settings): number {
  const company = valueIn(settings)('company');
  if (/^\d{1,4}$/.test(company)) return Number(company);
  throw new ConnectorError(
    'INFOR_SETTING',
    '“Company” is not a number.',
    'Enter SX.e’s company number, such as 1.',
  );
}

function connect(gateway: Gateway, settings: Settings): Sx {
  const value = valueIn(settings);
  const companyNumber = companyOf(settings);
  return createSx(gateway, { prefix: value('pathPrefix'), companyNumber, operator: value('operator') });
}

/** transtm: hhmm. */
const momentOf = (day: string, time: string): string =>
  /^\d{4}$/.test(time) && dayOf(day)
    ? isoOf(`${dayOf(day)}T${time.slice(0, 2)}:${time.slice(2)}`)
    : dayOf(day);

const formats: Formats = {
  date: dayOf,
  decimal: decimalOf,
  moment: (field) => momentOf(field('changeDate'), field('changeTime')),
  status: (_kind, field, activeStatuses) => {
    const active = activeStatuses.length > 0 ? activeStatuses : ['', 'true', 'yes', 'A'];
    return active.includes(field('status')) ? 'active' : 'inactive';
  },
  stopped: (field) => field('creditHold') !== '',
  financialStatus: (field) => {
    if (field('creditHold') !== '') return 'stopped';
    return statusByOverdue(field('overdueAmount'), decimalOf(field('overdueAmount')));
  },
};

function open(gateway: Gateway, settings: Settings): ProductLine {
  const names = namesOf(OBJECTS, settings.fieldNames);
  const references = referenceFieldsOf(settings.referenceFields, REFERENCE_FIELDS);
  return recordLine({
    source: distributionSource(connect(gateway, settings), {
      companyNumber: companyOf(settings),
      tableOf: (kind) => TABLES[kind],
      names: (kind) => names[kind],
    }),
    formats,
    names,
    referenceFields: () => references,
    emailLength: () => 50,
    isCustom: (field) => /^user\d+$/.test(field),
  });
}

/** Distribution (SX.e, CSD), by its REST service. */
export const distribution: ProductLineType = {
  id: 'distribution',
  name: 'Distribution (SX.e)',
  settings: SETTINGS,
  emailHomes: [{ name: 'Record', value: 'email', description: 'The field email of the record' }],
  objects: OBJECTS,
  mailLogFields: { sent: 'user18', state: 'user19', order: 'user20' },
  receivable: {
    missing: 'SX.e takes no receivable of another system by its API; it makes invoices of its own orders.',
  },
  lists: { calls: async () => CALLS.map((name) => ({ name, value: name })) },
  raw: [rawSx(connect)],
  open,
};
