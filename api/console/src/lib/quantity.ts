/** Exact quantities: whole numbers of a base unit as BigInt, and decimal text. Nothing here is ever a double. */

export type Unit = 't' | 'kg' | 'g' | 'mg' | 'ug' | 'pcs' | 'strip' | 'box';
export type BaseUnit = 'mg' | 'ug' | 'pcs';

/** As a payload states it. */
export interface Quantity {
  unit: Unit;
  value: string;
}

const exponents: Partial<Record<Unit, number>> = { t: 12, kg: 9, g: 6, mg: 3, ug: 0 };

/** What people type behind a number, in both languages and in full width. */
const suffixes: Record<string, Unit> = {
  t: 't', 吨: 't', kg: 'kg', 公斤: 'kg', 千克: 'kg', g: 'g', 克: 'g', mg: 'mg', 毫克: 'mg',
  ug: 'ug', μg: 'ug', µg: 'ug', 微克: 'ug', pcs: 'pcs', 片: 'pcs', 支: 'pcs', 粒: 'pcs', 件: 'pcs', 贴: 'pcs',
  strip: 'strip', 板: 'strip', box: 'box', 盒: 'box',
};

export type QuantityFault = 'empty' | 'not-a-number' | 'unknown-unit' | 'no-unit' | 'too-long' | 'not-whole' | 'wrong-kind' | 'too-large';

const amountMax = 9_000_000_000_000_000n;

/** Full-width digits, points and letters as their plain forms; blanks and digit groups gone. */
function plain(text: string): string {
  const narrow = text.normalize('NFKC').replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\s_]/g, '').replace(/。/g, '.');
  return narrow.replace(/(\d),(?=\d{3}(\D|$))/g, '$1').replace(/(\d),(?=\d{3}(\D|$))/g, '$1');
}

/** "１２．５ 公斤", "12.5kg", or "12.5" with a unit of the field. */
export function readQuantity(text: string, fallback: Unit | null): Quantity | QuantityFault {
  const match = /^([\d.]*)(.*)$/.exec(plain(text))!;
  const [number, word] = [match[1]!, match[2]!.toLowerCase()];
  if (!number) return word ? 'not-a-number' : 'empty';
  const value = number.replace(/^0+(?=\d)/, '');
  if (!/^\d+(\.\d+)?$/.test(value)) return 'not-a-number';
  if (value.replace('.', '').length > 16) return 'too-long';
  const unit = word ? suffixes[word] : fallback;
  if (word && !unit) return 'unknown-unit';
  return unit ? { unit, value } : 'no-unit';
}

/** In whole base units, or why not. Strips and boxes need the lot's pack and are left to the registry. */
export function amountOf({ unit, value }: Quantity, base: BaseUnit): bigint | QuantityFault {
  const [whole, part = ''] = value.split('.');
  const digits = BigInt(whole + part);
  const shift = shiftBetween(unit, base);
  if (shift === null) return 'wrong-kind';
  const move = shift - part.length;
  const amount = move >= 0 ? digits * 10n ** BigInt(move) : exactly(digits, 10n ** BigInt(-move));
  if (amount === null) return 'not-whole';
  return amount > amountMax ? 'too-large' : amount;
}

function shiftBetween(unit: Unit, base: Unit): number | null {
  if (unit === base) return 0;
  const [a, b] = [exponents[unit], exponents[base]];
  return a === undefined || b === undefined ? null : a - b;
}

function exactly(digits: bigint, divisor: bigint): bigint | null {
  return digits % divisor === 0n ? digits / divisor : null;
}

/** The largest unit of which there is at least one: "12.5 kg"; with a minus sign where it is below zero. */
export function formatAmount(amount: bigint, base: BaseUnit): Quantity {
  const size = amount < 0n ? -amount : amount;
  const unit = (['t', 'kg', 'g', 'mg'] as const).find((each) => {
    const shift = shiftBetween(each, base);
    return shift !== null && shift >= 0 && size >= 10n ** BigInt(shift);
  });
  const shift = unit ? shiftBetween(unit, base)! : 0;
  const digits = size.toString().padStart(shift + 1, '0');
  const whole = digits.slice(0, digits.length - shift);
  const part = digits.slice(digits.length - shift).replace(/0+$/, '');
  return { unit: unit ?? base, value: `${amount < 0n ? '-' : ''}${whole}${part ? `.${part}` : ''}` };
}
