import { referenceKeyOf } from '../business.mts';
import { MiFailure, type Handler, type MiRecord, type MiWorld } from './engine.mts';

function supplierOf({ db }: MiWorld, number = ''): MiRecord {
  const row = db.business.suppliers.rows.get(number);
  if (!row) throw new MiFailure('WSU0103', 'SUNO', `Supplier ${number} does not exist`);
  return row;
}

function referenceOf({ db }: MiWorld, record: MiRecord): MiRecord {
  const row = db.business.supplierReferences.rows.get(referenceKeyOf(record));
  if (!row) throw new MiFailure('XRE0103', 'RFID', 'Record does not exist');
  return row;
}

const changedAfter = ({ settings }: MiWorld, row: MiRecord, since = ''): boolean =>
  since === '' ||
  (settings.lmtsFilter === 'inclusive'
    ? Number(row.LMTS) >= Number(since)
    : Number(row.LMTS) > Number(since));

const lstSuppliers: Handler = (world, { FRSU = '', TOSU = '', LMTS }) =>
  world.db.business.suppliers
    .sorted()
    .filter(({ SUNO = '' }) => SUNO >= FRSU && (TOSU === '' || SUNO <= TOSU))
    .filter((row) => changedAfter(world, row, LMTS));

const lstByNumber: Handler = ({ db }, { SUNO = '' }) =>
  db.business.suppliers.sorted().filter((row) => row.SUNO! >= SUNO);

const updSupplier: Handler = (world, { CONO: _company, ...record }) => {
  supplierOf(world, record.SUNO);
  world.db.business.suppliers.put(record);
  return [];
};

const lstSupplierRef: Handler = (world, { SUNO = '', RFTY = '' }) => {
  supplierOf(world, SUNO);
  const rows = world.db.business.supplierReferences.sorted();
  return rows.filter((row) => row.SUNO === SUNO && row.RFTY! >= RFTY);
};

const addSupplierRef: Handler = (world, record) => {
  supplierOf(world, record.SUNO);
  if (world.db.business.supplierReferences.rows.has(referenceKeyOf(record)))
    throw new MiFailure('XRE0104', 'RFID', 'Record already exists');
  world.db.business.supplierReferences.put(record);
  return [];
};

const updSupplierRef: Handler = (world, record) => {
  referenceOf(world, record);
  world.db.business.supplierReferences.put(record);
  return [];
};

/** Every supplier has one address, type 01 (assumed): where it is. */
const lstAddresses: Handler = (world, { SUNO }) => [{ ...supplierOf(world, SUNO), ADTE: '01', ADID: 'MAIN' }];

export const CRS620MI: Record<string, Handler> = {
  AddSupplierRef: addSupplierRef,
  GetBasicData: (world, { SUNO }) => [supplierOf(world, SUNO)],
  GetSupplierRef: (world, record) => [referenceOf(world, record)],
  LstAddresses: lstAddresses,
  LstByNumber: lstByNumber,
  LstSupplierRef: lstSupplierRef,
  LstSuppliers: lstSuppliers,
  UpdSupplier: updSupplier,
  UpdSupplierRef: updSupplierRef,
};
