import { nodeLabel } from '../sql/plan/explain/node-label.ts';
import type { AggregateNode, FilterNode, PlanNode, ProjectNode, QueryPlan, ScanNode, ValuesNode } from '../sql/plan/plan.ts';
import { sliceBatch } from '../values/batch-gather.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { NO_META, type RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';
import { WhereRows } from './aggregates/where-rows.ts';
import type { AheadWay } from './ahead-rows.ts';
import { type AnyOperator, buildOperator } from './build-operator.ts';
import type { CompileEnv } from './compile/compile-expression.ts';
import { newMetrics, type OperatorMetrics, type Output, type RuntimeContext } from './operator.ts';
import { operatorPart } from './operator-parts.ts';
import type { AggregateEnv } from './operators/aggregate-rows.ts';
import { type FusedPart, makeFilterProject } from './operators/filter-project.ts';
import type { WatermarkOperator } from './operators/watermark.ts';
import type { PipelineOperator } from './pipeline.ts';
import { inputsOf } from './plan-inputs.ts';

/** One end of a connection: rows, watermarks, and the end of the input. */
export interface Link {
  batch(batch: RecordBatch, from: number, to: number): void;
  watermark(time: number): void;
  end(): void;
}

/** A running operator with what is downstream of it. */
export interface Stage {
  readonly operator: AnyOperator;
  /** Ports that have not ended, as bits. */
  open(): number;
  reopen(ports: number): void;
}

/** Rows that are part of the plan. */
export interface Feed {
  readonly batch: RecordBatch;
  readonly link: Link;
}

export interface BuiltStages {
  readonly stages: readonly Stage[];
  readonly operators: readonly PipelineOperator[];
  readonly scans: readonly BuiltScan[];
  readonly feeds: readonly Feed[];
}

export interface BuiltScan {
  readonly node: ScanNode;
  readonly link: Link;
  /** Present where the rows can be made ready ahead of their turn. */
  readonly ahead?: Omit<AheadWay, 'check'>;
}

interface Root extends Output {
  end(): void;
}

/** Makes and connects the operators of a plan, root first. */
export function buildStages(plan: QueryPlan, context: RuntimeContext, root: Root): BuiltStages {
  const builder = new StageBuilder(plan, context);
  builder.build(plan.root, 0, {
    batch: (batch, from, to) => root.batch(to - from === batch.length ? batch : sliceBatch(batch, from, to)),
    watermark: (t) => root.watermark(t),
    end: () => root.end(),
  });
  return builder;
}

type Above = Pick<AheadWay, 'fused' | 'times' | 'down'>;

class StageBuilder implements BuiltStages {
  readonly stages: Stage[] = [];
  readonly operators: PipelineOperator[] = [];
  readonly scans: BuiltScan[] = [];
  readonly feeds: Feed[] = [];
  private readonly context: RuntimeContext;
  private readonly env: CompileEnv;
  private readonly aggregates: AggregateEnv;

  constructor(plan: QueryPlan, context: RuntimeContext) {
    this.context = context;
    const env: CompileEnv = { context, subquery: (expr) => operatorPart('subquery')(expr, env) };
    this.env = env;
    this.aggregates = { env, meta: plan.meta, root: plan.root };
  }

  /** `above`: the chain of filters and projections right above, and where it leads; with `times` between the two, rows can be read ahead. */
  build(node: PlanNode, depth: number, down: Link, above: Partial<Above> = {}): void {
    switch (node.kind) {
      case 'scan':
        this.buildScan(node, depth, down, above);
        return;
      case 'values':
        this.feeds.push({ batch: valuesBatch(node), link: this.counted('Values', depth, down) });
        return;
      case 'filter':
      case 'project':
        this.buildChain(node, depth, down);
        return;
      default: {
        if (node.kind === 'aggregate' && node.input.kind === 'filter' && suitsFusing(node)) {
          this.buildFiltered(node, node.input, depth, down);
          return;
        }
        const operator = buildOperator(node, this.context, this.aggregates);
        this.operators.push({ kind: nodeLabel(node), depth, metrics: operator.metrics });
        const links = this.connect(operator, inputsOf(node).length, down);
        inputsOf(node).forEach((input, port) => {
          // A watermark is made by `makeWatermark`.
          this.build(input, depth + 1, links[port]!, node.kind === 'watermark' ? { ...above, times: operator as WatermarkOperator } : {});
        });
      }
    }
  }

  /** A filter right beneath an aggregation is part of its loop. */
  private buildFiltered(node: AggregateNode, below: FilterNode, depth: number, down: Link): void {
    const filter = makeFilterProject([below], this.context, this.env);
    const where = new WhereRows(filter, below.predicate);
    const operator = buildOperator(node, this.context, { ...this.aggregates, where });
    this.operators.push({ kind: nodeLabel(node), depth, metrics: operator.metrics });
    for (const { kind, metrics } of filter.parts) this.operators.push({ kind, depth: depth + 1, metrics });
    this.build(below.input, depth + 2, this.connect(operator, 1, down)[0]!);
  }

  /** Filters and projections on top of each other run as one. */
  private buildChain(top: FilterNode | ProjectNode, depth: number, down: Link): void {
    const chain: (FilterNode | ProjectNode)[] = [];
    let below: PlanNode = top;
    while (below.kind === 'filter' || below.kind === 'project') {
      chain.unshift(below);
      below = below.input;
    }
    const operator = makeFilterProject(chain, this.context, this.env);
    for (const [i, { kind, metrics }] of [...operator.parts].reverse().entries()) this.operators.push({ kind, depth: depth + i, metrics });
    this.build(below, depth + chain.length, this.connect(operator, 1, down)[0]!, { fused: operator, down });
  }

  private buildScan(node: ScanNode, depth: number, down: Link, { fused, times, down: beyond }: Partial<Above>): void {
    if (node.filter === null) {
      const link = this.counted('Source', depth, down);
      this.scans.push({ node, link, ...(fused && times && beyond && { ahead: { source: link.metrics, fused, times, down: beyond } }) });
      return;
    }
    const filter: FilterNode = {
      kind: 'filter',
      input: node,
      predicate: node.filter,
      clause: 'where',
      fields: node.fields,
      changes: node.changes,
    };
    const operator = makeFilterProject([filter], this.context, this.env);
    const [part] = operator.parts as readonly [FusedPart];
    this.operators.push({ kind: 'Source', depth, metrics: part.metrics });
    this.scans.push({ node, link: this.connect(operator, 1, down)[0]! });
  }

  private counted(kind: string, depth: number, down: Link): Link & { readonly metrics: OperatorMetrics } {
    const metrics: OperatorMetrics = newMetrics();
    this.operators.push({ kind, depth, metrics });
    return {
      metrics,
      batch(batch, from, to) {
        metrics.rowsIn += to - from;
        metrics.rowsOut += to - from;
        down.batch(batch, from, to);
      },
      watermark(time) {
        metrics.watermark = time;
        down.watermark(time);
      },
      end: () => down.end(),
    };
  }

  /** Links into the ports of an operator; when all have ended, so has what is downstream. */
  private connect(operator: AnyOperator, ports: number, down: Link): Link[] {
    const out: Output = { batch: (batch) => down.batch(batch, 0, batch.length), watermark: (time) => down.watermark(time) };
    let open = 2 ** ports - 1;
    this.stages.push({
      operator,
      open: () => open,
      reopen(state) {
        open = state;
      },
    });
    return Array.from({ length: ports }, (_, port) => ({
      batch: (batch, from, to) => operator.process(port, batch, from, to, out),
      watermark: (time) => operator.watermark(port, time, out),
      end: () => {
        const bit = 2 ** port;
        if (Math.floor(open / bit) % 2 === 0) return;
        operator.end(port, out);
        open -= bit;
        if (open === 0) down.end();
      },
    }));
  }
}

/** One filter over rows that only come; each row that is emitted by itself keeps its own way. */
const suitsFusing = (node: AggregateNode): boolean =>
  node.emit === 'final' &&
  node.window?.kind !== 'session' &&
  node.inputChanges === 'append' &&
  inputsOf(node.input)[0]?.kind !== 'filter' &&
  inputsOf(node.input)[0]?.kind !== 'project';

function valuesBatch(node: ValuesNode): RecordBatch {
  const columns = node.fields.map((field, c) =>
    columnFromScalars(
      field.type,
      node.rows.map((row): Scalar => row[c] ?? null),
    ),
  );
  return { length: node.rows.length, columns, meta: NO_META, ops: null, watermarks: null };
}
