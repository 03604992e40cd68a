import { wrongOperand } from '../../diagnostics/codes/runtime.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { kindOf } from './comparison.ts';
import { type Exact, exactToFloat, isExactType, rescale, scaleOf, toInteger, toUnscaled } from './exact.ts';

export type Conversion = (value: Scalar) => Scalar;

/** Conversions between numbers. */
export function numericCast(from: SqlType, to: SqlType): Conversion | undefined {
  if (from.kind === to.kind && to.kind !== 'decimal') return (value) => value;
  if (isExactType(from) && to.kind === 'float') return (value) => exactToFloat(value as Exact, scaleOf(from));
  if (from.kind === 'integer' && to.kind === 'decimal') return (value) => toUnscaled(rescale(BigInt(value as Exact), 0, to.scale), 'CAST');
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    return (value) => toUnscaled(rescale(BigInt(value as Exact), from.scale, to.scale), 'CAST');
  }
  if (from.kind === 'float' && to.kind === 'integer') {
    return (value) => {
      if (!Number.isFinite(value)) throw wrongOperand('CAST AS INTEGER', kindOf(value));
      return toInteger(BigInt(Math.trunc(value as number)), 'CAST');
    };
  }
  return undefined;
}
