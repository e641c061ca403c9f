import type { FastifyRequest } from 'fastify';
import type { ProductLine, ProductLineType, Settings } from '../../connectors/infor/productLine.ts';
import type { Gateway } from '../../connectors/infor/gateway.ts';
import type { RecordKind } from '../../sync/record.ts';
import type { IonSimulator } from '../../sandbox/ion/simulator.mts';

/** What a person at the screens of the simulated system can do; each change moves the record's change time. */
export interface Screens {
  /** Numbers of all records, as `ProductLine` gives them. */
  numbers(kind: RecordKind): string[];
  /** Sets the field that stands for the name (`description` of an order where there is no name). */
  rename(kind: RecordKind, number: string, name: string): void;
  /** Changes any field of the record, where it has no name. */
  touch(kind: RecordKind, number: string): void;
  /** A new record. @returns its number */
  add(kind: RecordKind, name: string): string;
  remove(kind: RecordKind, number: string): void;
  /** Sets a source field, as a person does. */
  set(kind: RecordKind, number: string, field: string, value: string): void;
  /** The value of a source field as it is stored. */
  stored(kind: RecordKind, number: string, field: string): string;
  /** Gives several records the same change time, that of now. */
  touchTogether(kind: RecordKind, numbers: string[]): void;
  /** Takes the service account's right to read this kind away, or gives it back. */
  deny(kind: RecordKind, denied: boolean): void;
  /** A person sets `personField` to “changed by a person” between our read and our write, `times` times. */
  changeBeforeWrite(kind: RecordKind, number: string, times: number): void;
}

/** One product line with a simulator of its own; the conformance checks know nothing else of it. */
export interface LineUnderTest {
  type: ProductLineType;
  ion: IonSimulator;
  gateway: Gateway;
  settings: Settings;
  line: ProductLine;
  screens: Screens;
  /** Paths of the requests that read a list, for faults and counts. */
  listPath(kind: RecordKind): RegExp;
  writePath: RegExp;
  /** Rows of the largest page that the system gives. */
  pageSize: number;
  writeMethod?: string;
  /** Which requests at `writePath` write, where it serves reads too. */
  isWrite?: (request: FastifyRequest) => boolean;
  /** Whether the system tells that a record was changed since it was read. */
  locks: boolean;
  /** The source field that `changeBeforeWrite` sets, where `locks`. */
  personField?: string;
  /** A filter on customers that some match and some do not. */
  filterable: { field: string; value: string };
  /** What is filled in for lists that depend on something. */
  listValues: Record<string, string>;
  /** Number of write requests or changes that the simulator took: its write log. */
  writes(): number;
  /** A source field of customers that Update may change, such as phone, and one custom field. */
  updatableField: string;
  customField: string;
  /** `row`: the system tells no time, so the newest row's counts, and that row comes again. */
  clock: 'own' | 'row';
  /** Smallest step of the system's change times in ms, where it is above 5: a cursor cannot tell finer. */
  clockStepMs?: number;
  close(): Promise<void>;
}

export interface StartOptions {
  /** How many customers; the other objects follow from it. */
  customers?: number;
  seed?: number;
}

export type StartLine = (options?: StartOptions) => Promise<LineUnderTest>;
