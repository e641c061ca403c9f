/** What systems write where there is no day: nothing, zeros, or the first day of all calendars. */
export const isNoDay = (text: string): boolean =>
  /^(?:0001-?01-?01(?!\d).*|[0\s./:TZ-]*)$/i.test(text.trim());

/** YYYY-MM-DD from YYYYMMDD or YYYY-MM-DD, with or without a time behind it; '' for no date. */
export function dayOf(text: string): string {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(text.trim());
  return match && match[1] !== '0000' && !isNoDay(text) ? `${match[1]}-${match[2]}-${match[3]}` : '';
}

/** `1500,00`, `1.500,00`, `1,234,567`, `12.50-`: groups of three under one sign, decimals behind another. */
const WRITTEN = /^(-?)(\d{1,3}([.,'’\s])\d{3}(?:\3\d{3})*|\d+)(?:([.,])(\d+))?(-?)$/;

/** With a point and without groups, as far as that is clear; else the text as it is. */
function plainOf(text: string): string {
  const [, minus, whole = '', group, point, fraction = '', minusBehind] = WRITTEN.exec(text) ?? [];
  const isPlain = /^-?\d*\.?\d*$/.test(text);
  if (isPlain || whole === '' || (group && group === point) || (minus && minusBehind)) return text;
  // 1,500 is fifteen hundred in one country and one and a half in another.
  if (point === undefined && group === ',' && /^\d+,\d+$/.test(whole)) return '';
  return `${minus || minusBehind}${whole.replace(/\D/g, '')}${fraction && `.${fraction}`}`;
}

/**
 * A plain decimal, exact to its last digit, without trailing zeros beyond two: 100.00000000 → 100.00. '' for what is no
 * number, and for what may be either of two.
 */
export function decimalOf(text: string): string {
  const match = /^(-?)0*(\d*)(?:\.(\d*))?$/.exec(plainOf(text.trim()));
  if (!match || !/\d/.test(match[0])) return '';
  const decimals = (match[3] ?? '').replace(/0+$/, '');
  const shown = match[3] === undefined ? '' : `.${decimals.padEnd(Math.min(2, match[3].length), '0')}`;
  return `${match[1]}${match[2] || '0'}${shown === '.' ? '' : shown}`;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** `YYYY-MM-DD hh:mm:ss.fff`, of a system that tells its local time without a zone, counted as UTC. */
export function localTime(ms: number): string {
  const at = new Date(ms);
  const day = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
  return `${day} ${time}.${pad(at.getUTCMilliseconds(), 3)}`;
}

/** ms since 1970 from `YYYYMMDD hh:mm:ss.fff` or ISO 8601, without a zone as UTC; undefined for none. */
export function momentMs(text: string): number | undefined {
  const match =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text.trim(),
    );
  if (!match || match[1] === '0000') return undefined;
  const [, y, mo, d, h = '00', mi = '00', s = '00', f = '0', zone = 'Z'] = match;
  const ms = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.${f.slice(0, 3).padEnd(3, '0')}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** ISO 8601 in UTC; '' for none. */
export function isoOf(text: string): string {
  const ms = momentMs(text);
  return ms === undefined ? '' : new Date(ms).toISOString();
}
