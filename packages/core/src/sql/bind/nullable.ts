import type { Field } from '../../values/column.ts';
import type { Expr } from './expression.ts';
import { childrenOf } from './expression-tree.ts';

/** Whether `e` may be NULL for some row of `fields`. Errs on the side of yes. */
export function isNullable(e: Expr, fields: readonly Field[]): boolean {
  switch (e.kind) {
    case 'literal':
      return e.value === null;
    case 'column':
      return fields[e.index]?.nullable ?? true;
    case 'system':
      return e.name !== '_TIMESTAMP' && e.name !== '_EVENT_TIME';
    case 'is':
      return false;
    case 'coalesce':
      return e.args.every((arg) => isNullable(arg, fields));
    case 'case':
      return e.otherwise === null || isNullable(e.otherwise, fields) || e.whens.some((w) => isNullable(w.result, fields));
    case 'arithmetic':
      return e.op === '/' || e.op === '%' || e.type.kind === 'any' || isNullable(e.left, fields) || isNullable(e.right, fields);
    case 'compare':
    case 'between':
    case 'in':
      return e.twoValued !== true && childrenOf(e).some((child) => isNullable(child, fields));
    case 'and':
    case 'or':
    case 'not':
    case 'negate':
    case 'concat':
    case 'like':
      return childrenOf(e).some((child) => isNullable(child, fields));
    case 'cast':
      return e.safe || isNullable(e.arg, fields);
    case 'truth':
      return isNullable(e.arg, fields);
    case 'call':
    case 'element':
      return true;
    case 'subquery':
      return e.form !== 'exists';
  }
}
