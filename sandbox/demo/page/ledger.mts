import type { Lab } from '../../lab.mts';
import type { TableRow } from '../../n8n/rest.mts';
import { LEDGER } from '../stage.mts';
import { isNamed, numbersByMember, type Column, type Line } from './systems.mts';
import { kindInWords, outcomeInWords, reasonInWords } from './words.mts';

const NEWEST = 60;
const MOST = 1000;

const TONES: Record<string, string> = { applied: 'good', failed: 'warn', quarantined: 'bad' };
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** The newest rows of the ledger, read through n8n. */
export class LedgerView {
  /** By the id of the row, the newest last. */
  private readonly kept = new Map<string, Line>();
  private last: Column = { total: 0, lines: [], sums: [] };

  constructor(private readonly lab: Lab) {}

  /** What was read last, where n8n has no time to answer. */
  async read(): Promise<Column> {
    try {
      const { rows, count } = await this.newest();
      const numbers = numbersByMember(this.lab.world);
      const newest = rows.slice(0, NEWEST).map((row) => this.line(row, numbers));
      for (const row of rows.reverse()) this.keep(row, this.line(row, numbers));
      const ids = new Set(newest.map(({ id }) => id));
      const older = [...this.kept.values()].reverse().filter(({ id }) => !ids.has(id));
      this.last = { total: count, lines: [...newest, ...older], sums: [] };
    } catch {
      // The next tick asks again; a page must not end the month.
    }
    return this.last;
  }

  /** At least all that came since the last time. */
  private async newest(): Promise<{ rows: TableRow[]; count: number }> {
    const { api } = this.lab;
    const found = await api.newestRows(LEDGER, NEWEST);
    const fresh = found.count - this.last.total;
    return fresh > NEWEST ? api.newestRows(LEDGER, Math.min(fresh + NEWEST, MOST)) : found;
  }

  /** Whoever is followed finds all their rows, the old ones too. */
  private keep(row: TableRow, line: Line): void {
    if (!isNamed(line.keys)) return;
    this.kept.delete(text(row.id));
    this.kept.set(text(row.id), line);
  }

  private line(row: TableRow, numbers: ReadonlyMap<string, string[]>): Line {
    const number = text(row.recordNumber);
    const keys = number ? [number] : (numbers.get(text(row.memberId)) ?? []);
    const link = text(row.link);
    return {
      // A row that is written again is told again.
      id: `${text(row.id)} ${text(row.updatedAt)}`,
      keys,
      head: kindInWords(text(row.kind)),
      side: keys.join(', '),
      texts: [reasonInWords(text(row.reason))].filter(Boolean),
      chips: [
        {
          text: outcomeInWords(text(row.status)),
          tone: TONES[text(row.status)] ?? '',
          title: text(row.status),
        },
      ],
      ...(link ? { link } : {}),
    };
  }
}
