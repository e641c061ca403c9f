import type { CustomerRow } from '../../data/customers.mts';
import { SERVICE_USER } from '../database.mts';
import { MiFailure, type Handler, type MiRecord, type MiWorld } from './engine.mts';
import { searchCustomer } from './search.mts';

function customerOf({ db }: MiWorld, number = '', field = 'CUNO'): CustomerRow {
  const row = db.customers.get(number);
  if (!row) throw new MiFailure('WCU0203', field, `Customer number ${number} does not exist`);
  return row;
}

const changedAfter = ({ settings }: MiWorld, row: MiRecord, since = ''): boolean =>
  since === '' ||
  (settings.lmtsFilter === 'inclusive'
    ? Number(row.LMTS) >= Number(since)
    : Number(row.LMTS) > Number(since));

const lstByNumber: Handler = (world, { CUNO = '', LMTS }) =>
  world.db.sortedCustomers().filter((row) => row.CUNO! >= CUNO && changedAfter(world, row, LMTS));

const lstByName: Handler = (world, { CUNM = '', LMTS }) =>
  [...world.db.customers.values()]
    .filter((row) => row.CUNM! >= CUNM && changedAfter(world, row, LMTS))
    .sort((a, b) => (a.CUNM! < b.CUNM! ? -1 : 1));

const get: Handler = (world, { CUNO }) => [customerOf(world, CUNO)];

/** One CHNO for the whole row, whichever transaction changes it; 0 and 00 are numbers, not left out (assumed). */
const change: Handler = (world, { CONO: _company, CHNO = '', ...record }) => {
  const row = customerOf(world, record.CUNO);
  if (CHNO.trim() !== '' && Number(CHNO) !== Number(row.CHNO))
    throw new MiFailure('XUP0001', '', `The record has been changed by user ${row.CHID}`);
  world.db.changeCustomer(record.CUNO!, record, SERVICE_USER);
  return [{ CUNO: record.CUNO! }];
};

/** A series that skips what is taken. */
function freeNumber({ db }: MiWorld): string {
  let next = 90_000;
  while (db.customers.has(`Y${next}`)) next += 1;
  return `Y${next}`;
}

/** The template CUTM has to be a customer (assumed); it lends nothing that a contact is made of. */
const add: Handler = (world, { CUTM, ...record }) => {
  const number = record.CUNO || freeNumber(world);
  if (world.db.customers.has(number)) throw new MiFailure('XRE0104', 'CUNO', 'Record already exists');
  world.db.addCustomer({ ...record, CUNO: number }, customerOf(world, CUTM, 'CUTM'));
  return [{ CUNO: number, ERRM: '' }];
};

const remove: Handler = (world, record) => {
  customerOf(world, record.CUNO);
  world.db.removeCustomer(record.CUNO!);
  return [];
};

/** Delivery addresses (type 1, assumed): every customer has one, MAIN, at its own place. */
const addressesOf = (row: CustomerRow): MiRecord[] => [{ ...row, ADRT: '1', ADID: 'MAIN' }];

const lstAddresses: Handler = (world, { CUNO, ADRT = '', LMTS }) =>
  addressesOf(customerOf(world, CUNO)).filter((row) => row.ADRT! >= ADRT && changedAfter(world, row, LMTS));

const getAddress: Handler = (world, { CUNO, ADRT, ADID }) => {
  const row = addressesOf(customerOf(world, CUNO)).find((one) => one.ADRT === ADRT && one.ADID === ADID);
  if (!row) throw new MiFailure('XRE0103', 'ADID', 'Record does not exist');
  return [row];
};

export const CRS610MI: Record<string, Handler> = {
  Add: add,
  ChgBasicData: change,
  ChgFinancial: change,
  ChgOrderInfo: change,
  Delete: remove,
  GetAddress: getAddress,
  GetBasicData: get,
  GetFinancial: get,
  GetOrderInfo: get,
  LstAddresses: lstAddresses,
  LstByName: lstByName,
  LstByNumber: lstByNumber,
  SearchCustomer: searchCustomer,
};
