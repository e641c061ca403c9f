import { existsSync, readFileSync } from 'node:fs';
import { fieldsOf, PROGRAMS } from '../../sandbox/ion/catalog.mts';

/** The official field lists, where this machine has them; they are not part of the project. */
const PATH = '../shared/specs/m3/mi-catalog.json';

type OfficialFields = Record<string, { length: number; mandatory?: boolean }>;
type Official = Record<string, { transactions: Record<string, { in: OfficialFields; out: OfficialFields }> }>;

const flat = (fields: OfficialFields): string[] =>
  Object.entries(fields).map(([name, { length, mandatory }]) => `${name}${mandatory ? '*' : ''}:${length}`);

const ours = (table: string): string[] =>
  fieldsOf(table).map(({ name, length, mandatory }) => `${name}${mandatory ? '*' : ''}:${length}`);

const transactions = Object.entries(PROGRAMS).flatMap(([program, table]) =>
  Object.entries(table.transactions).map(([name, spec]) => ({ program, name, spec })),
);

if (existsSync(PATH)) {
  const official = JSON.parse(readFileSync(PATH, 'utf8')) as Official;
  test.each(transactions)('$program/$name has exactly M3’s own fields', ({ program, name, spec }) => {
    const theirs = official[program]!.transactions[name]!;
    expect(ours(spec.in).sort()).toEqual(flat(theirs.in).sort());
    expect(ours(spec.out).sort()).toEqual(flat(theirs.out).sort());
  });
} else {
  test.skip(`the field lists are compared only where ${PATH} is present`, () => undefined);
}

test('every transaction has at least one field, in or out', () => {
  for (const { spec } of transactions)
    expect(fieldsOf(spec.in).length + fieldsOf(spec.out).length).toBeGreaterThan(0);
});
