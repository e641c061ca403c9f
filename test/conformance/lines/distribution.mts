import { distribution } from '../../../connectors/infor/distribution/index.ts';
import { startIonSimulator } from '../../../sandbox/ion/simulator.mts';
import { gatewayFor } from '../../support/gateway.mts';
import type { StartLine } from '../lineUnderTest.mts';
import { screensOf } from '../whole.mts';

export const startLine: StartLine = async ({ customers = 60, seed = 5 } = {}) => {
  const ion = await startIonSimulator({ customers, seed, business: 40 });
  const gateway = gatewayFor(ion.ionapi());
  const settings = { values: {}, fieldNames: {}, referenceFields: {} };
  const db = ion.distribution;
  return {
    type: distribution,
    ion,
    gateway,
    settings,
    line: distribution.open(gateway, settings),
    screens: screensOf(db, 'user1'),
    listPath: () => /FetchWhere$/,
    writePath: /sxapiarcustomermnt$/,
    pageSize: 1000,
    clock: 'own',
    clockStepMs: 61_000,
    locks: false,
    filterable: { field: 'custtype', value: '100' },
    listValues: {},
    writes: () => db.writes.length,
    updatableField: 'phoneno',
    customField: 'user21',
    close: () => ion.close(),
  };
};
