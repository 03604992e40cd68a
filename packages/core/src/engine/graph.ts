import { assert } from '../diagnostics/assert.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import { buildPipeline, type Pipeline } from '../runtime/pipeline.ts';
import type { MaterialisedTable } from '../runtime/tables/table-store.ts';
import type { ScanNode } from '../sql/plan/plan.ts';
import { takeBatch } from '../values/batch-gather.ts';
import type { Field } from '../values/column.ts';
import { Op, type RecordBatch } from '../values/record-batch.ts';
import type { PreparedStatement } from './prepare.ts';

type Scan = Pipeline['scans'][number];

/** A scan that reads this producer, with its columns among the producer's. */
interface Consumer {
  readonly scan: Scan;
  /** Producer column per scan column; null: the same columns. */
  readonly columns: readonly number[] | null;
  /** The consumer understands updates; otherwise it gets inserted and updated rows as plain rows. */
  readonly updating: boolean;
}

/** One statement that runs. */
export interface GraphNode {
  readonly statement: PreparedStatement;
  readonly pipeline: Pipeline;
  readonly consumers: readonly Consumer[];
  readonly table: MaterialisedTable | null;
  /** What leaves the graph here: results, sinks. */
  readonly listeners: ((batch: RecordBatch) => void)[];
  rowsOut: number;
  ended: boolean;
}

/** The running statements, connected by name. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly context: RuntimeContext;
  /** Scans by external relation. */
  readonly scans: ReadonlyMap<string, readonly Scan[]>;
  /**
   * How some source reaches one operator by several ways. `scans`: they part at its scans, see `SharedSource`. `streams`: behind one of
   * them, so that rows must go one at a time.
   */
  readonly diamond: 'none' | 'scans' | 'streams';
}

/** Which columns of `from` a scan wants; null when they are the same. */
export function columnMap(scan: ScanNode, from: readonly Field[]): readonly number[] | null {
  const map = scan.columns.map((name) => {
    const at = from.findIndex((f) => f.name === name);
    assert(at >= 0, `column "${name}" is among those of "${scan.relation}"`);
    return at;
  });
  return map.length === from.length && map.every((at, i) => at === i) ? null : map;
}

export const project = (batch: RecordBatch, columns: readonly number[] | null): RecordBatch =>
  columns === null ? batch : { ...batch, columns: columns.map((c) => batch.columns[c] as RecordBatch['columns'][number]) };

/** Inserted and updated rows as plain rows: what a reader of the stream's topic would see. */
export function appended(batch: RecordBatch): RecordBatch {
  const { ops } = batch;
  if (!ops) return batch;
  const keep = new Int32Array(batch.length);
  let count = 0;
  for (let i = 0; i < batch.length; i++) if (ops[i] === Op.insert || ops[i] === Op.updateAfter) keep[count++] = i;
  const taken = count === batch.length ? batch : takeBatch(batch, keep, count);
  return { ...taken, ops: null };
}

export function buildGraph(statements: readonly PreparedStatement[], context: RuntimeContext): Graph {
  const nodes: GraphNode[] = [];
  const scans = new Map<string, Scan[]>();
  const producers = new Map<string, GraphNode>();
  for (const statement of statements) {
    const { plan } = statement;
    const visible = plan.root.fields.slice(0, plan.visible);
    const table =
      statement.kind === 'table'
        ? context.tables.create(
            statement.name,
            visible,
            statement.tableKey.map((k) => visible.findIndex((f) => f.name === k)),
          )
        : null;
    const consumers: Consumer[] = [];
    const listeners: ((batch: RecordBatch) => void)[] = [];
    const pipeline = buildPipeline(
      plan,
      context,
      (batch) => emit(node, batch),
      (time) => {
        for (const c of consumers) c.scan.watermark(time);
      },
    );
    const node: GraphNode = { statement, pipeline, consumers, table, listeners, rowsOut: 0, ended: false };
    for (const scan of pipeline.scans) {
      const producer = producers.get(scan.node.relation);
      if (producer) {
        const from = producer.statement.plan;
        const columns =
          columnMap(scan.node, from.root.fields.slice(0, from.visible)) ??
          (from.visible < from.root.fields.length ? scan.node.columns.map((_, i) => i) : null);
        (producer.consumers as Consumer[]).push({ scan, columns, updating: scan.node.changes !== 'append' });
      } else scans.set(scan.node.relation, [...(scans.get(scan.node.relation) ?? []), scan]);
    }
    nodes.push(node);
    if (statement.kind !== 'query') producers.set(statement.name, node);
  }
  return { nodes, context, scans, diamond: diamondOf(nodes, scans) };
}

function emit(node: GraphNode, batch: RecordBatch): void {
  node.rowsOut += batch.length;
  node.table?.apply(batch, 0, batch.length);
  for (const listener of node.listeners) listener(batch);
  let plain: RecordBatch | null = null;
  for (const consumer of node.consumers) {
    if (!consumer.updating) plain ??= appended(batch);
    const rows = consumer.updating ? batch : (plain ?? batch);
    if (rows.length > 0) consumer.scan.process(project(rows, consumer.columns), 0, rows.length);
  }
}

/** Passes on the end of statements that are complete, producers before consumers. */
export function settleEnds(graph: Graph): void {
  for (const node of graph.nodes) {
    if (node.ended || !(node.pipeline.ended || node.pipeline.done())) continue;
    node.ended = true;
    for (const { scan } of node.consumers) {
      scan.watermark(Number.POSITIVE_INFINITY);
      scan.end();
    }
  }
}

function diamondOf(nodes: readonly GraphNode[], scans: ReadonlyMap<string, readonly Scan[]>): Graph['diamond'] {
  if (!hasDiamond(nodes, scans, (scan) => scan.node.relation)) return 'none';
  const numbers = new Map([...scans.values()].flat().map((scan, i) => [scan, String(i)]));
  return hasDiamond(nodes, scans, (scan) => numbers.get(scan) as string) ? 'streams' : 'scans';
}

/** Whether one source has more than one way into the same pipeline (self-join, or a join of two readers of one stream). */
function hasDiamond(nodes: readonly GraphNode[], scans: ReadonlyMap<string, readonly Scan[]>, nameOf: (scan: Scan) => string): boolean {
  const origins = new Map<string, ReadonlySet<string>>();
  for (const node of nodes) {
    const seen = new Set<string>();
    for (const scan of node.pipeline.scans) {
      const { relation } = scan.node;
      const roots = scans.has(relation) ? new Set([nameOf(scan)]) : (origins.get(relation) ?? new Set<string>());
      for (const root of roots) {
        if (seen.has(root)) return true;
        seen.add(root);
      }
    }
    origins.set(node.statement.name, seen);
  }
  return false;
}
