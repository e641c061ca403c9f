import { m3 } from '../../../connectors/infor/m3/index.ts';
import { startIonSimulator } from '../../../sandbox/ion/simulator.mts';
import type { Table } from '../../../sandbox/ion/business.mts';
import type { Row } from '../../../sandbox/data/business.mts';
import type { RecordKind } from '../../../sync/record.ts';
import { gatewayFor } from '../../support/gateway.mts';
import type { Screens, StartLine } from '../lineUnderTest.mts';

const PROGRAMS: Record<RecordKind, string> = {
  customer: 'CRS610MI',
  supplier: 'CRS620MI',
  item: 'EXPORTMI',
  purchaseOrder: 'EXPORTMI',
  invoice: 'EXPORTMI',
  glAccount: 'CRS630MI',
};

const NAMES: Partial<Record<RecordKind, string>> = {
  customer: 'CUNM',
  supplier: 'SUNM',
  item: 'ITDS',
  glAccount: 'TX40',
};

type Ion = Awaited<ReturnType<typeof startIonSimulator>>;

const numberOf = (kind: RecordKind, row: Row): string => {
  if (kind === 'invoice') return `${row.PYNO}/${row.INYR}/${row.CINO}`;
  const key = { customer: 'CUNO', supplier: 'SUNO', item: 'ITNO', purchaseOrder: 'PUNO', glAccount: 'AITM' };
  return row[key[kind]]!;
};

function tableOf({ m3: { business } }: Ion, kind: Exclude<RecordKind, 'customer'>): Table {
  const { suppliers, items, purchaseOrders, invoices, accounts } = business;
  return {
    supplier: suppliers,
    item: items,
    purchaseOrder: purchaseOrders,
    invoice: invoices,
    glAccount: accounts,
  }[kind];
}

function screensOf(ion: Ion): Screens {
  const rowsOf = (kind: RecordKind): Row[] =>
    kind === 'customer' ? ion.m3.sortedCustomers() : tableOf(ion, kind).sorted();
  const rowOf = (kind: RecordKind, number: string): Row =>
    rowsOf(kind).find((row) => numberOf(kind, row) === number)!;
  const put = (kind: RecordKind, number: string, fields: Row): void => {
    if (kind === 'customer') ion.m3.changeCustomer(number, fields);
    else tableOf(ion, kind).put({ ...rowOf(kind, number), ...fields });
  };
  return {
    numbers: (kind) => rowsOf(kind).map((row) => numberOf(kind, row)),
    rename: (kind, number, name) => put(kind, number, { [NAMES[kind] ?? 'BUYE']: name }),
    touch: (kind, number) => put(kind, number, {}),
    add: (kind, name) => {
      const template = rowsOf(kind)[0]!;
      if (kind === 'customer') return ion.m3.addCustomer({ CUNO: 'Z99001', CUNM: name, MAIL: '' }).CUNO!;
      const key = {
        supplier: 'SUNO',
        item: 'ITNO',
        purchaseOrder: 'PUNO',
        invoice: 'CINO',
        glAccount: 'AITM',
      }[kind];
      const row = { ...template, [key]: '99001', [NAMES[kind] ?? 'BUYE']: name };
      tableOf(ion, kind).put(row);
      return numberOf(kind, row);
    },
    remove: (_kind, number) => ion.m3.removeCustomer(number),
    set: (kind, number, field, value) => put(kind, number, { [field]: value }),
    stored: (kind, number, field) => rowOf(kind, number)[field] ?? '',
    touchTogether: (_kind, numbers) => {
      for (const number of numbers) ion.m3.changeCustomer(number, {});
      const { LMTS } = ion.m3.customers.get(numbers.at(-1)!)!;
      for (const number of numbers) Object.assign(ion.m3.customers.get(number)!, { LMTS });
    },
    deny: (kind, denied) => {
      if (denied) ion.settings.deniedPrograms.add(PROGRAMS[kind]);
      else ion.settings.deniedPrograms.delete(PROGRAMS[kind]);
    },
    changeBeforeWrite: (_kind, number, times) => {
      let left = times;
      ion.settings.beforeWrite = (_program, _transaction, record) => {
        if (record.CUNO !== number || left-- <= 0) return;
        ion.m3.changeCustomer(number, { YREF: 'changed by a person' });
      };
    },
  };
}

export const startLine: StartLine = async ({ customers = 60, seed = 5 } = {}) => {
  const ion = await startIonSimulator({ customers, seed, business: 40 });
  const gateway = gatewayFor(ion.ionapi());
  const settings = { values: {}, fieldNames: {}, referenceFields: {} };
  return {
    type: m3,
    ion,
    gateway,
    settings,
    line: m3.open(gateway, settings),
    screens: screensOf(ion),
    listPath: (kind) =>
      ({
        customer: /CRS610MI\/LstByNumber/,
        supplier: /CRS620MI\/LstSuppliers|v2\/execute$/,
        item: /v2\/execute$/,
        purchaseOrder: /v2\/execute$/,
        invoice: /v2\/execute$/,
        glAccount: /CRS630MI|v2\/execute$/,
      })[kind],
    writePath: /v2\/execute$/,
    writeMethod: 'POST',
    isWrite: ({ body }) => /"(Chg|Add|Upd)/.test(JSON.stringify(body)),
    pageSize: 1000,
    clock: 'own',
    locks: true,
    personField: 'YREF',
    filterable: { field: 'CUCL', value: ion.m3.sortedCustomers()[0]!.CUCL! },
    listValues: { program: 'CRS610MI' },
    writes: () => ion.writes.length,
    updatableField: 'PHNO',
    customField: 'A930',
    close: () => ion.close(),
  };
};
