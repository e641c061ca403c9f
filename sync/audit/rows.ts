import { REASONS, reasonText, type Reason } from '../reasons';
import type { LedgerRow } from '../types';

/** A row as n8n's data table gives it: with its own number and its times, all of them as text or numbers. */
export interface AuditRow extends Omit<LedgerRow, 'status'> {
  /** The table's own number of the row; '' where the rows come from elsewhere. */
  id: string;
  status: string;
  /** ms since 1970; 0 where the row tells no time. */
  createdAt: number;
  /** When the row got the state that it has; ms since 1970. */
  updatedAt: number;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Data tables give ISO 8601, and older versions of them a date. */
function moment(value: unknown): number {
  const at = value instanceof Date ? value.getTime() : Date.parse(text(value));
  return Number.isFinite(at) ? at : 0;
}

/** @returns undefined for what is no row, such as the empty item that n8n puts where a node had nothing to say */
export function auditRow(json: Record<string, unknown>): AuditRow | undefined {
  const effectKey = text(json.effectKey);
  if (effectKey === '') return undefined;
  const createdAt = moment(json.createdAt);
  return {
    id: text(json.id),
    effectKey,
    flow: text(json.flow),
    kind: text(json.kind),
    recordNumber: text(json.recordNumber),
    memberId: text(json.memberId),
    source: text(json.source),
    status: text(json.status),
    reason: text(json.reason),
    attempts: Number(json.attempts) || 0,
    fingerprint: text(json.fingerprint),
    executionId: text(json.executionId),
    workflowId: text(json.workflowId),
    link: text(json.link),
    createdAt,
    updatedAt: moment(json.updatedAt) || createdAt,
  };
}

/** Each row once: a workflow may read one by its number and again by its contact. */
export function auditRows(items: Array<Record<string, unknown>>): AuditRow[] {
  const rows = new Map<string, AuditRow>();
  for (const json of items) {
    const row = auditRow(json);
    if (row) rows.set(row.id ? `id ${row.id}` : `key ${row.effectKey}`, row);
  }
  return [...rows.values()];
}

/** By time; rows of one moment in the order in which the table holds them. */
export const byTime = (rows: AuditRow[]): AuditRow[] =>
  [...rows].sort((a, b) => a.updatedAt - b.updatedAt || Number(a.id || 0) - Number(b.id || 0));

export type StateName = 'done' | 'attention' | 'skipped';

export function stateOf(status: string): StateName {
  if (status === 'applied') return 'done';
  return status === 'failed' || status === 'quarantined' ? 'attention' : 'skipped';
}

const isReason = (code: string): code is Reason => Object.hasOwn(REASONS, code);

/** Written by the templates themselves. */
const OF_TEMPLATES: Record<string, string> = {
  'customer-not-read': 'The customer could not be read from CloudSuite.',
  'execution-failed':
    'The execution ended with an error that has no code of ours; its page in n8n tells which.',
};

/** A reason code in plain words; '' for none. What we do not know is given as it is. */
export function explained(code: string): string {
  if (code === '') return '';
  if (isReason(code)) return reasonText(code);
  return Object.hasOwn(OF_TEMPLATES, code) ? OF_TEMPLATES[code]! : `Reason: ${code}.`;
}
