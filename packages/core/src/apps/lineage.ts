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

/** For each output column of a query, the input columns that its values are computed from. Exact: it reads the bound plan, not the text. */
export function originsOf(query: BoundQuery): readonly Origins[] {
  switch (query.kind) {
    case 'values':
      return query.fields.map(() => NONE);
    case 'union': {
      const arms = query.arms.map(originsOf);
      return query.fields.map((_, i) => union(arms.map((arm) => arm[i] ?? NONE)));
    }
    case 'select':
      return ofSelect(query);
  }
}

function ofSelect(query: BoundSelect): readonly Origins[] {
  const input = query.from === null ? [] : ofFrom(query.from);
  const withOver = [...input, ...query.over.map((call) => union(call.args.map((arg) => ofExpr(arg, input))))];
  const row = query.group === null ? withOver : ofGroup(query.group, withOver);
  return query.items.map((item) => ofExpr(item.expr, row));
}

function ofGroup(group: BoundGroup, row: readonly Origins[]): readonly Origins[] {
  const bounds = group.window === null ? [] : [NONE, NONE];
  if (group.rows) return [...row, ...bounds];
  const keys = group.keys.map((key) => ofExpr(key, row));
  const aggregates = group.aggregates.map((call) =>
    union([...call.args.map((arg) => ofExpr(arg, row)), ...(call.filter === null ? [] : [ofExpr(call.filter, row)])]),
  );
  return [...keys, ...bounds, ...aggregates];
}

function ofFrom(from: BoundFrom): readonly Origins[] {
  switch (from.kind) {
    case 'relation': {
      const { name } = from.relation;
      return from.fields.map((field) => new Map([[`${name}\0${field.name}`, { relation: name, column: field.name }]]));
    }
    case 'derived':
      return originsOf(from.query);
    case 'join':
      return [...ofFrom(from.left), ...ofFrom(from.right)];
  }
}

/** Expressions are walked by their shape: whatever holds expressions is found. */
function ofExpr(expr: Expr, row: readonly Origins[]): Origins {
  if (expr.kind === 'column') return row[expr.index] ?? NONE;
  if (expr.kind === 'literal' || expr.kind === 'system') return NONE;
  const found: Origins[] = [];
  // The parts of a sub-query stand on rows of its own; what it takes from this row are `outer` and `arg`.
  const parts = expr.kind === 'subquery' ? [...expr.outer, expr.arg] : Object.values(expr);
  for (const part of parts) collect(part, row, found);
  return found.length === 0 ? NONE : union(found);
}

function collect(part: unknown, row: readonly Origins[], into: Origins[]): void {
  if (typeof part !== 'object' || part === null || part instanceof Map) return;
  if (Array.isArray(part)) for (const item of part) collect(item, row, into);
  else if (isExpr(part)) into.push(ofExpr(part, row));
  else if ('condition' in part || 'result' in part) for (const item of Object.values(part)) collect(item, row, into);
}

const isExpr = (x: object): x is Expr => 'kind' in x && 'type' in x;
