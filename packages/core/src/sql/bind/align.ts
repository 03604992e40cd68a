import { BOOLEAN, DATE, FLOAT, INTEGER, type SqlType, STRING, TIME, TIMESTAMP } from '../../values/types.ts';
import { commonTypeOf, isDynamic, isExact, isNumeric, isTime } from '../../values/unify-types.ts';
import { dynamic, intervalToNumber } from './bind-arithmetic.ts';
import { asFloat, asTimestamp, castTo, isNullLiteral, nullOf } from './coerce.ts';
import type { Expr } from './expression.ts';

/**
 * Values made comparable with each other (§4.5): numbers with numbers (float with float, exact with exact), times with
 * times, epoch-ms numbers and ISO text, days with the day of a text, intervals with ms, text with text, nested values of one type. Undefined when
 * some pair is never equal and has no order.
 */
export function align(exprs: readonly Expr[]): Expr[] | undefined {
  const present = exprs.filter((e) => !isNullLiteral(e));
  const target = domainOf(present);
  if (target === undefined) return undefined;
  return exprs.map((e) => (isNullLiteral(e) ? nullOf(target.type, e.span) : target.convert(e)));
}

interface Domain {
  readonly type: SqlType;
  readonly convert: (e: Expr) => Expr;
}

function domainOf(exprs: readonly Expr[]): Domain | undefined {
  const types = exprs.map((e) => e.type);
  const all = (test: (t: SqlType) => boolean): boolean => types.every(test);
  if (types.length === 0) return { type: BOOLEAN, convert: (e) => e };
  if (types.some(isDynamic)) return { type: types[0]!, convert: dynamic };
  if (all((t) => isNumeric(t) || t.kind === 'interval')) return numbers(types);
  if (all((t) => t.kind === 'string')) return { type: STRING, convert: (e) => e };
  if (all((t) => t.kind === 'boolean')) return { type: BOOLEAN, convert: (e) => e };
  if (all((t) => t.kind === 'time' || t.kind === 'string')) return { type: TIME, convert: (e) => castTo(e, TIME) };
  if (types.some((t) => t.kind === 'date') && all((t) => t.kind === 'date' || t.kind === 'string'))
    return { type: DATE, convert: (e) => castTo(e, DATE) };
  if (types.some(isTime) && all((t) => isTime(t) || isNumeric(t) || t.kind === 'string')) return times(exprs);
  const common = commonTypeOf(types);
  return common && { type: common, convert: (e) => castTo(e, common) };
}

function numbers(types: readonly SqlType[]): Domain {
  if (types.some((t) => t.kind === 'float')) return { type: FLOAT, convert: (e) => asFloat(intervalToNumber(e)) };
  if (types.every((t) => t.kind === 'interval')) return { type: types[0]!, convert: (e) => e };
  return { type: types.find(isExact) ?? INTEGER, convert: intervalToNumber };
}

/** As timestamps, unless a number is no constant: then as epoch ms, so that the number needs no conversion per row. */
function times(exprs: readonly Expr[]): Domain {
  if (exprs.every((e) => !isNumeric(e.type) || e.kind === 'literal')) {
    return { type: TIMESTAMP, convert: (e) => (isTime(e.type) ? e : (asTimestamp(e) ?? e)) };
  }
  const float = exprs.some((e) => e.type.kind === 'float' || e.type.kind === 'decimal');
  const epoch = (e: Expr): Expr => (isNumeric(e.type) ? e : castTo(isTime(e.type) ? e : castTo(e, TIMESTAMP), INTEGER));
  return float ? { type: FLOAT, convert: (e) => asFloat(epoch(e)) } : { type: INTEGER, convert: epoch };
}
