// Bound queries made by hand, for tests of the planner alone.
import type { Field } from '../../values/column.ts';
import { FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP } from '../../values/types.ts';
import type { BoundFrom, BoundGroup, BoundSelect, BoundWindow, TimeSettings } from '../bind/bound.ts';
import type { AggregateCall, CompareOp, Expr } from '../bind/expression.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { type AggregateFunction, defineAggregate, defineScalar } from '../functions/define.ts';
import { provideAllBuilders } from './build/all-builders.ts';
import type { PlanNode } from './plan.ts';

provideAllBuilders();

export const SPAN = { start: 3, end: 9 };
export const TIME: TimeSettings = { watermarkDelayMs: null, allowedLatenessMs: 0, late: 'drop', idleTimeoutMs: null, maxGroups: null };

export const field = (name: string, type: SqlType): Field => ({ name, type, nullable: true });
export const TRADES: readonly Field[] = [field('symbol', STRING), field('qty', INTEGER), field('price', FLOAT), field('ts', TIMESTAMP)];

export const relation = (over: Partial<CatalogRelation> = {}): CatalogRelation => ({
  name: 'trades',
  kind: 'stream',
  fields: TRADES,
  open: false,
  eventTime: 'ts',
  watermarkDelayMs: 5000,
  key: [],
  description: null,
  columns: new Map(),
  origin: 'declared',
  ...over,
});

export const from = (over: Partial<CatalogRelation> = {}): Extract<BoundFrom, { kind: 'relation' }> => {
  const r = relation(over);
  return { kind: 'relation', relation: r, alias: r.name, fields: r.fields, span: SPAN, properties: new Map(), uri: null };
};

export const column = (index: number, fields: readonly Field[] = TRADES): Expr => {
  const f = fields[index] ?? field(`c${index}`, INTEGER);
  return { kind: 'column', index, name: f.name, type: f.type };
};
export const literal = (value: number | string | boolean | null): Expr => ({
  kind: 'literal',
  value,
  type: value === null ? { kind: 'null' } : typeof value === 'number' ? INTEGER : typeof value === 'string' ? STRING : { kind: 'boolean' },
});
export const compare = (left: Expr, op: CompareOp, right: Expr): Expr => ({ kind: 'compare', op, left, right, type: { kind: 'boolean' } });
export const and = (...args: readonly Expr[]): Expr => ({ kind: 'and', args, type: { kind: 'boolean' } });
export const or = (...args: readonly Expr[]): Expr => ({ kind: 'or', args, type: { kind: 'boolean' } });

const base = { category: 'aggregate', summary: '', parameters: [], examples: [], nulls: 'ignore' } as const;
const accumulator = (): never => {
  throw new Error('never run by the planner');
};
export const SUM: AggregateFunction = defineAggregate({ ...base, name: 'sum', returns: INTEGER, accumulator });
export const COUNT: AggregateFunction = defineAggregate({ ...base, name: 'count', returns: INTEGER, star: true, accumulator });
export const RANDOM = defineScalar({
  ...base,
  category: 'math',
  name: 'random',
  returns: FLOAT,
  nulls: 'own',
  volatility: 'volatile',
  evaluateInContext: (context) => context.random(),
});
export const UPPER = defineScalar({
  ...base,
  category: 'string',
  name: 'upper',
  returns: STRING,
  nulls: 'propagate',
  volatility: 'immutable',
  evaluate: (s) => String(s).toUpperCase(),
});

export const sum = (arg: Expr): AggregateCall => ({
  fn: SUM,
  args: [arg],
  distinct: false,
  filter: null,
  descending: false,
  type: INTEGER,
});
export const count = (): AggregateCall => ({ fn: COUNT, args: [], distinct: false, filter: null, descending: false, type: INTEGER });

export const tumbling = (sizeMs: number, time: Expr | null = null): BoundWindow => ({ kind: 'tumbling', sizeMs, time, span: SPAN });
export const group = (over: Partial<BoundGroup>): BoundGroup => ({ keys: [], window: null, aggregates: [], rows: false, ...over });

/** A SELECT over trades; items are named `i0`, `i1`, …. */
export function select(over: Partial<Omit<BoundSelect, 'items'>> & { readonly items: readonly Expr[] }): BoundSelect {
  const items = over.items.map((expr, i) => ({ name: `i${i}`, expr }));
  return {
    kind: 'select',
    from: from(),
    where: null,
    over: [],
    group: null,
    having: null,
    distinct: false,
    orderBy: [],
    limit: null,
    emit: null,
    eventTime: null,
    key: [],
    time: TIME,
    ...over,
    items,
    fields: items.map((item) => field(item.name, item.expr.type)),
  };
}

export const derived = (query: BoundSelect, alias = 'd'): BoundFrom => ({ kind: 'derived', query, alias, fields: query.fields });

/** Kinds of the nodes from the root down the first inputs. */
export function spine(node: PlanNode): string[] {
  const below = 'input' in node ? node.input : 'left' in node ? node.left : 'inputs' in node ? node.inputs[0] : undefined;
  return [node.kind, ...(below === undefined ? [] : spine(below))];
}

/** The first node of a kind. */
export function find<K extends PlanNode['kind']>(node: PlanNode, kind: K): Extract<PlanNode, { kind: K }> {
  const found = search(node, kind);
  if (found === undefined) throw new Error(`no ${kind} node`);
  return found;
}

function search<K extends PlanNode['kind']>(node: PlanNode, kind: K): Extract<PlanNode, { kind: K }> | undefined {
  if (node.kind === kind) return node as Extract<PlanNode, { kind: K }>;
  const inputs = 'input' in node ? [node.input] : 'left' in node ? [node.left, node.right] : 'inputs' in node ? node.inputs : [];
  for (const input of inputs) {
    const found = search(input, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
