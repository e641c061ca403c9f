import { financials } from '../../../connectors/infor/financials/index.ts';
import { ConnectorError } from '../../../connectors/errors.ts';
import type { Gateway } from '../../../connectors/infor/gateway.ts';
import type { ProductLine, RecordQuery, Settings } from '../../../connectors/infor/productLine.ts';
import type { FinancialsDatabase } from '../../../sandbox/ion/financials/database.mts';
import { startIonSimulator, type IonSimulator } from '../../../sandbox/ion/simulator.mts';
import type { BusinessRecord, RecordKind } from '../../../sync/record.ts';
import { gatewayFor } from '../../support/gateway.mts';

export const OPTIONS = {
  emailHome: '',
  withFinancials: false,
  withCrossReference: false,
  activeStatuses: [],
};

export const settingsOf = (values = {}, fieldNames = {}, referenceFields = {}): Settings => ({
  values,
  fieldNames,
  referenceFields,
});

/** A tenant with CloudSuite Financials, and a client of it. */
export interface Scene {
  ion: IonSimulator;
  db: FinancialsDatabase;
  gateway: Gateway;
  open(values?: Settings['values'], fieldNames?: Settings['fieldNames']): ProductLine;
  /** All records that the list gives. */
  read(kind: RecordKind, query?: Partial<RecordQuery>, line?: ProductLine): Promise<BusinessRecord[]>;
  numbers(kind: RecordKind, query?: Partial<RecordQuery>, line?: ProductLine): Promise<string[]>;
  /** Requests for lists so far. */
  lists(): number;
}

export async function startScene(customers = 20): Promise<Scene> {
  const ion = await startIonSimulator({ customers, seed: 7, business: 12 });
  const gateway = gatewayFor(ion.ionapi());
  const open: Scene['open'] = (values, fieldNames) =>
    financials.open(gateway, settingsOf(values, fieldNames));
  const read: Scene['read'] = async (kind, query = {}, line = open()) => {
    const records: BusinessRecord[] = [];
    for await (const page of line.list(kind, { ...OPTIONS, ...query })) records.push(...page);
    return records;
  };
  return {
    ion,
    db: ion.financials,
    gateway,
    open,
    read,
    numbers: async (...asked) => (await read(...asked)).map(({ number }) => number),
    lists: () => ion.requests.matching('GET', /\/lists\//).length,
  };
}

/** @returns the error that the work ends in */
export async function errorOf(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    (value) => new Error(`no error, but ${JSON.stringify(value)?.slice(0, 200)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof ConnectorError) return error;
  throw error;
}
