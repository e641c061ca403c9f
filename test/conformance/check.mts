import assert from 'node:assert/strict';
import { ConnectorError } from '../../connectors/errors.ts';
import type { Ability, ReadOptions, RecordQuery } from '../../connectors/infor/productLine.ts';
import { RECORD_KINDS, type BusinessRecord, type RecordKind } from '../../sync/record.ts';
import type { LineUnderTest, StartOptions } from './lineUnderTest.mts';

/** One promise that every product line keeps. */
export interface Check {
  name: string;
  /** Changes data, settings or faults: it gets a simulator of its own. Otherwise all checks share one. */
  changes: boolean;
  /** Size of the simulator of its own. */
  options?: StartOptions;
  run(line: LineUnderTest): Promise<void>;
}

/** Thrown where a promise makes no sense for a product line; the reason is the line's own. */
export class NotApplicable extends Error {}

/** Every ability is offered, or missing for a reason that users can read. */
export function need({ type }: LineUnderTest, kind: RecordKind, ability: Ability): void {
  const { abilities, missing } = type.objects[kind];
  if (abilities.includes(ability)) return;
  const why = missing[ability];
  assert.ok(why, `${type.id} neither offers ${ability} for ${kind} nor says why not`);
  throw new NotApplicable(why);
}

export const OPTIONS: ReadOptions = {
  emailHome: '',
  withFinancials: false,
  withCrossReference: false,
  activeStatuses: [],
};

export async function read(
  { line }: LineUnderTest,
  kind: RecordKind,
  query: Partial<RecordQuery> = {},
): Promise<BusinessRecord[]> {
  const records: BusinessRecord[] = [];
  for await (const page of line.list(kind, { ...OPTIONS, ...query })) records.push(...page);
  return records;
}

export const numbersOf = (records: BusinessRecord[]): string[] => records.map(({ number }) => number);

export const sorted = (texts: Iterable<string>): string[] => [...texts].sort();

/** The same check for each kind that has the ability. */
export const forEachKind = (
  name: string,
  ability: Ability,
  check: Pick<Check, 'changes' | 'options'> & {
    kinds?: readonly RecordKind[];
    run(line: LineUnderTest, kind: RecordKind): Promise<void>;
  },
): Check[] =>
  (check.kinds ?? RECORD_KINDS).map((kind) => ({
    name: `${kind}: ${name}`,
    changes: check.changes,
    options: check.options,
    run: async (line) => {
      need(line, kind, ability);
      await check.run(line, kind);
    },
  }));

/** @returns the error that the work ends in; fails when it does not */
export async function errorOf(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConnectorError, `no clear error, but ${String(error)}`);
  return error;
}

/** Somebody changes a record: its name, or any field of a record without one. */
export function change({ screens }: LineUnderTest, kind: RecordKind, number: string, name: string): void {
  if (kind === 'purchaseOrder' || kind === 'invoice') screens.touch(kind, number);
  else screens.rename(kind, number, name);
}
