import type { EffectResult } from '../../sync/types';
import { ConnectorError, type ErrorCode } from '../errors';
import type { RecordHome, Row, WriteAnswer } from './homes';

/** What one record should become. */
export interface Wanted {
  fields: Row;
  /** What the fields held when the change was decided; a record that holds neither is left to its new author. */
  expected?: Row;
}

const APPLIED: EffectResult = { applied: true };

const failed = (reason: Extract<EffectResult, { applied: false }>['reason'], subject = ''): EffectResult => ({
  applied: false,
  reason,
  subject,
});

/** Look, write, look, write, look: more rounds would only repeat what a tenant refuses. */
const ROUNDS = 3;

/** Troubles that pass, or after which a write may be done or not (infor §3.4). */
const PASSING: readonly ErrorCode[] = [
  'ION_UNAVAILABLE',
  'ION_TIMEOUT',
  'ION_ANSWER',
  'ION_UNREACHABLE',
  'ION_THROTTLED',
];

/** Only what differs; undefined when somebody changed the record in a way that the plan did not know. */
function difference({ fields, expected }: Wanted, current: Row): Row | undefined {
  const entries = Object.entries(fields).filter(([name, value]) => (current[name] ?? '') !== value);
  const foreign = entries.some(
    ([name]) => expected && name in expected && (current[name] ?? '') !== expected[name],
  );
  return foreign ? undefined : Object.fromEntries(entries);
}

class CarefulWriter {
  readonly results = new Map<string, EffectResult>();
  private fatal: ConnectorError | undefined;
  private overtaken = new Set<string>();

  constructor(
    private readonly home: RecordHome,
    private readonly wanted: ReadonlyMap<string, Wanted>,
  ) {}

  async run(): Promise<Map<string, EffectResult>> {
    for (let round = 0; round <= ROUNDS && !this.fatal && this.open().length > 0; round++) {
      const current = await this.attempt(() => this.home.read(this.open()));
      if (!current) continue;
      const rows = this.rowsToWrite(current);
      if (rows.size === 0 || round === ROUNDS) continue;
      const answers = await this.attempt(() => this.home.write(rows, current));
      if (answers) this.judge([...rows.keys()], answers);
    }
    if (this.fatal && this.results.size === 0) throw this.fatal;
    for (const key of this.open())
      this.results.set(key, failed(this.overtaken.has(key) ? 'changed-in-infor' : 'infor-unavailable'));
    return this.results;
  }

  private open(): string[] {
    return [...this.wanted.keys()].filter((key) => !this.results.has(key));
  }

  private rowsToWrite(current: ReadonlyMap<string, Row>): Map<string, Row> {
    const rows = new Map<string, Row>();
    for (const key of this.open()) {
      const record = current.get(key);
      if (!record && !this.home.adds) {
        this.results.set(key, failed('customer-gone'));
        continue;
      }
      const fields = difference(this.wanted.get(key)!, record ?? {});
      if (!fields) this.results.set(key, failed('changed-in-infor'));
      else if (Object.keys(fields).length === 0) this.results.set(key, APPLIED);
      else rows.set(key, fields);
    }
    return rows;
  }

  private judge(keys: string[], answers: WriteAnswer[]): void {
    keys.forEach((key, index) => {
      const answer = answers[index]!;
      if (answer.done) this.results.set(key, APPLIED);
      else if (answer.because === 'overtaken') this.overtaken.add(key);
      else if (answer.because === 'refused')
        this.results.set(key, failed('refused-by-infor', answer.subject));
    });
  }

  /** What the next round finds decides; a trouble is thrown only when nothing at all came about. */
  private async attempt<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof ConnectorError)) return Promise.reject(error as Error);
      if (!PASSING.includes(error.errorCode)) this.fatal = error;
      return undefined;
    }
  }
}

/**
 * Writes records so that doing it twice equals doing it once. Each round looks before it writes: a write whose answer
 * was lost is found done instead of being repeated blindly (invariant 3), and a record that somebody else changed
 * meanwhile is not written over.
 * @throws ConnectorError for a trouble of the whole system that lets nothing be written
 */
export const writeCarefully = (
  home: RecordHome,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<Map<string, EffectResult>> => new CarefulWriter(home, wanted).run();
