import type { SqlType } from '../../../values/types.ts';
import type { Code } from './code.ts';
import type { Value } from './value.ts';

/** A scalar in a variable, in the form that its type allows. */
export function typed(name: string, type: SqlType, code: Code, isNarrow: boolean): Value {
  const isNull = `${name} === null`;
  switch (type.kind) {
    case 'boolean':
      return { rep: 'bool', code: name, isNull };
    case 'string':
      return { rep: 'str', code: name, isNull };
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return { rep: 'num', code: name, isNull };
    case 'integer':
    case 'decimal':
      if (!isNarrow) return { rep: 'any', code: name };
      code.add(`if (typeof ${name} === 'bigint') ${code.bail}`);
      return { rep: 'num', code: name, isNull };
    default:
      return { rep: 'any', code: name };
  }
}

/** Condition for a number outside of ±(2^53 - 1). */
export const unsafe = (name: string): string => `!(${name} <= 9007199254740991 && ${name} >= -9007199254740991)`;
