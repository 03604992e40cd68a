import type { Random } from '../../values/generate/random.ts';
import type { FieldContext, Maker } from './field-maker.ts';
import { decimalMaker } from './make-number.ts';
import { patternSampler } from './pattern.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

/** Places of numbers that are text: those of the limits, at least 2. */
function placesOf(...limits: readonly (number | string | undefined)[]): number {
  return Math.max(2, ...limits.map((x) => String(x ?? '').split('.')[1]?.length ?? 0));
}

export function stringMaker(of: FieldContext): Maker {
  const { random, field } = of;
  const c = field.constraints ?? {};
  if (c.pattern !== undefined) return patternSampler(field.name, c.pattern, random);
  // Prices kept as text: a number within the limits, not random letters.
  if (c.range) return decimalMaker(of, placesOf(c.range.min, c.range.max));
  const min = c.length ? (c.length.min ?? Math.min(5, c.length.max ?? 5)) : 5;
  const max = c.length ? (c.length.max ?? Math.max(20, min)) : 19;
  return () => {
    let text = '';
    for (let n = random.integer(min, Math.max(min, max)); n > 0; n--) text += ALPHANUMERIC[Math.floor(random.next() * ALPHANUMERIC.length)];
    return text;
  };
}

/** Version 4, from the seed. */
export function uuidMaker(random: Random): Maker {
  const hex = (n: number): string => {
    let text = '';
    for (let i = 0; i < n; i++) text += HEX[Math.floor(random.next() * 16)];
    return text;
  };
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-${HEX[8 + Math.floor(random.next() * 4)]}${hex(3)}-${hex(12)}`;
}
