import { provideAllGenerators } from './compile/all-generators.ts';
import { provideOperators } from './operator-parts.ts';
import { makeAggregate } from './operators/aggregate.ts';
import { makeChangingOver } from './operators/changing-over.ts';
import { makeDistinct } from './operators/distinct.ts';
import { makeJoin } from './operators/join.ts';
import { makeLimit } from './operators/limit.ts';
import { makeOver } from './operators/over.ts';
import { makeRank } from './operators/rank.ts';
import { makeSessionAggregate } from './operators/session-aggregate.ts';
import { makeSort } from './operators/sort.ts';
import { makeTableJoin } from './operators/table-join.ts';
import { makeTemporalJoin } from './operators/temporal-join.ts';
import { makeTopN } from './operators/top-n.ts';
import { makeUnion } from './operators/union.ts';
import { makeWindowAggregate } from './operators/window-aggregate.ts';
import { makeWindowRows } from './operators/window-rows.ts';
import { createTableStore } from './tables/create-table-store.ts';
import { makeSubqueryEvaluator } from './tables/evaluate-subquery.ts';

/** Provides every operator, and generated loops, at once, for callers that build pipelines synchronously: tests and benchmarks. */
export function provideAllOperators(): void {
  provideAllGenerators();
  provideOperators({
    aggregate: makeAggregate,
    'changing-over': makeChangingOver,
    distinct: makeDistinct,
    join: makeJoin,
    limit: makeLimit,
    over: makeOver,
    rank: makeRank,
    session: makeSessionAggregate,
    sort: makeSort,
    subquery: makeSubqueryEvaluator,
    'table-join': makeTableJoin,
    tables: createTableStore,
    'temporal-join': makeTemporalJoin,
    'top-n': makeTopN,
    union: makeUnion,
    'window-aggregate': makeWindowAggregate,
    'window-rows': makeWindowRows,
  });
}
