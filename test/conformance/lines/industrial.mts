import { industrial } from '../../../connectors/infor/industrial/index.ts';
import { startIonSimulator } from '../../../sandbox/ion/simulator.mts';
import { gatewayFor } from '../../support/gateway.mts';
import type { StartLine } from '../lineUnderTest.mts';
import { screensOf } from '../whole.mts';

export const startLine: StartLine = async ({ customers = 60, seed = 5 } = {}) => {
  const ion = await startIonSimulator({ customers, seed, business: 40 });
  const gateway = gatewayFor(ion.ionapi());
  const settings = { values: { configuration: 'ACME_DEM_MAIN' }, fieldNames: {}, referenceFields: {} };
  const db = ion.industrial;
  return {
    type: industrial,
    ion,
    gateway,
    settings,
    line: industrial.open(gateway, settings),
    screens: screensOf(db, 'Charfld1'),
    listPath: () => /\/ido\/load\//,
    writePath: /\/ido\/update\//,
    pageSize: 1000,
    clock: 'row',
    locks: true,
    personField: 'Charfld1',
    filterable: { field: 'CustType', value: '100' },
    listValues: { ido: 'SLCustomers' },
    writes: () => db.writes.length,
    updatableField: 'Phone_1',
    customField: 'cusUf_MailchimpContact',
    close: () => ion.close(),
  };
};
