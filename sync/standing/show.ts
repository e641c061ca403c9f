import type { Decimal } from './decimal';
import type { Fact } from './facts';

function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** A share to two decimals, cut, so that 99.999 % does not look like all of it. */
function shareText(over: Decimal, under: Decimal): string {
  const units = (over.units * 10n ** BigInt(under.scale + 2)) / (under.units * 10n ** BigInt(over.scale));
  return decimalText({ units, scale: 2 });
}

/** A fact for people; '' where nothing is known. */
export function shown(fact: Fact): string {
  if (typeof fact === 'string') return '';
  if ('text' in fact) return fact.text === '' ? 'none' : fact.text;
  if ('moreThan' in fact) return fact.moreThan === Infinity ? 'never' : `more than ${fact.moreThan}`;
  return fact.under ? shareText(fact.over, fact.under) : decimalText(fact.over);
}
