import { valueError } from '../../../diagnostics/codes/values.ts';
import { decimalToFloat } from '../../../values/decimal-text.ts';
import type { Exact } from '../../../values/exact.ts';
import { typeText } from '../../../values/type-text.ts';
import { ANY, type Scalar, type SqlType } from '../../../values/types.ts';
import type { ReturnRule } from '../define.ts';

/** Reader of a numeric argument as FLOAT; a value of type `any` that is no number is an error of its record. */
export function floatReader(type: SqlType | undefined, name: string): (value: Scalar) => number {
  switch (type?.kind) {
    case 'float':
    case 'timestamp':
    case 'date':
    case 'interval':
      return (v) => v as number;
    case 'integer':
      return Number;
    case 'decimal':
      return (v) => decimalToFloat(v as Exact, type.scale);
    default:
      return (v) => {
        if (typeof v === 'number' || typeof v === 'bigint') return Number(v);
        throw notANumber(name, v);
      };
  }
}

export const notANumber = (name: string, value: Scalar) =>
  valueError('VS5105', { name: name.toUpperCase(), argument: 'value', value, wants: 'a number' });

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float', 'decimal', 'any', 'json', 'null']);

/** Refuses arguments that are no numbers: text, booleans, collections (decision 17). */
export function numbersOnly(name: string, result: (type: SqlType) => SqlType, also: readonly SqlType['kind'][] = []): ReturnRule {
  return (types) => {
    const wrong = types.find((type) => !NUMBERS.has(type.kind) && !also.includes(type.kind));
    if (wrong !== undefined) return { problem: `"${name.toUpperCase()}" needs numbers, not ${typeText(wrong)}` };
    return result(types[0] ?? ANY);
  };
}

export const isDynamicType = (type: SqlType | undefined): boolean =>
  type === undefined || type.kind === 'any' || type.kind === 'json' || type.kind === 'null';
