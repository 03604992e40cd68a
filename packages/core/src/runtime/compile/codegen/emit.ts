import type { Expr } from '../../../sql/bind/expression.ts';
import { exprKey } from '../../../sql/plan/tree/expr-key.ts';
import type { Scalar } from '../../../values/types.ts';
import type { Eval } from '../frame.ts';
import { systemOf } from '../system-column.ts';
import type { Code, ColumnValues } from './code.ts';
import { emitArithmetic, emitNegate } from './emit-arithmetic.ts';
import { emitCall, emitCast, emitGeneral } from './emit-call.ts';
import { emitBetween, emitCompare, emitIn } from './emit-compare.ts';
import { emitCase, emitCoalesce, emitConnective, emitIs, emitNot, emitTruth } from './emit-logic.ts';
import { isVolatile } from './used-columns.ts';
import type { Value } from './value.ts';

/** Emits the statements that calculate an expression on row `i`, and says where its value is. */
export function emit(expr: Expr, code: Code, columns: ColumnValues): Value {
  const child = (e: Expr): Value => emit(e, code, columns);
  switch (expr.kind) {
    case 'literal':
      return emitLiteral(expr.value, code);
    case 'column':
      return columns(expr.index, expr.type);
    case 'system':
      return emitSystem(systemOf(expr.name), code);
    case 'arithmetic':
      return emitArithmetic(expr, code, child);
    case 'negate':
      return emitNegate(expr, code, child);
    case 'compare':
      return emitCompare(expr, code, child);
    case 'and':
    case 'or':
      return emitConnective(expr, code, child);
    case 'not':
      return emitNot(expr, code, child);
    case 'is':
      return emitIs(expr, code, child);
    case 'between':
      return emitBetween(expr, code, child);
    case 'in':
      return emitIn(expr, code, child);
    case 'case':
      return emitCase(expr, code, child);
    case 'coalesce':
      return emitCoalesce(expr, code, child);
    case 'truth':
      return emitTruth(expr, code, child);
    case 'cast':
      return emitCast(expr, code, child);
    case 'call':
      return emitOnce(expr, code, () => emitCall(expr, code, child));
    default:
      return emitGeneral(expr, code, child);
  }
}

/** Equal calls are made once per row. */
function emitOnce(expr: Extract<Expr, { kind: 'call' }>, code: Code, make: () => Value): Value {
  return expr.fn.evaluateInContext !== undefined || isVolatile(expr) ? make() : code.cached(exprKey(expr), make);
}

function emitLiteral(value: Scalar, code: Code): Value {
  const name = code.constant(value);
  switch (typeof value) {
    case 'number':
      return { rep: 'num', code: name, isNull: null, ...(Number.isNaN(value) ? {} : { literal: true }) };
    case 'boolean':
      return { rep: 'bool', code: name, isNull: null };
    case 'string':
      return { rep: 'str', code: name, isNull: null };
    default:
      return { rep: 'any', code: name };
  }
}

/** Values beside the payload are read through the frame. */
function emitSystem(read: Eval, code: Code): Value {
  code.usesFrame = true;
  const { frame } = code;
  const result = code.fresh('r');
  code.add(`const ${result} = ${code.callable(() => read(frame))}();`);
  return { rep: 'any', code: result };
}
