import type { PartyStatus } from '../../../sync/party';
import type { RecordKind } from '../../../sync/record';
import { ConnectorError } from '../../errors';
import { referenceFieldsOf } from '../canonical';
import { dayOf, decimalOf, isoOf } from '../formats';
import type { Gateway } from '../gateway';
import type { ProductLine, ProductLineType, Settings } from '../productLine';
import { namesOf, recordLine } from '../recordLine';
import type { Formats } from '../recordSource';
import { statusByOverdue } from '../standing';
import { createIdo, type Ido } from './ido';
import { IDOS, OBJECTS, REFERENCE_FIELDS, SETTINGS } from './objects';
import { rawIdo } from './raw';
import { industrialReceivables, RECEIVABLE } from './receivables';
import { industrialSource } from './source';

/** The configuration that the user named, or the only one there is (GET configurations). */
async function connect(gateway: Gateway, { values }: Settings): Promise<Ido> {
  const named = (values.configuration ?? '').trim();
  if (named !== '') return createIdo(gateway, named);
  const [only, ...others] = await createIdo(gateway, '').configurations();
  if (only !== undefined && others.length === 0) return createIdo(gateway, only);
  throw new ConnectorError(
    'INFOR_SETTING',
    'No configuration is named, and the tenant has not exactly one.',
    'Choose “Configuration” in the node, such as ACME_PRD_MAIN.',
  );
}

/** Stat of vendors and items: A is active; a customer has none, and is active. */
function statusOf(_kind: RecordKind, field: (name: string) => string, activeStatuses: string[]): PartyStatus {
  const status = field('status');
  const active = activeStatuses.length > 0 ? activeStatuses : ['', 'A'];
  return active.includes(status) ? 'active' : 'inactive';
}

const formats: Formats = {
  date: dayOf,
  decimal: decimalOf,
  moment: (field) => isoOf(field('modifiedAt')),
  status: statusOf,
  stopped: (field) => field('creditHold') === '1',
  financialStatus: (field) => {
    if (field('creditHold') === '1') return 'stopped';
    return statusByOverdue(field('overdueAmount'), decimalOf(field('overdueAmount')));
  },
};

function open(gateway: Gateway, settings: Settings): ProductLine {
  const value = (name: string): string =>
    (settings.values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;
  const names = namesOf(OBJECTS, settings.fieldNames);
  let ido: Promise<Ido> | undefined;
  const keyLength = Number(value('keyLength')) || 7;
  const connected = (): Promise<Ido> => (ido ??= connect(gateway, settings));
  const source = industrialSource(connected, {
    idoOf: (kind) => value(IDOS[kind].setting),
    always: (kind) => IDOS[kind].always,
    keyOf: (kind) => names[kind].number!,
    changeTimeOf: (kind) => names[kind].modifiedAt!,
    keyLength,
  });
  return recordLine({
    source,
    formats,
    names,
    referenceFields: (kind) => referenceFieldsOf(settings.referenceFields, REFERENCE_FIELDS[kind]),
    emailLength: () => 60,
    isCustom: (field) => /^\w*Uf_/.test(field),
    receivables: (posting) => industrialReceivables(connected, posting, keyLength),
  });
}

/** CloudSuite Industrial (SyteLine), by Mongoose's IDO REST v2. */
export const industrial: ProductLineType = {
  id: 'industrial',
  name: 'CloudSuite Industrial (SyteLine)',
  settings: SETTINGS,
  emailHomes: ['CustomerEmailAddr', 'BillToEmail', 'ShipToEmail'].map((name) => ({ name, value: name })),
  objects: OBJECTS,
  mailLogFields: { sent: 'cusUf_MailSent', state: 'cusUf_MailState', order: 'cusUf_MailOrder' },
  receivable: RECEIVABLE,
  lists: {
    configurations: async (gateway) =>
      (await createIdo(gateway, '').configurations()).map((name) => ({ name, value: name })),
    properties: async (gateway, settings, { ido = '' }) =>
      ido === ''
        ? []
        : (await (await connect(gateway, settings)).info(ido)).properties.map((name) => ({
            name,
            value: name,
          })),
    methods: async (gateway, settings, { ido = '' }) =>
      ido === ''
        ? []
        : (await (await connect(gateway, settings)).info(ido)).methods.map((name) => ({ name, value: name })),
  },
  raw: [rawIdo(connect)],
  open,
};
