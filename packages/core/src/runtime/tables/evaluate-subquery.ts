import { unknownTable } from '../../diagnostics/codes/stateful.ts';
import type { SubqueryExpr } from '../../sql/bind/expression.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { testOf } from '../compile/comparison.ts';
import { type CompileEnv, compileScalarExpression } from '../compile/compile-expression.ts';
import { equalityLookup } from './equality-lookup.ts';
import { foldRows } from './fold-rows.ts';
import { answerQuantified, membershipOf } from './quantified.ts';
import type { MaterialisedTable } from './table-store.ts';

/** Answers a sub-query for one outer row; `arg` is the left side of IN, ANY and ALL. */
export type SubqueryEvaluator = (outer: readonly Scalar[], arg: Scalar) => Scalar;

/**
 * Compiles a sub-query against a materialised table. Three-valued logic (§0.1); `x IN (…)` over no rows is false even for
 * NULL. Equality with outer values uses an index of the table; a sub-query without outer values is answered once per
 * version of the table.
 *
 * @throws VeloError `unknown-table` when it is first evaluated and there is no such table.
 */
export function makeSubqueryEvaluator(expr: SubqueryExpr, env: CompileEnv): SubqueryEvaluator {
  const select = selectedValues(expr, env);
  switch (expr.form) {
    case 'exists':
      return (outer) => {
        for (const _ of select(outer)) return !expr.negated;
        return expr.negated;
      };
    case 'scalar':
      return scalarAnswer(expr, select, env);
    case 'in':
    case 'any':
    case 'all':
      return quantified(expr, select);
  }
}

type Select = (outer: readonly Scalar[]) => Iterable<Scalar>;

/** Values of the selected expression over the rows that match; TRUE per row for EXISTS. Uncorrelated ones are kept per table version. */
function selectedValues(expr: SubqueryExpr, env: CompileEnv): Select {
  const matching = matchingRows(expr, env);
  const isFolded = expr.aggregates.length > 0;
  const fold = isFolded ? foldRows(expr, env) : null;
  const item = !isFolded && expr.select !== null ? compileScalarExpression(expr.select, env) : null;
  const values: Select = fold !== null ? (outer) => [fold(matching.rows(outer), outer)] : selectEach(item, matching.rows);
  if (expr.outer.length > 0 || expr.form === 'scalar' || expr.form === 'exists') return values;
  let version = -1;
  let kept: readonly Scalar[] = [];
  return (outer) => {
    const table = matching.table();
    if (table.version !== version) {
      kept = [...values(outer)];
      version = table.version;
    }
    return kept;
  };
}

function* each(item: ((row: readonly Scalar[]) => Scalar) | null, rows: Iterable<readonly Scalar[]>): Iterable<Scalar> {
  for (const row of rows) yield item === null ? true : item(row);
}

const selectEach =
  (item: ((row: readonly Scalar[]) => Scalar) | null, rows: (outer: readonly Scalar[]) => Iterable<readonly Scalar[]>): Select =>
  (outer) =>
    each(item, rows(outer));

interface Matching {
  table(): MaterialisedTable;
  /** Table columns ++ outer values, for the rows that pass the WHERE. */
  rows(outer: readonly Scalar[]): Iterable<readonly Scalar[]>;
}

function matchingRows(expr: SubqueryExpr, env: CompileEnv): Matching {
  let found: MaterialisedTable | undefined;
  const table = (): MaterialisedTable => {
    found ??= env.context.tables.find(expr.table);
    if (found === undefined) throw unknownTable(expr.table, env.context.tables.names());
    return found;
  };
  const where = expr.where === null ? null : compileScalarExpression(expr.where, env);
  const lookup = equalityLookup(expr.where, expr.tableWidth);
  const keys = lookup?.values.map((value) => compileScalarExpression(value, env)) ?? [];
  const candidates = (outer: readonly Scalar[]): Iterable<readonly Scalar[]> =>
    lookup === null
      ? table().rows()
      : table().lookup(
          lookup.columns,
          keys.map((key) => key(outer)),
        );
  return {
    table,
    *rows(outer) {
      for (const row of candidates(outer)) {
        const whole = outer.length === 0 ? row : [...row, ...outer];
        if (where === null || where(whole) === true) yield whole;
      }
    },
  };
}

/** The first row's value; more than one row is a warning. */
function scalarAnswer(expr: SubqueryExpr, select: Select, env: CompileEnv): SubqueryEvaluator {
  const answer = (outer: readonly Scalar[]): Scalar => {
    let first: Scalar = null;
    let rows = 0;
    for (const value of select(outer)) {
      if (rows++ === 0) first = value;
      else {
        env.context.warn('scalar-subquery-rows');
        break;
      }
    }
    return first;
  };
  if (expr.outer.length > 0) return answer;
  let version = -1;
  let kept: Scalar = null;
  return (outer) => {
    const current = env.context.tables.find(expr.table)?.version ?? -1;
    if (current !== version || current === -1) {
      kept = answer(outer);
      version = current;
    }
    return kept;
  };
}

const ANY_TYPE: SqlType = { kind: 'any' };

function quantified(expr: SubqueryExpr, select: Select): SubqueryEvaluator {
  const left = expr.arg?.type ?? ANY_TYPE;
  const right = expr.select?.type ?? ANY_TYPE;
  const isAll = expr.form === 'all';
  const test = testOf(expr.form === 'in' ? '=' : (expr.op ?? '='), left, right);
  const member = expr.form === 'in' && expr.outer.length === 0 ? membershipOf(left, right) : null;
  return (outer, arg) => {
    const values = select(outer);
    const answer = member === null ? answerQuantified(values, arg, test, isAll) : member(values as readonly Scalar[], arg);
    return answer === null ? null : answer !== expr.negated;
  };
}
