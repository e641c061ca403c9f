/** A record of an MI answer: every value is a string (infor §3.3). */
export type MiRecord = Record<string, string>;

/** YYYY-MM-DD from M3's YYYYMMDD; '' for no date, which M3 writes as '' or 0. */
export function miDate(value: string | undefined): string {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec((value ?? '').trim());
  return match && match[1] !== '0000' ? `${match[1]}-${match[2]}-${match[3]}` : '';
}

/**
 * A number as MI writes it: `1500.00`, `1500,00`, `1.500,00`, `0012`, `12-`. The last comma or point is the decimal
 * sign, because the company's settings decide which one it is. Undefined when it is no number.
 */
export function miNumber(value: string | undefined): number | undefined {
  const text = (value ?? '').replace(/\s/g, '');
  const match = /^(-?)([\d.,]*\d)(-?)$/.exec(text);
  if (!match) return undefined;
  const decimal = Math.max(match[2]!.lastIndexOf('.'), match[2]!.lastIndexOf(','));
  const whole = (decimal < 0 ? match[2]! : match[2]!.slice(0, decimal)).replace(/[.,]/g, '');
  const number = Number(decimal < 0 ? whole : `${whole || '0'}.${match[2]!.slice(decimal + 1)}`);
  return match[1] || match[3] ? -number : number;
}

/** Values as strings without the blanks that M3 fills fields with. */
export const trimmed = (record: Record<string, unknown>): MiRecord =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value ?? '').trimEnd()]));

/** The same number as a plain decimal such as -1234.50, exact to its last digit; '' when it is no number. */
export function miDecimal(value: string | undefined): string {
  const text = (value ?? '').replace(/\s/g, '');
  if (miNumber(text) === undefined) return '';
  const digits = text.replace(/-/g, '');
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const whole = (at < 0 ? digits : digits.slice(0, at)).replace(/[.,]/g, '').replace(/^0+(?=\d)/, '') || '0';
  const decimals = at < 0 ? '' : `.${digits.slice(at + 1)}`;
  return `${text.includes('-') ? '-' : ''}${whole}${decimals}`;
}
