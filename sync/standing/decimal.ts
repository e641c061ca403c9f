import { toDecimal, type Decimal } from '../money';

export type { Decimal };

/** Exact: JavaScript's text of a number is the shortest that means it. */
export const exactOf = (value: number | string): Decimal | undefined => toDecimal(String(value));

export const times = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

/** Negative, 0 or positive, as `a` is below, equal to or above `b`. */
export function compared(a: Decimal, b: Decimal): number {
  const difference = a.units * 10n ** BigInt(b.scale) - b.units * 10n ** BigInt(a.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `1500,00`, `1.500,00`, `1,234,567`, `12.50-`: groups of three under one sign, decimals behind another. */
const WRITTEN = /^(-?)(\d{1,3}([.,'’\s])\d{3}(?:\3\d{3})*|\d+)(?:([.,])(\d+))?(-?)$/;

/**
 * A number as a system writes it. Undefined for what is none, and for what may be either of two: `1,500` is fifteen
 * hundred in one country and one and a half in another.
 */
export function writtenNumber(text: string): Decimal | undefined {
  const plain = exactOf(text);
  if (plain) return plain;
  const match = WRITTEN.exec(text.trim());
  if (!match) return undefined;
  const [, minus, whole = '', group, decimal, fraction = '', minusBehind] = match;
  const isUnclear = group === ',' && decimal === undefined && whole.split(',').length === 2;
  if (isUnclear || (group !== undefined && group === decimal) || (minus && minusBehind)) return undefined;
  const sign = minus || minusBehind ? '-' : '';
  return exactOf(`${sign}${whole.replace(/\D/g, '')}${fraction && `.${fraction}`}`);
}
