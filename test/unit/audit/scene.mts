import fc from 'fast-check';
import { auditRow, type AuditRow } from '../../../sync/audit/rows.ts';

export const BEGIN = Date.parse('2026-11-02T00:00:00Z');
export const DAY = 86_400_000;
export const LINK = 'https://n8n.example/workflow/w1/executions/77';

let rows = 0;

/** A row as n8n's data table gives it. */
export const rowOf = (json: Record<string, unknown> = {}): Record<string, unknown> => {
  rows += 1;
  const at = json.updatedAt ?? new Date(BEGIN + rows * 60_000).toISOString();
  return {
    id: rows,
    createdAt: at,
    updatedAt: at,
    ...{ effectKey: `create:aud:Y30000:${rows}`, flow: '01', kind: 'create', recordNumber: 'Y30000' },
    ...{ memberId: '', source: '', status: 'applied', reason: '', attempts: 1, fingerprint: 'f' },
    ...{ executionId: '77', workflowId: 'w1', link: LINK },
    ...json,
  };
};

export const auditOf = (json: Record<string, unknown> = {}): AuditRow => auditRow(rowOf(json))!;

export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '&lt;',
  '\u0000\u0007',
];
const NUMBERS = ['Y1', 'Y2', 'Y10', ''];
const MEMBERS = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32), ''];

/** Rows of few records and contacts, so that they meet, within three weeks. */
export const anyRows = fc
  .array(
    fc.record({
      kind: fc.constantFrom(
        'create',
        'update',
        'tag',
        'note',
        'run',
        'execution',
        'receivable',
        'something new',
      ),
      recordNumber: fc.constantFrom(...NUMBERS),
      memberId: fc.constantFrom(...MEMBERS),
      source: fc.constantFrom('', 'order shop/1', 'order shop/11', 'event 9'),
      status: fc.constantFrom('applied', 'skipped', 'failed', 'quarantined', 'superseded'),
      reason: fc.constantFrom(
        '',
        'unsubscribed',
        'merge-value',
        'mailchimp-unavailable',
        'customer-not-read',
        'constructor',
      ),
      flow: fc.constantFrom('01', '02'),
      executionId: fc.constantFrom('1', '2', '3'),
      attempts: fc.integer({ min: 1, max: 5 }),
      minute: fc.integer({ min: 0, max: 21 * 1440 }),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(({ minute, ...json }, index) =>
      auditOf({
        ...json,
        // A run does not fail: it ends, or it does not.
        ...(json.kind === 'run' && json.status === 'failed' ? { status: 'started' } : {}),
        effectKey: `key:${index}`,
        updatedAt: new Date(BEGIN + minute * 60_000).toISOString(),
      }),
    ),
  );
