import type { PlanNode, QueryPlan } from '../sql/plan/plan.ts';
import { hasOperator, type OperatorParts, provideOperators } from './operator-parts.ts';
import { inputsOf } from './plan-inputs.ts';

type PartName = keyof OperatorParts;

const LOADERS: { readonly [K in PartName]: () => Promise<Pick<OperatorParts, K>> } = {
  aggregate: async () => ({ aggregate: (await import('./operators/aggregate.ts')).makeAggregate }),
  'changing-over': async () => ({ 'changing-over': (await import('./operators/changing-over.ts')).makeChangingOver }),
  distinct: async () => ({ distinct: (await import('./operators/distinct.ts')).makeDistinct }),
  join: async () => ({ join: (await import('./operators/join.ts')).makeJoin }),
  limit: async () => ({ limit: (await import('./operators/limit.ts')).makeLimit }),
  over: async () => ({ over: (await import('./operators/over.ts')).makeOver }),
  rank: async () => ({ rank: (await import('./operators/rank.ts')).makeRank }),
  session: async () => ({ session: (await import('./operators/session-aggregate.ts')).makeSessionAggregate }),
  sort: async () => ({ sort: (await import('./operators/sort.ts')).makeSort }),
  subquery: async () => ({ subquery: (await import('./tables/evaluate-subquery.ts')).makeSubqueryEvaluator }),
  'table-join': async () => ({ 'table-join': (await import('./operators/table-join.ts')).makeTableJoin }),
  tables: async () => ({ tables: (await import('./tables/create-table-store.ts')).createTableStore }),
  'temporal-join': async () => ({ 'temporal-join': (await import('./operators/temporal-join.ts')).makeTemporalJoin }),
  'top-n': async () => ({ 'top-n': (await import('./operators/top-n.ts')).makeTopN }),
  union: async () => ({ union: (await import('./operators/union.ts')).makeUnion }),
  'window-aggregate': async () => ({ 'window-aggregate': (await import('./operators/window-aggregate.ts')).makeWindowAggregate }),
  'window-rows': async () => ({ 'window-rows': (await import('./operators/window-rows.ts')).makeWindowRows }),
};

/** A plan with what its statement makes: a table needs the table store. */
export interface LoadablePlan {
  readonly kind: string;
  readonly plan: QueryPlan;
}

/** Loads the operators of these plans; to be awaited before they are built. Loads nothing twice. */
export async function loadOperators(statements: readonly LoadablePlan[]): Promise<void> {
  const names = new Set<PartName>();
  for (const { kind, plan } of statements) {
    if (kind === 'table' || plan.tables.length > 0) names.add('tables');
    collect(plan.root, names);
    if (!names.has('subquery') && hasSubquery(plan.root)) names.add('subquery');
  }
  await Promise.all([...names].filter((name) => !hasOperator(name)).map(async (name) => provideOperators(await LOADERS[name]())));
}

function collect(node: PlanNode, names: Set<PartName>): void {
  const name = partOf(node);
  if (name !== null) names.add(name);
  for (const input of inputsOf(node)) collect(input, names);
}

function partOf(node: PlanNode): PartName | null {
  switch (node.kind) {
    case 'scan':
    case 'values':
    case 'filter':
    case 'project':
    case 'watermark':
      return null;
    case 'aggregate':
      if (node.window === null) return 'aggregate';
      return node.window.kind === 'session' ? 'session' : 'window-aggregate';
    case 'over':
      return node.input.changes === 'append' ? 'over' : 'changing-over';
    default:
      return node.kind;
  }
}

/** Plans are plain data: looks at every value once. */
function hasSubquery(node: PlanNode): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next) || ArrayBuffer.isView(next)) continue;
    seen.add(next);
    if ((next as { kind?: unknown }).kind === 'subquery') return true;
    waiting.push(...Object.values(next));
  }
  return false;
}
