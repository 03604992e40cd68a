import { assert } from '../diagnostics/assert.ts';
import type { makeAggregate } from './operators/aggregate.ts';
import type { makeChangingOver } from './operators/changing-over.ts';
import type { makeDistinct } from './operators/distinct.ts';
import type { makeJoin } from './operators/join.ts';
import type { makeLimit } from './operators/limit.ts';
import type { makeOver } from './operators/over.ts';
import type { makeRank } from './operators/rank.ts';
import type { makeSessionAggregate } from './operators/session-aggregate.ts';
import type { makeSort } from './operators/sort.ts';
import type { makeTableJoin } from './operators/table-join.ts';
import type { makeTemporalJoin } from './operators/temporal-join.ts';
import type { makeTopN } from './operators/top-n.ts';
import type { makeUnion } from './operators/union.ts';
import type { makeWindowAggregate } from './operators/window-aggregate.ts';
import type { makeWindowRows } from './operators/window-rows.ts';
import type { createTableStore } from './tables/create-table-store.ts';
import type { makeSubqueryEvaluator } from './tables/evaluate-subquery.ts';

/**
 * Operators that not every query has. A page loads them when a plan names them (`loadOperators`); filters, projections
 * and watermarks are always there.
 */
export interface OperatorParts {
  readonly aggregate: typeof makeAggregate;
  readonly 'changing-over': typeof makeChangingOver;
  readonly distinct: typeof makeDistinct;
  readonly join: typeof makeJoin;
  readonly limit: typeof makeLimit;
  readonly over: typeof makeOver;
  readonly session: typeof makeSessionAggregate;
  readonly rank: typeof makeRank;
  readonly sort: typeof makeSort;
  readonly subquery: typeof makeSubqueryEvaluator;
  readonly 'table-join': typeof makeTableJoin;
  readonly tables: typeof createTableStore;
  readonly 'temporal-join': typeof makeTemporalJoin;
  readonly 'top-n': typeof makeTopN;
  readonly union: typeof makeUnion;
  readonly 'window-aggregate': typeof makeWindowAggregate;
  readonly 'window-rows': typeof makeWindowRows;
}

/** Code, not state: a part that is here is the same for every engine of the page. */
const loaded: { -readonly [K in keyof OperatorParts]?: OperatorParts[K] } = {};

/** Makes parts available to plans that are built from now on. */
export function provideOperators(parts: Partial<OperatorParts>): void {
  Object.assign(loaded, parts);
}

/** Whether a part is available. */
export const hasOperator = (name: keyof OperatorParts): boolean => loaded[name] !== undefined;

/** A part that has been loaded. */
export function operatorPart<K extends keyof OperatorParts>(name: K): OperatorParts[K] {
  const part: OperatorParts[K] | undefined = loaded[name];
  assert(part !== undefined, `operator "${name}" is loaded before a plan that has it is built`);
  return part;
}
