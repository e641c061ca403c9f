import { financials } from '../../../connectors/infor/financials/index.ts';
import { startIonSimulator } from '../../../sandbox/ion/simulator.mts';
import { gatewayFor } from '../../support/gateway.mts';
import type { StartLine } from '../lineUnderTest.mts';
import { screensOf } from '../whole.mts';

export const startLine: StartLine = async ({ customers = 60, seed = 5 } = {}) => {
  const ion = await startIonSimulator({ customers, seed, business: 40 });
  const gateway = gatewayFor(ion.ionapi());
  const settings = { values: {}, fieldNames: {}, referenceFields: {} };
  const db = ion.financials;
  return {
    type: financials,
    ion,
    gateway,
    settings,
    line: financials.open(gateway, settings),
    screens: screensOf(db, 'Comment'),
    listPath: () => /\/lists\//,
    writePath: /\/actions\/Update\/batch$/,
    pageSize: 1000,
    clock: 'own',
    clockStepMs: 1010,
    locks: false,
    filterable: { field: 'CustomerClass', value: '100' },
    listValues: { businessClass: 'Customer' },
    writes: () => db.writes.length,
    updatableField: 'Phone',
    customField: 'MailchimpContact',
    close: () => ion.close(),
  };
};
