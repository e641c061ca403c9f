import type { Lab } from '../../lab.mts';
import type { TableRow } from '../../n8n/rest.mts';
import { LEDGER } from '../stage.mts';
import { numbersByMember, type Column, type Line } from './systems.mts';
import { kindInWords, outcomeInWords, reasonInWords } from './words.mts';

const NEWEST = 60;

const TONES: Record<string, string> = { applied: 'good', failed: 'warn', quarantined: 'bad' };
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** The newest rows of the ledger, read through n8n; each execution is looked up once, to link to it. */
export class LedgerView {
  private readonly links = new Map<string, string>();
  private last: Column = { total: 0, lines: [], sums: [] };

  constructor(private readonly lab: Lab) {}

  /** What was read last, where n8n has no time to answer. */
  async read(): Promise<Column> {
    try {
      const { rows, count } = await this.lab.api.newestRows(LEDGER, NEWEST);
      await Promise.all([...new Set(rows.map(executionOf))].map((id) => this.find(id)));
      const numbers = numbersByMember(this.lab.world);
      this.last = { total: count, lines: rows.map((row) => this.line(row, numbers)), sums: [] };
    } catch {
      // The next tick asks again; a page must not end the month.
    }
    return this.last;
  }

  private async find(execution: string): Promise<void> {
    if (execution === '' || this.links.has(execution)) return;
    this.links.set(execution, '');
    const { workflowId } = await this.lab.api.execution(execution, false);
    this.links.set(execution, `${this.lab.n8n.url}/workflow/${workflowId}/executions/${execution}`);
  }

  private line(row: TableRow, numbers: ReadonlyMap<string, string[]>): Line {
    const number = text(row.recordNumber);
    const keys = number ? [number] : (numbers.get(text(row.memberId)) ?? []);
    const link = /^https?:/.test(text(row.link)) ? text(row.link) : this.links.get(executionOf(row));
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

const executionOf = ({ executionId }: TableRow): string => text(executionId);
