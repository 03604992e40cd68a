import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { SystemColumn } from '../../sql/bind/expression.ts';
import type { AggregateNode, PlanNode } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type AggregatePlan, planAggregates } from '../aggregates/aggregate-plan.ts';
import type { LastRow } from '../aggregates/group-bucket.ts';
import { type GroupUpdate, groupRetract, groupUpdate } from '../aggregates/group-update.ts';
import type { WhereRows } from '../aggregates/where-rows.ts';
import { type CompileEnv, compileRow, type RowExpressions } from '../compile/compile-expression.ts';
import { GroupKeys } from '../keys/group-keys.ts';
import type { Operator, RuntimeContext } from '../operator.ts';
import { type KeyColumns, type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import { reportRow } from '../rows/record-failure.ts';

/** What the operators of aggregations have in common: reading rows, keys, and the bounds on groups. */
export interface AggregateRows {
  readonly plan: AggregatePlan;
  readonly keys: GroupKeys;
  readonly retracting: boolean;
  readonly readKeys: KeyReader;
  /** Some key is more than a column. */
  readonly calculatesKeys: boolean;
  readonly readInputs: RowExpressions;
  readonly add: GroupUpdate;
  readonly retract: GroupUpdate;
  /** What to remember of a group's last row. */
  readonly last: LastRow;
  readonly maxGroups: number;
}

export interface AggregateEnv {
  readonly env: CompileEnv;
  /** System columns that somebody reads of the output. */
  readonly meta: readonly SystemColumn[];
  /** The filter beneath, which is then part of the aggregation. */
  readonly where?: WhereRows;
  /** The plan that the node belongs to. */
  readonly root: PlanNode;
}

export function aggregateRows(node: AggregateNode, { env, meta }: AggregateEnv): AggregateRows {
  const retracting = node.inputChanges !== 'append';
  const plan = planAggregates(node.aggregates, retracting);
  return {
    plan,
    keys: new GroupKeys(node.keys.map((key) => key.type)),
    retracting,
    readKeys: makeKeyReader(node.keys, env),
    calculatesKeys: node.keys.some((key) => key.kind !== 'column'),
    readInputs: compileRow(plan.inputs, env),
    add: groupUpdate(plan),
    retract: groupRetract(plan),
    last: {
      eventTime: node.window === null,
      timestamp: meta.includes('_TIMESTAMP') || meta.includes('_EVENT_TIME'),
      headers: meta.includes('_headers'),
    },
    maxGroups: node.maxGroups ?? env.context.limits.maxGroups,
  };
}

export function checkGroups(groups: number, maxGroups: number): void {
  if (groups <= maxGroups) return;
  throw limitExceeded(
    'maxGroups',
    maxGroups,
    groups,
    'Group by fewer distinct values, use a shorter window, or raise limits.maxGroups (WITH max.groups).',
  );
}

/** Inputs of one row; undefined after its error was reported. */
export function inputsOf(
  operator: Operator,
  context: RuntimeContext,
  node: AggregateNode,
  rows: AggregateRows,
  at: { readonly batch: RecordBatch; readonly row: number; readonly keys: KeyColumns },
): readonly Scalar[] | undefined {
  const failure = at.keys.failed?.get(at.row);
  if (failure === undefined) {
    try {
      return rows.readInputs(at.batch, at.row);
    } catch (error) {
      reportRow(operator, context, node.input.fields, at, error);
      return undefined;
    }
  }
  reportRow(operator, context, node.input.fields, at, failure);
  return undefined;
}
