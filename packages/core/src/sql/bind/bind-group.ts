import { assert } from '../../diagnostics/assert.ts';
import type { Field } from '../../values/column.ts';
import { INSTANT_MS } from '../../values/types.ts';
import type { Expression } from '../ast/index.ts';
import { findFunction } from '../functions/registry.ts';
import { placeAggregate } from './bind-aggregate.ts';
import type { Binder } from './binder.ts';
import type { BoundGroup, BoundWindow } from './bound.ts';
import { unknownValue } from './coerce.ts';
import type { AggregateCall, Expr } from './expression.ts';
import { mapChildren, walkExpr } from './expression-tree.ts';
import { isNullable } from './nullable.ts';
import { sameExpr } from './same-expression.ts';
import { AGGREGATE_BASE, isPlaceholder, type RowScope, type Scope, WINDOW_END, WINDOW_START } from './scope.ts';

/** One GROUP BY key over the input row, with the name it has in the output when no item selects it. */
export interface GroupKey {
  readonly expr: Expr;
  readonly name: string | null;
}

/** GROUP BY: expressions, positions, aliases of items without aggregates. Window bounds are keys already and are left out. */
export function bindGroupBy(cx: Binder, nodes: readonly Expression[], written: readonly Expr[], scope: Scope): GroupKey[] {
  const keys: GroupKey[] = [];
  for (const node of nodes) {
    const expr = node.kind === 'integer' ? position(cx, node, written) : cx.expression(node, scope);
    if (expr === undefined || !isGroupable(cx, expr, node, scope.row)) continue;
    if (expr.kind === 'column' && isPlaceholder(expr.index)) continue;
    if (keys.some((k) => sameExpr(k.expr, expr))) continue;
    keys.push({ expr, name: node.kind === 'column' ? (node.path[node.path.length - 1]?.text ?? null) : null });
  }
  return keys;
}

function position(cx: Binder, node: Expression & { kind: 'integer' }, written: readonly Expr[]): Expr | undefined {
  const found = written[Number(node.value) - 1];
  if (found === undefined) cx.report('VS2015', node.span, { count: written.length, position: Number(node.value) });
  return found;
}

/** Keys are computed from input rows: no aggregates, no OVER (which may come in through an alias). */
function isGroupable(cx: Binder, expr: Expr, node: Expression, row: RowScope): boolean {
  let fine = true;
  walkExpr(expr, (x) => {
    if (x.kind !== 'column' || x.index < row.width || x.index >= WINDOW_START) return;
    fine = false;
    if (x.index >= AGGREGATE_BASE) {
      cx.report('VS2047', node.span, { name: row.aggregates[x.index - AGGREGATE_BASE]?.fn.name ?? x.name, clause: 'GROUP BY' });
    } else if (row.outer === null) {
      cx.report('VS2046', node.span, { name: row.over[x.index - row.width]?.fn.name ?? x.name, clause: 'GROUP BY' });
    } else fine = true;
  });
  return fine;
}

/** What an expression over the input row becomes over the grouped row. */
export interface Regrouping {
  readonly cx: Binder;
  readonly row: RowScope;
  readonly keys: readonly Expr[];
  readonly window: boolean;
  /** Raw rows of a window: the input row with the bounds behind it. */
  readonly rows: boolean;
}

const innerWidth = (row: RowScope): number => row.width + row.over.length;

/**
 * Keys by structure, then results of aggregates and window bounds by place. A column that is neither is the first
 * value of the group, with a warning; the result of OVER is that of the group's latest row (§5.9, §6.4).
 */
export function regroup(g: Regrouping, e: Expr): Expr {
  if (g.rows) return regroupRows(g, e);
  const key = g.keys.findIndex((k) => sameExpr(k, e));
  if (key >= 0) return placed(e, key);
  if (e.kind === 'column') return regroupColumn(g, e);
  if (e.kind === 'system') return first(g, e, e.name);
  return mapChildren(e, (child) => regroup(g, child));
}

const bases = (g: Regrouping) => ({ window: g.keys.length, aggregates: g.keys.length + (g.window ? 2 : 0) });

const placed = (e: Expr, index: number): Expr => {
  const name = e.kind === 'column' || e.kind === 'system' ? e.name : `key_${index + 1}`;
  return { kind: 'column', index, name, type: e.type, ...(e.span === undefined ? {} : { span: e.span }) };
};

function regroupColumn(g: Regrouping, e: Expr & { kind: 'column' }): Expr {
  const { window, aggregates } = bases(g);
  if (e.index === WINDOW_START || e.index === WINDOW_END) return { ...e, index: window + (e.index - WINDOW_START) };
  if (e.index >= AGGREGATE_BASE) return { ...e, index: aggregates + (e.index - AGGREGATE_BASE) };
  return e.index < g.row.width ? first(g, e, e.name) : takenBy(g, e, 'last_value');
}

function first(g: Regrouping, e: Expr, name: string): Expr {
  g.cx.report('VS2061', e.span ?? { start: 0, end: 0 }, { name });
  return takenBy(g, e, 'first_arrived');
}

/** The column of the aggregate that takes one row's value of `e`. */
function takenBy(g: Regrouping, e: Expr, name: 'first_arrived' | 'last_value'): Expr {
  const fn = findFunction(name);
  assert(fn?.kind === 'aggregate', `${name} is an aggregate`);
  const call: AggregateCall = { fn, args: [e], distinct: false, filter: null, descending: false, type: e.type };
  const column = placeAggregate(e.span === undefined ? call : { ...call, span: e.span }, g.row);
  return column.kind === 'column' ? { ...column, index: bases(g).aggregates + column.index - AGGREGATE_BASE } : column;
}

function regroupRows(g: Regrouping, e: Expr): Expr {
  if (e.kind !== 'column') return mapChildren(e, (child) => regroup(g, child));
  if (e.index === WINDOW_START || e.index === WINDOW_END) return { ...e, index: innerWidth(g.row) + (e.index - WINDOW_START) };
  return isPlaceholder(e.index) ? unknownValue(e.span) : e;
}

export function boundGroup(g: Regrouping, window: BoundWindow | null): BoundGroup {
  return { keys: g.keys, window, aggregates: g.rows ? [] : g.row.aggregates, rows: g.rows };
}

const COUNTS = new Set(['count', 'count_distinct', 'approx_count_distinct']);

/** Columns of the grouped row, for what may be NULL in the output. `input` are those of R1. */
export function groupedFields(g: Regrouping, input: readonly Field[]): Field[] {
  const bounds: Field[] = g.window ? ['_window_start', '_window_end'].map((name) => ({ name, type: INSTANT_MS, nullable: false })) : [];
  if (g.rows) return [...input, ...bounds];
  const keys = g.keys.map((e, i): Field => ({ name: `key_${i + 1}`, type: e.type, nullable: isNullable(e, input) }));
  const aggregates = g.row.aggregates.map((a): Field => ({ name: a.fn.name, type: a.type, nullable: !COUNTS.has(a.fn.name) }));
  return [...keys, ...bounds, ...aggregates];
}
