import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import type { ProductLine } from '../productLine';
import type { AddressSettings } from './addresses';
import { getCustomer, listCustomers } from './customers';
import { createMi, type MiContext } from './mi';

/** What of it is assumed, and how to check it, is listed in docs/assumptions.md. */
export interface M3Settings extends MiContext, AddressSettings {}

/** M3, by its MI programs over the v2 REST API. */
export function m3(gateway: Gateway, settings: M3Settings): ProductLine {
  const mi = createMi(gateway, settings);
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
  };
}
