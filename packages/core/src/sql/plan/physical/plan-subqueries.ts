import type { BoundQuery } from '../../bind/bound.ts';
import type { Expr, SubqueryExpr } from '../../bind/expression.ts';
import type { DerivedTable, PlanNode, QueryPlan } from '../plan.ts';
import { mapAggregate, mapExpr } from '../tree/expr-tree.ts';
import { mapExprsOf, mapPlan } from '../tree/plan-tree.ts';

export interface WithTables {
  readonly root: PlanNode;
  readonly derived: readonly DerivedTable[];
}

/**
 * Plans the sub-queries that are more than a look-up as tables of their own, and makes look-ups of them. `plan` gives
 * the plan of one, or null when it has none (which is reported elsewhere).
 */
export function planSubqueries(root: PlanNode, plan: (query: BoundQuery) => QueryPlan | null): WithTables {
  const derived = new Map<string, DerivedTable>();
  const readOf = (e: SubqueryExpr, query: BoundQuery): Expr => {
    const made = plan(query);
    if (made === null) return e;
    const name = nameOf(made);
    for (const table of made.derived) derived.set(table.name, table);
    const all = { ...made, visible: made.root.fields.length };
    derived.set(name, { name, plan: all });
    const { query: _, ...read } = e;
    return { ...read, table: name, tableWidth: all.visible };
  };
  const convert = (e: Expr): Expr => (e.kind !== 'subquery' ? e : e.query === undefined ? withInner(e, each) : readOf(e, e.query));
  const each = (e: Expr): Expr => mapExpr(e, convert);
  return { root: mapPlan(root, (node) => mapExprsOf(node, each)), derived: [...derived.values()] };
}

/** The look-up may hold sub-queries itself. */
function withInner(e: SubqueryExpr, each: (e: Expr) => Expr): Expr {
  const where = e.where === null ? null : each(e.where);
  const select = e.select === null ? null : each(e.select);
  const aggregates = e.aggregates.map((call) => mapAggregate(call, each));
  const isSame = where === e.where && select === e.select && aggregates.every((call, i) => sameCall(call, e.aggregates[i] as typeof call));
  return isSame ? e : { ...e, where, select, aggregates };
}

type Call = SubqueryExpr['aggregates'][number];
const sameCall = (a: Call, b: Call): boolean => a.filter === b.filter && a.args.every((arg, i) => arg === b.args[i]);

/** Equal plans share a table, whichever statement they stand in. */
const nameOf = (plan: QueryPlan): string => `subquery_${hash(plan.fingerprint)}`;

/** FNV-1a twice with different seeds: 64 bits are enough for the few sub-queries of a script. */
function hash(text: string): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }
  return [low, high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
