/** ISO 4217: minor units of the currencies that do not have two. */
const DECIMALS: Record<string, number> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0 },
  ...{ VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 },
  ...{ CLF: 4, UYW: 4 },
};

/** Undefined for what is no currency code. */
export const decimalsOf = (currency: string): number | undefined =>
  /^[A-Z]{3}$/.test(currency) ? (DECIMALS[currency] ?? 2) : undefined;

/** A decimal number without binary noise: `units` × 10^-`scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;
/** Far beyond any price, and small enough to be computed with. */
const MAX_SCALE = 60;

/** 15 digits are what a double keeps of a decimal number; the rest is noise, such as that of 0.1 + 0.2. */
function textOf(amount: unknown): string {
  if (typeof amount === 'string') return amount.trim();
  return typeof amount === 'number' && Number.isFinite(amount) ? String(Number(amount.toPrecision(15))) : '';
}

/** Undefined for what is no plain decimal number. */
export function toDecimal(amount: unknown): Decimal | undefined {
  const match = PLAIN.exec(textOf(amount));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > MAX_SCALE) return undefined;
  const digits = BigInt(whole + fraction) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  return { units: sign ? -digits : digits, scale: Math.max(0, scale) };
}

/** Half away from zero, as invoices are rounded. */
function rounded({ units, scale }: Decimal, decimals: number): bigint {
  if (scale <= decimals) return units * 10n ** BigInt(decimals - scale);
  const divisor = 10n ** BigInt(scale - decimals);
  const half = units < 0n ? -divisor / 2n : divisor / 2n;
  return (units + half) / divisor;
}

const safe = (minor: bigint): number | undefined => {
  const value = Number(minor);
  return Number.isSafeInteger(value) ? value : undefined;
};

/**
 * An amount in minor units (cents), exactly: never by binary multiplication.
 * @param amount a JSON number or its decimal text; nothing counts as 0
 * @returns undefined for what is no number, and for more than 2^53 minor units
 */
export function toMinor(amount: unknown, decimals: number): number | undefined {
  if (amount === undefined || amount === null || amount === '') return 0;
  const decimal = toDecimal(amount);
  return decimal && safe(rounded(decimal, decimals));
}

/** Price × quantity in minor units: the price may be finer than the currency, the product is rounded once. */
export function timesMinor(price: unknown, quantity: unknown, decimals: number): number | undefined {
  const [one, many] = [toDecimal(price ?? 0), toDecimal(quantity ?? 0)];
  if (!one || !many) return undefined;
  return safe(rounded({ units: one.units * many.units, scale: one.scale + many.scale }, decimals));
}

/** Minor units as a plain decimal: -123450 with 2 decimals is -1234.50. */
export function toText(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
