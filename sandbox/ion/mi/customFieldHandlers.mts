import { ymd8 } from '../time.mts';
import { customKeyOf, type M3Database } from '../database.mts';
import { MiFailure, type Handler, type MiRecord, type MiWorld } from './engine.mts';

/** The tables that this M3 has, and so can be asked for the owner of a value. */
const FILES = new Set(['OCUSMA', 'CCUCON', 'CEMAIL']);

/** A number is never blank in M3. */
const ZEROS = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`N${i}96`, '0']));

function rowOf({ db }: MiWorld, record: MiRecord): MiRecord {
  const row = db.customFields.get(customKeyOf(record));
  if (!row) throw new MiFailure('XRE0103', 'PK01', 'Record does not exist');
  return row;
}

/** Only for FILE OCUSMA with the customer number as PK01; what other tables' keys are is not known here. */
function checkOwner({ db, settings }: MiWorld, { FILE = '', PK01 = '', VEXI }: MiRecord): void {
  if (settings.customFieldOwners === 'unchecked' || VEXI === '1') return;
  const field = FILES.has(FILE) ? 'PK01' : 'FILE';
  if (field === 'FILE' || (FILE === 'OCUSMA' && !db.customers.has(PK01)))
    throw new MiFailure('XRE0103', field, 'Record does not exist');
}

const time6 = (at: number): string => new Date(at).toISOString().slice(11, 19).replaceAll(':', '');

const created = (db: M3Database): MiRecord => ({ RGDT: ymd8(db.now()), RGTM: time6(db.now()) });

/**
 * CUSEXT, a customer's own fields. Every field of the key counts: what is kept under PK01 alone is another row than
 * under PK01 and PK02. There is no CHNO to send, so of two writers the last one wins; and a row outlives its customer
 * (both assumed, for no field of these transactions speaks of it).
 */
export const CUSEXTMI: Record<string, Handler> = {
  AddFieldValue: (world, asked) => {
    checkOwner(world, asked);
    const { VEXI: _switch, ...record } = asked;
    const key = customKeyOf(record);
    if (world.db.customFields.has(key)) throw new MiFailure('XRE0104', 'PK01', 'Record already exists');
    world.db.customFields.set(key, { ...ZEROS, ...record, ...created(world.db), ...world.db.stamp({}) });
    return [];
  },
  ChgFieldValue: (world, asked) => {
    checkOwner(world, asked);
    const { VEXI: _switch, ...record } = asked;
    const row = rowOf(world, record);
    Object.assign(row, record, world.db.stamp(row));
    return [];
  },
  DelFieldValue: (world, record) => {
    rowOf(world, record);
    world.db.customFields.delete(customKeyOf(record));
    return [];
  },
  GetFieldValue: (world, record) => [rowOf(world, record)],
  /** Assumed, like M3's other lists: begins at the keys, included, in their order, and never leaves FILE. */
  LstFieldValue: ({ db, settings }, record) => {
    const from = customKeyOf(record);
    const within = settings.customFieldList === 'within' ? from.replace(/\0+$/, '\0') : `${record.FILE}\0`;
    return [...db.customFields.entries()]
      .filter(([key]) => key >= from && key.startsWith(within))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
  },
};
