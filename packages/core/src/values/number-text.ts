import { narrowed } from './column-read.ts';
import type { Exact } from './exact.ts';

const INTEGER_TEXT = /^[+-]?\d{1,40}$/;
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** Digits with an optional sign, nothing else, within 64 bits; undefined otherwise. */
export function parseInteger(text: string): Exact | undefined {
  if (!INTEGER_TEXT.test(text)) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value + 0;
  const wide = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return BigInt.asIntN(64, wide) === wide ? narrowed(wide) : undefined;
}

/** A number in any usual notation, `NaN` and `Infinity` too; undefined otherwise. */
export function parseFloatText(text: string): number | undefined {
  return FLOAT_TEXT.test(text) ? Number(text) : NOT_FINITE.get(text.toLowerCase());
}

/** TRUE, T, 1 and FALSE, F, 0 in any case; undefined otherwise. */
export function parseBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case 't':
    case '1':
      return true;
    case 'false':
    case 'f':
    case '0':
      return false;
    default:
      return undefined;
  }
}
