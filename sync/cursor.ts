/** ms since 1970, as M3's LMTS writes it. */
const MILLISECONDS = /^\d{10,18}$/;

/**
 * Where a read of changed records begins: a little before the cursor, because the records of a page may carry a time
 * before the one that the server told, and because it is unsettled whether the filter includes its own moment
 * (invariant 5). The overlap costs reads, never writes.
 * @param cursor ms since 1970 or an ISO 8601 date-time; '' for everything
 * @returns ms since 1970, '' for everything, undefined when the cursor is neither
 */
export function readFrom(cursor: string, overlapMinutes: number): string | undefined {
  const text = cursor.trim();
  if (text === '') return '';
  const at = MILLISECONDS.test(text)
    ? Number(text)
    : /^\d{4}-\d{2}-\d{2}/.test(text)
      ? Date.parse(text)
      : NaN;
  return Number.isFinite(at) ? String(Math.max(0, Math.floor(at - overlapMinutes * 60_000))) : undefined;
}
