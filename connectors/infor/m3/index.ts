import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import type { ProductLine } from '../productLine';
import type { AddressSettings } from './addresses';
import { getCustomer, listCustomers } from './customers';
import { applyChanges } from './applyChanges';
import { readCustomerStates } from './customerStates';
import { customerRecords } from './homes';
import { createMi, type MiContext } from './mi';
import { writeReferences, type ReferenceSettings } from './references';
import { writeCarefully } from './writes';

/** What of it is assumed, and how to check it, is listed in docs/assumptions.md. */
export interface M3Settings extends MiContext, AddressSettings {
  references: ReferenceSettings;
}

/** M3, by its MI programs over the v2 REST API. */
export function m3(gateway: Gateway, settings: M3Settings): ProductLine {
  const mi = createMi(gateway, settings);
  const { references } = settings;
  return {
    id: 'm3',
    serverCursor: async () => {
      const [clock] = await mi.call({ program: 'GENERAL', transaction: 'GetServerTime', record: {} });
      if (clock?.LMTS) return clock.LMTS;
      throw new ConnectorError(
        'M3_TRANSACTION',
        'M3 did not tell its time (GENERAL/GetServerTime).',
        'Check the M3 user’s settings.',
      );
    },
    getCustomer: (number, query) => getCustomer(mi, number, query, settings),
    listCustomers: (query) => listCustomers(mi, query, settings),
    customerStates: (numbers, emailHome, needsRecord) =>
      readCustomerStates(mi, numbers, { emailHome, needsRecord, references }, settings),
    applyChanges: (effects, emailHome) => applyChanges(mi, effects, emailHome, references, settings),
    setCrossReferences: (wanted) => writeReferences(mi, references, wanted),
    updateCustomers: (wanted) =>
      writeCarefully(
        customerRecords(mi),
        new Map([...wanted].map(([number, fields]) => [number, { fields }])),
      ),
  };
}
