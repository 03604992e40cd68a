import type { Expr } from '../../bind/expression.ts';
import { someExpr } from './expr-tree.ts';

/** Gives the same value for the same row whenever it is evaluated within a run, and changes nothing (headers). */
export const isRepeatable = (e: Expr): boolean =>
  !someExpr(e, (part) => part.kind === 'call' && part.fn.volatility === 'volatile') && !writesHeaders(e);

const HEADER_WRITERS = new Set(['set_header', 'remove_header']);

/** Changes the headers of the output row: must be evaluated exactly once per row, where it stands. */
export const writesHeaders = (e: Expr): boolean => someExpr(e, (part) => part.kind === 'call' && HEADER_WRITERS.has(part.fn.name));

/** Depends on the row's columns alone: neither on what travels beside them, nor on the clock, nor on a table. */
export const readsOnlyColumns = (e: Expr): boolean =>
  !someExpr(
    e,
    (part) => part.kind === 'system' || part.kind === 'subquery' || (part.kind === 'call' && part.fn.volatility !== 'immutable'),
  );

/**
 * Whether evaluating it may end in a record error for some row. Such an expression must not be evaluated for rows
 * that would not have reached it. Conservative: every function call and every checked operation counts.
 */
export const mayFail = (e: Expr): boolean => someExpr(e, fails);

function fails(e: Expr): boolean {
  switch (e.kind) {
    case 'arithmetic':
      return e.type.kind !== 'float' || e.divisionByZero === 'error';
    case 'negate':
      return e.type.kind !== 'float';
    case 'cast':
      return !e.safe && !neverFails(e.arg.type.kind, e.type.kind);
    case 'compare':
    case 'between':
    case 'in':
      return partsOf(e).some((part) => part.type.kind === 'any');
    case 'call':
    case 'subquery':
    case 'truth':
      return true;
    case 'like':
      return e.arg.type.kind === 'any' || e.pattern.type.kind === 'any';
    default:
      return false;
  }
}

const partsOf = (e: Extract<Expr, { kind: 'compare' | 'between' | 'in' }>): readonly Expr[] =>
  e.kind === 'compare' ? [e.left, e.right] : e.kind === 'between' ? [e.arg, e.low, e.high] : [e.arg, ...e.list];

/** Casts that hold for every value of the source type. */
function neverFails(from: string, to: string): boolean {
  if (from === to && from !== 'decimal') return true;
  return from === 'null' || (to === 'float' && (from === 'integer' || from === 'decimal')) || (to === 'string' && from !== 'any');
}
