import type { Outcome } from './kit.mts';

function rowOf(id: string, outcomes: Outcome[]): string {
  const applicable = outcomes.filter(({ notApplicable }) => notApplicable === '');
  const kept = applicable.filter(({ failure }) => failure === '').length;
  const rest = outcomes.length - applicable.length;
  return `  ${id.padEnd(14)} ${String(kept).padStart(3)}/${applicable.length}${rest > 0 ? `   ${rest} not applicable` : ''}`;
}

function reasonsOf(id: string, outcomes: Outcome[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { check, notApplicable } of outcomes)
    if (notApplicable) reasons.set(notApplicable, [...(reasons.get(notApplicable) ?? []), check]);
  return [...reasons].flatMap(([why, checks]) => [
    `  ${id}: ${why}`,
    ...checks.map((check) => `      ${check}`),
  ]);
}

/** Promises kept of those that apply, a line each; then why the others do not. */
export const matrix = (results: ReadonlyMap<string, Outcome[]>): string[] => [
  'Conformance: promises kept, by product line',
  ...[...results].map(([id, outcomes]) => rowOf(id, outcomes)),
  'Not applicable, and why:',
  ...[...results].flatMap(([id, outcomes]) => reasonsOf(id, outcomes)),
];
