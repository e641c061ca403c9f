import { MiFailure, type Handler, type MiRecord, type MiWorld } from './engine.mts';

const keyOf = ({ EMTP = '', EMKY = '' }: MiRecord): string => `${EMTP}|${EMKY}`;

function entry({ db }: MiWorld, record: MiRecord): MiRecord {
  const address = db.repository.get(keyOf(record));
  if (address === undefined) throw new MiFailure('XRE0103', 'EMKY', 'Record does not exist');
  return { EMTP: record.EMTP!, EMKY: record.EMKY!, EMAL: address };
}

const put =
  (transaction: 'Add' | 'Change'): Handler =>
  (world, record) => {
    const before = world.db.repository.get(keyOf(record));
    const exists = before !== undefined;
    if (transaction === 'Add' && exists) throw new MiFailure('XRE0104', 'EMKY', 'Record already exists');
    if (transaction === 'Change' && !exists) throw new MiFailure('XRE0103', 'EMKY', 'Record does not exist');
    world.db.repository.set(keyOf(record), record.EMAL ?? before ?? '');
    return [];
  };

/** Customers are type 04, and no key is looked for in their master (assumed); the list begins at the key, within the type. */
export const CRS111MI: Record<string, Handler> = {
  Add: put('Add'),
  Change: put('Change'),
  Delete: (world, record) => {
    entry(world, record);
    world.db.repository.delete(keyOf(record));
    return [];
  },
  Get: (world, record) => [entry(world, record)],
  List: ({ db }, { EMTP = '', EMKY = '' }) =>
    [...db.repository]
      .map(([key, EMAL]) => ({ EMTP: key.split('|')[0]!, EMKY: key.split('|')[1]!, EMAL }))
      .filter((row) => row.EMTP === EMTP && row.EMKY >= EMKY)
      .sort((a, b) => (a.EMKY < b.EMKY ? -1 : 1)),
};

function contact({ db }: MiWorld, { CNPE = '' }: MiRecord): MiRecord {
  const row = db.contacts.get(CNPE);
  if (!row) throw new MiFailure('XRE0103', 'CNPE', 'Record does not exist');
  return row;
}

/** Contact persons; EMRE (employer reference) holds the customer number (assumed). */
export const CRS618MI: Record<string, Handler> = {
  Add: (world, record) => {
    if (world.db.contacts.has(record.CNPE!)) throw new MiFailure('XRE0104', 'CNPE', 'Record already exists');
    const row = { NAMF: '', NAMS: '', EMRE: '', EMAL: '', ...record, ...world.db.stamp({}) };
    world.db.contacts.set(record.CNPE!, row as Parameters<typeof world.db.contacts.set>[1]);
    return [{ CNPE: record.CNPE! }];
  },
  Dlt: (world, record) => {
    contact(world, record);
    world.db.contacts.delete(record.CNPE!);
    return [];
  },
  Get: (world, record) => [contact(world, record)],
  Lst: ({ db }, { CNPE = '', RFTP, DEPT }) =>
    [...db.contacts.values()]
      .filter((row) => row.CNPE >= CNPE && (!RFTP || row.RFTP === RFTP) && (!DEPT || row.DEPT === DEPT))
      .sort((a, b) => (a.CNPE < b.CNPE ? -1 : 1)),
  Upd: (world, record) => {
    const row = contact(world, record);
    Object.assign(row, record, world.db.stamp(row));
    return [];
  },
};
