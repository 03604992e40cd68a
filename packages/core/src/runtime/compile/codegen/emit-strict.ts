import type { Expr } from '../../../sql/bind/expression.ts';
import type { Scalar } from '../../../values/types.ts';
import { compileScalarExpression } from '../compile-expression.ts';
import type { Code } from './code.ts';
import { typed } from './typed-result.ts';
import { scalarCode, type Value } from './value.ts';

/**
 * A node that evaluates all its operands: the interpreter's closure for it, over operands that come as arguments. This is
 * how everything runs that has no inline form, with the same meaning by construction.
 */
export function emitStrict(
  expr: Expr,
  operands: readonly Expr[],
  rebuild: (operands: readonly Expr[]) => Expr,
  code: Code,
  child: (expr: Expr) => Value,
): Value {
  const values = operands.map(child);
  // A literal stays in place, for what is prepared from it; all else becomes an argument.
  const parts = operands.map(
    (operand, index): Expr => (operand.kind === 'literal' ? operand : { kind: 'column', index, name: '', type: operand.type }),
  );
  const evaluate = compileScalarExpression(rebuild(parts), code.env);
  const run = (...args: Scalar[]): Scalar => evaluate(args);
  const result = code.fresh('r');
  code.add(`const ${result} = ${code.callable(run)}(${values.map(scalarCode).join(', ')});`);
  return typed(
    result,
    expr.type,
    code,
    values.every((value) => value.rep !== 'any'),
  );
}
