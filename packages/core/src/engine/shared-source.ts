import { AheadRows } from '../runtime/ahead-rows.ts';
import { type CompileEnv, compileExpression } from '../runtime/compile/compile-expression.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import type { Pipeline } from '../runtime/pipeline.ts';
import type { Expr } from '../sql/bind/expression.ts';
import type { PlanNode, ScanNode } from '../sql/plan/plan.ts';
import { mayFail, readsOnlyColumns } from '../sql/plan/tree/expr-traits.ts';
import { conjunction } from '../sql/plan/tree/expr-tree.ts';
import { inputsOf } from '../sql/plan/tree/plan-tree.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { project } from './graph.ts';

type Scan = Pipeline['scans'][number];

export interface SourceTarget {
  readonly scan: Scan;
  /** Columns of the source per column of the scan; null: the same. */
  readonly columns: readonly number[] | null;
}

/**
 * One source that several scans read on their way to the same operator. What comes out must be as if each row went to all of them before
 * the next. Rows that only one scan lets pass make a run: to the others it brings nothing but the time, so that it may go to them first
 * and then, in one piece, to the one that it is for. Rows that several let pass go one by one.
 */
export class SharedSource {
  private readonly targets: readonly SourceTarget[];
  private readonly ahead: readonly AheadRows[] | null;
  private readonly passes: readonly ((batch: RecordBatch, into: Uint8Array) => void)[];
  private batch: RecordBatch | null = null;
  private views: readonly RecordBatch[] = [];
  /** By scan and row: 1 where the scan lets it pass. */
  private heard: readonly Uint8Array[] = [];

  constructor(targets: readonly SourceTarget[], plans: readonly PlanNode[], context: RuntimeContext) {
    this.targets = targets;
    const ways = targets.flatMap(({ scan }) => scan.ahead ?? []);
    this.ahead = ways.length === targets.length ? ways.map((way) => new AheadRows(way)) : null;
    this.passes = this.ahead !== null ? [] : targets.map(({ scan }) => marker(conditionOf(scan.node, plans), context));
  }

  process(batch: RecordBatch, from: number, to: number): void {
    if (this.ahead !== null) this.processAhead(this.ahead, batch, from, to);
    else this.processRuns(batch, from, to);
  }

  /** As `processRuns`, where every scan makes its rows ready at once. */
  private processAhead(scans: readonly AheadRows[], batch: RecordBatch, from: number, to: number): void {
    for (const [t, scan] of scans.entries()) scan.take(project(batch, this.targets[t]!.columns), from, to);
    for (let at = from; at < to; ) {
      let first = 0;
      let [row, rival] = [scans[0]!.next, Number.POSITIVE_INFINITY];
      for (let t = 1; t < scans.length; t++) {
        const { next } = scans[t]!;
        if (next < row) [first, row, rival] = [t, next, row];
        else if (next < rival) rival = next;
      }
      // Rows up to the first one of another scan make a run; a row of several scans is one by itself.
      const isShared = rival === row;
      const end = isShared ? (row > at ? Math.min(row, to) : at + 1) : Math.min(rival, to);
      for (let t = 0; t < scans.length; t++) if (isShared || t !== first) scans[t]!.pass(end);
      if (!isShared) scans[first]!.pass(end);
      at = end;
    }
  }

  private processRuns(batch: RecordBatch, from: number, to: number): void {
    if (batch !== this.batch) this.look(batch);
    for (let at = from; at < to; ) {
      let only = -1;
      let end = at;
      for (; end < to; end++) {
        const listener = this.listenerOf(end);
        if (listener === SEVERAL) break;
        if (listener === NONE || listener === only) continue;
        if (only >= 0) break;
        only = listener;
      }
      // A row that several let pass is a run of its own.
      if (end === at) end++;
      for (let t = 0; t < this.targets.length; t++) if (t !== only) this.targets[t]!.scan.process(this.views[t]!, at, end);
      if (only >= 0) this.targets[only]!.scan.process(this.views[only]!, at, end);
      at = end;
    }
  }

  private listenerOf(row: number): number {
    let found = NONE;
    for (let t = 0; t < this.heard.length; t++) {
      if (this.heard[t]![row] === 0) continue;
      if (found !== NONE) return SEVERAL;
      found = t;
    }
    return found;
  }

  private look(batch: RecordBatch): void {
    this.batch = batch;
    this.views = this.targets.map(({ columns }) => project(batch, columns));
    this.heard = this.passes.map((pass, t) => {
      const marks = new Uint8Array(batch.length);
      pass(this.views[t]!, marks);
      return marks;
    });
  }
}

const NONE = -1;
const SEVERAL = -2;

/** What rows of the scan must fulfil to go beyond the filter next to it; null: all go on. */
function conditionOf(scan: ScanNode, plans: readonly PlanNode[]): Expr | null {
  const path = plans.map((root) => pathTo(root, scan)).find((found) => found !== null) ?? [];
  const conditions = scan.filter === null ? [] : [scan.filter];
  for (const node of path.toReversed()) {
    if (node.kind === 'filter') conditions.push(node.predicate);
    else if (node.kind !== 'watermark') break;
  }
  return conjunction(conditions.filter((e) => readsOnlyColumns(e) && !mayFail(e)));
}

/** Nodes from the root to right above `target`. */
function pathTo(node: PlanNode, target: PlanNode): PlanNode[] | null {
  if (node === target) return [];
  for (const input of inputsOf(node)) {
    const path = pathTo(input, target);
    if (path !== null) return [node, ...path];
  }
  return null;
}

function marker(condition: Expr | null, context: RuntimeContext): (batch: RecordBatch, into: Uint8Array) => void {
  if (condition === null) return (_, into) => void into.fill(1);
  const env: CompileEnv = { context, subquery: () => () => null };
  const evaluate = compileExpression(condition, env);
  const equal = equality(condition);
  return (batch, into) => {
    const column = equal === null ? undefined : batch.columns[equal.column];
    if (equal !== null && column?.lane === 'f64' && column.nulls === null) {
      for (let row = 0; row < batch.length; row++) into[row] = column.values[row] === equal.value ? 1 : 0;
    } else for (let row = 0; row < batch.length; row++) into[row] = evaluate(batch, row) === true ? 1 : 0;
  };
}

/** `column = number`, the usual way to part a stream of several kinds of rows. */
function equality(e: Expr): { readonly column: number; readonly value: number } | null {
  if (e.kind !== 'compare' || e.op !== '=' || e.left.kind !== 'column' || e.right.kind !== 'literal') return null;
  const { value } = e.right;
  return typeof value === 'number' && e.left.type.kind === e.right.type.kind && e.left.type.kind !== 'decimal'
    ? { column: e.left.index, value }
    : null;
}
