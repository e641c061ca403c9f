import type { Kind } from '../../sandbox/ion/lines/canonical.mts';
import type { LineDatabase } from '../../sandbox/ion/lines/database.mts';
import type { Screens } from './lineUnderTest.mts';

/** The screens of a system that keeps records whole. */
export function screensOf(db: LineDatabase, personField: string): Screens {
  const nameOf = (kind: Kind): string => db.layouts[kind].names.name ?? db.layouts[kind].names.status!;
  return {
    numbers: (kind) => db.sorted(kind).map(([number]) => number),
    rename: (kind, number, name) => db.change(kind, number, { [nameOf(kind)]: name }),
    touch: (kind, number) => db.change(kind, number, {}),
    add: (kind, name) => {
      const number = '99001';
      db.add(kind, { number, name, status: 'active' });
      return number;
    },
    remove: (kind, number) => void db.table(kind).delete(number),
    set: (kind, number, field, value) => db.change(kind, number, { [field]: value }),
    stored: (kind, number, field) => db.table(kind).get(number)!.row[field] ?? '',
    touchTogether: (kind, numbers) => {
      const at = db.now();
      for (const number of numbers) db.change(kind, number, {}, at);
    },
    deny: (kind, denied) => void (denied ? db.denied.add(kind) : db.denied.delete(kind)),
    changeBeforeWrite: (kind, number, times) => {
      let left = times;
      db.beforeWrite = (changed, at) => {
        if (changed !== kind || at !== number || left-- <= 0) return;
        db.change(kind, number, { [personField]: 'changed by a person' });
      };
    },
  };
}
