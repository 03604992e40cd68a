import type { PreparedStatement } from '../../engine/prepare.ts';
import type { AggregateCall, Expr } from '../../sql/bind/expression.ts';
import type { PlanNode } from '../../sql/plan/plan.ts';
import { inputsOf, withInputs } from '../../sql/plan/tree/plan-tree.ts';
import { CoveragePoints } from './points.ts';
import { tapRows } from './tap.ts';
import { tapCases, tapCondition } from './tap-branches.ts';
import { tapGroup, tapJoin } from './tap-keys.ts';

/** Counters of a statement that only the run knows. */
export interface RunCounters {
  rowsLate(statement: string): number;
}

/**
 * The same statements with taps in their plans: expressions and rows are shown on the way, and change nothing. What is reached is
 * known once the run is over and `points.finish()` was called.
 */
export function instrument(
  statements: readonly PreparedStatement[],
  counters: RunCounters,
): { statements: PreparedStatement[]; points: CoveragePoints } {
  const points = new CoveragePoints();
  const made = statements.map((s) => ({ ...s, plan: { ...s.plan, root: new PlanTaps(points, s.name, counters).tap(s.plan.root) } }));
  return { statements: made, points };
}

class PlanTaps {
  private readonly points: CoveragePoints;
  private readonly statement: string;
  private readonly counters: RunCounters;
  private next = 0;

  constructor(points: CoveragePoints, statement: string, counters: RunCounters) {
    this.points = points;
    this.statement = statement;
    this.counters = counters;
  }

  tap(node: PlanNode): PlanNode {
    const id = `${this.statement}/${node.kind}${this.next++}`;
    const inner = withInputs(
      node,
      inputsOf(node).map((input) => this.tap(input)),
    );
    return this.tapNode(inner, id);
  }

  private cases(e: Expr, id: string): Expr {
    return tapCases(e, this.points, id);
  }

  private tapNode(node: PlanNode, id: string): PlanNode {
    switch (node.kind) {
      case 'scan':
        return node.filter === null ? node : { ...node, filter: tapCondition(node.filter, this.points, id) };
      case 'filter':
        return { ...node, predicate: tapCondition(node.predicate, this.points, id) };
      case 'project':
        return { ...node, items: node.items.map((e, i) => this.cases(e, `${id}.${i}`)) };
      case 'aggregate': {
        const aggregates = node.aggregates.map((a, i) => this.aggregate(a, `${id}.a${i}`));
        const keys = node.keys.map((e, i) => this.cases(e, `${id}.k${i}`));
        // The tap in front shows the keys as they were written.
        const tapped = tapGroup(node, this.points, id, () => this.counters.rowsLate(this.statement));
        return { ...(tapped as typeof node), aggregates, keys };
      }
      case 'window-rows':
        return tapGroup(node, this.points, id, () => this.counters.rowsLate(this.statement));
      case 'over':
        return this.over(node, id);
      case 'join':
      case 'table-join':
      case 'temporal-join':
        return tapJoin(
          node.residual === null ? node : { ...node, residual: tapCondition(node.residual, this.points, id) },
          this.points,
          id,
        );
      case 'distinct':
        return this.dropping(node, id, 'a repeated row is dropped');
      case 'limit':
        return this.dropping(node, id, `a row beyond LIMIT ${node.count}`);
      case 'top-n':
        return this.dropping(node, id, `a row beyond the first ${node.count}`);
      case 'rank':
        return this.dropping(node, id, `a row beyond place ${node.count}`);
      case 'union':
        return { ...node, inputs: node.inputs.map((input, i) => this.arm(input, `${id}.${i}`, i)) };
      default:
        return node;
    }
  }

  private aggregate(call: AggregateCall, id: string): AggregateCall {
    return {
      ...call,
      args: call.args.map((e, i) => this.cases(e, `${id}.${i}`)),
      filter: call.filter === null ? null : tapCondition(call.filter, this.points, `${id}.filter`),
    };
  }

  private over(node: Extract<PlanNode, { kind: 'over' }>, id: string): PlanNode {
    this.points.add(`${id}.first`, 'the first row of a partition');
    this.points.add(`${id}.later`, 'a later row of a partition');
    const seen = new Set<string>();
    return {
      ...node,
      input: tapRows(node.input, node.calls[0]?.partitionBy ?? [], (_, values) => {
        const key = values.map(String).join('\u0001');
        this.points.reach(seen.has(key) ? `${id}.later` : `${id}.first`);
        if (seen.size < 50_000) seen.add(key);
      }),
    };
  }

  private dropping(node: PlanNode, id: string, text: string): PlanNode {
    this.points.add(`${id}.dropped`, text);
    let passed = 0;
    let came = 0;
    this.points.whenDone(() => {
      if (came > passed) this.points.reach(`${id}.dropped`);
    });
    const [input] = inputsOf(node) as [PlanNode];
    const below = withInputs(node, [tapRows(input, [], () => void came++)]);
    return tapRows(below, [], () => void passed++);
  }

  private arm(input: PlanNode, id: string, index: number): PlanNode {
    this.points.add(id, `a row from part ${index + 1} of the UNION`);
    return tapRows(input, [], () => this.points.reach(id));
  }
}
