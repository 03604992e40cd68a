import type { BoundFrom, BoundGroup, BoundQuery, BoundSelect } from '../sql/bind/bound.ts';
import type { Expr } from '../sql/bind/expression.ts';

/** A column of a relation that a value is computed from. */
export interface Origin {
  readonly relation: string;
  readonly column: string;
}

type Origins = ReadonlyMap<string, Origin>;
const NONE: Origins = new Map();
const union = (all: readonly Origins[]): Origins => (all.length === 1 ? (all[0] as Origins) : new Map(all.flatMap((each) => [...each])));

/** `influence`: whatever a value depends on. `value`: only what it can take its values from; a condition chooses among constants. */
type Depth = 'influence' | 'value';

/** For each output column of a query, the input columns that its values are computed from. Exact: it reads the bound plan, not the text. */
export function originsOf(query: BoundQuery, depth: Depth = 'influence'): readonly Origins[] {
  switch (query.kind) {
    case 'values':
      return query.fields.map(() => NONE);
    case 'union': {
      const arms = query.arms.map((arm) => originsOf(arm, depth));
      return query.fields.map((_, i) => union(arms.map((arm) => arm[i] ?? NONE)));
    }
    case 'select':
      return ofSelect(query, depth);
  }
}

function ofSelect(query: BoundSelect, depth: Depth): readonly Origins[] {
  const input = query.from === null ? [] : ofFrom(query.from, depth);
  const withOver = [...input, ...query.over.map((call) => union(call.args.map((arg) => ofExpr(arg, input, depth))))];
  const row = query.group === null ? withOver : ofGroup(query.group, withOver, depth);
  return query.items.map((item) => ofExpr(item.expr, row, depth));
}

function ofGroup(group: BoundGroup, row: readonly Origins[], depth: Depth): readonly Origins[] {
  const bounds = group.window === null ? [] : [NONE, NONE];
  if (group.rows) return [...row, ...bounds];
  const keys = group.keys.map((key) => ofExpr(key, row, depth));
  const aggregates = group.aggregates.map((call) =>
    union([...call.args.map((arg) => ofExpr(arg, row, depth)), ...(call.filter === null ? [] : [ofExpr(call.filter, row, depth)])]),
  );
  return [...keys, ...bounds, ...aggregates];
}

function ofFrom(from: BoundFrom, depth: Depth): readonly Origins[] {
  switch (from.kind) {
    case 'relation': {
      const { name } = from.relation;
      return from.fields.map((field) => new Map([[`${name}\0${field.name}`, { relation: name, column: field.name }]]));
    }
    case 'derived':
      return originsOf(from.query, depth);
    case 'join':
      return [...ofFrom(from.left, depth), ...ofFrom(from.right, depth)];
  }
}

/** Expressions are walked by their shape: whatever holds expressions is found. */
const CHOOSES: ReadonlySet<string> = new Set(['compare', 'and', 'or', 'not', 'is', 'between', 'in', 'like', 'truth']);

function ofExpr(expr: Expr, row: readonly Origins[], depth: Depth): Origins {
  if (expr.kind === 'column') return row[expr.index] ?? NONE;
  if (expr.kind === 'literal' || expr.kind === 'system') return NONE;
  if (depth === 'value' && CHOOSES.has(expr.kind)) return NONE;
  const found: Origins[] = [];
  // The parts of a sub-query stand on rows of its own; what it takes from this row are `outer` and `arg`.
  const parts = expr.kind === 'subquery' ? [...expr.outer, expr.arg] : Object.values(expr);
  for (const part of parts) collect(part, { row, depth, found });
  return found.length === 0 ? NONE : union(found);
}

interface Walk {
  readonly row: readonly Origins[];
  readonly depth: Depth;
  readonly found: Origins[];
}

function collect(part: unknown, walk: Walk): void {
  if (typeof part !== 'object' || part === null || part instanceof Map) return;
  if (Array.isArray(part)) for (const item of part) collect(item, walk);
  else if (isExpr(part)) walk.found.push(ofExpr(part, walk.row, walk.depth));
  else if ('condition' in part || 'result' in part) for (const item of Object.values(part)) collect(item, walk);
}

const isExpr = (x: object): x is Expr => 'kind' in x && 'type' in x;
