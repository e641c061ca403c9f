import { compared, times, type Decimal } from './decimal';
import type { Fact } from './facts';

function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** A share, cut, so that 99.999 % does not look like all of it. */
const cut = (over: Decimal, under: Decimal, scale: number): Decimal => ({
  units: (over.units * 10n ** BigInt(under.scale + scale)) / (under.units * 10n ** BigInt(over.scale)),
  scale,
});

const DECIMALS = 2;
/** More than the values that people compare with have. */
const MAX_DECIMALS = 100;

/** To two decimals, and to as many more as tell it from the value that it is compared with. */
function shareText(over: Decimal, under: Decimal, beside: Decimal | undefined): string {
  const order = (a: Decimal, b: Decimal): number => Math.sign(compared(a, b));
  const isRight = (share: Decimal): boolean =>
    beside === undefined || order(share, beside) === order(over, times(beside, under));
  let scale = DECIMALS;
  while (scale < MAX_DECIMALS && !isRight(cut(over, under, scale))) scale += 1;
  return decimalText(cut(over, under, scale));
}

/**
 * A fact for people; '' where nothing is known.
 * @param beside the value that it is compared with
 */
export function shown(fact: Fact, beside?: Decimal): string {
  if (typeof fact === 'string') return '';
  if ('text' in fact) return fact.text === '' ? 'none' : fact.text;
  if ('moreThan' in fact) return fact.moreThan === Infinity ? 'never' : `more than ${fact.moreThan}`;
  return fact.under ? shareText(fact.over, fact.under, beside) : decimalText(fact.over);
}
