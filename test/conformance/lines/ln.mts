import { ln } from '../../../connectors/infor/ln/index.ts';
import { startIonSimulator } from '../../../sandbox/ion/simulator.mts';
import { gatewayFor } from '../../support/gateway.mts';
import type { StartLine } from '../lineUnderTest.mts';
import { screensOf } from '../whole.mts';

export const startLine: StartLine = async ({ customers = 60, seed = 5 } = {}) => {
  const ion = await startIonSimulator({ customers, seed, business: 40 });
  const gateway = gatewayFor(ion.ionapi());
  const settings = { values: { company: '1000' }, fieldNames: {}, referenceFields: {} };
  const db = ion.ln;
  return {
    type: ln,
    ion,
    gateway,
    settings,
    line: ln.open(gateway, settings),
    screens: screensOf(db, 'Text'),
    listPath: () => /\/odata\/[\w.]+\/[A-Z]\w+$/,
    writePath: /BusinessPartners\(/,
    pageSize: db.serverPage,
    clock: 'own',
    clockStepMs: 1010,
    locks: true,
    personField: 'Text',
    filterable: { field: 'SearchKey', value: '100' },
    listValues: {},
    writes: () => db.writes.length,
    updatableField: 'Telephone',
    customField: 'cdf_mcid',
    close: () => ion.close(),
  };
};
