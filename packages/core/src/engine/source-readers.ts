import { assert } from '../diagnostics/assert.ts';
import { keepsBatchesOf } from '../runtime/keeps-batches.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import { makeRowReader } from '../runtime/row-reader.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { SavedPosition } from './checkpoint.ts';
import type { ExecutionOptions } from './execution.ts';
import type { Feed } from './feeds/feed.ts';
import { type OpenFeed, openFeed } from './feeds/open-feed.ts';
import { columnMap, type Graph, type GraphNode, project } from './graph.ts';
import type { FeedCursor } from './merge-order.ts';
import { pushedPredicates } from './pushed-predicates.ts';
import type { ReadableRelation } from './relation-source.ts';
import type { SharedSource, SourceTarget } from './shared-source.ts';
import { timeColumnOf } from './time-column.ts';

type Scan = GraphNode['pipeline']['scans'][number];

/** Opens what the statements of a graph read from outside, and hands the rows to the scans that want them. */
export class SourceReaders {
  /** Records that could not be decoded, by relation. */
  readonly badRecords = new Map<string, number>();
  private readonly targets = new Map<string, readonly SourceTarget[]>();
  private readonly shared = new Map<string, SharedSource>();
  private makeShared: typeof SharedSource | null = null;
  private threads = 1;
  private readonly o: ExecutionOptions;
  private readonly graph: Graph;
  private readonly context: RuntimeContext;
  private readonly signal: AbortSignal;
  /** Relations whose batches somebody may hold on to. */
  private readonly kept: ReadonlySet<string>;

  constructor(options: ExecutionOptions, graph: Graph, signal: AbortSignal) {
    this.o = options;
    this.graph = graph;
    this.context = graph.context;
    this.signal = signal;
    this.kept = new Set(options.prepared.statements.flatMap(({ plan }) => [...keepsBatchesOf(plan.root)]));
  }

  process(cursor: FeedCursor, batch: RecordBatch, from: number, to: number): void {
    const targets = this.targetsOf(cursor);
    if (this.graph.diamond === 'scans' && targets.length > 1) this.sharedOf(cursor.feed.name, targets).process(batch, from, to);
    else for (const { scan, columns } of targets) scan.process(project(batch, columns), from, to);
  }

  watermark(cursor: FeedCursor, time: number): void {
    for (const { scan } of this.targetsOf(cursor)) scan.watermark(time);
  }

  end(cursor: FeedCursor): void {
    for (const { scan } of this.targetsOf(cursor)) {
      scan.watermark(Number.POSITIVE_INFINITY);
      scan.end();
    }
  }

  /** What only some graphs need; to be awaited before rows come. */
  async load(): Promise<void> {
    if (this.graph.diamond === 'scans') this.makeShared = (await import('./shared-source.ts')).SharedSource;
  }

  /** A cursor per relation, at its saved position after a restore. */
  open(positions: ReadonlyMap<string, SavedPosition> | null, threads = 1): FeedCursor[] {
    this.threads = threads;
    return this.o.prepared.relations.flatMap((readable, order) => {
      const { name, fields: known, kind } = readable.relation;
      const scans = this.graph.scans.get(name);
      if (!scans) return [];
      const only = scans.length === 1 ? scans[0] : undefined;
      const fields = only ? only.node.fields : known.filter((f) => scans.some((s) => s.node.columns.includes(f.name)));
      const system = [...new Set(scans.flatMap((s) => s.node.system))].filter((s) => s !== '_EVENT_TIME');
      this.targets.set(
        name,
        scans.map((scan) => ({ scan, columns: only ? null : columnMap(scan.node, fields) })),
      );
      const saved = positions?.get(name);
      const lent = !this.kept.has(name);
      const mayLeaveOut = readable.data.kind === 'connector' && readable.data.changes === 'append';
      const predicates = only && mayLeaveOut ? pushedPredicates(only.node) : [];
      const feed = this.feed(readable, fields, { system, predicates, from: saved?.position, lent });
      return [
        {
          feed,
          order,
          isTable: kind === 'table' && feed.mode === 'merge',
          timeColumn: timeColumnOf(this.graph, name, fields),
          batch: null,
          times: null,
          taken: 0,
          before: saved?.position ?? feed.position(),
          skip: saved?.skip ?? 0,
          ended: saved?.ended ?? false,
          rowsIn: saved?.rowsIn ?? 0,
        },
      ];
    });
  }

  countBad(name: string, count: number): void {
    this.badRecords.set(name, (this.badRecords.get(name) ?? 0) + count);
  }

  /** The one scan of a relation, as the rows of parts reach it. */
  aim(name: string, scan: Scan): void {
    this.targets.set(name, [{ scan, columns: null }]);
  }

  /** Makes the tables that come from outside; returns the relations that fill them. */
  makeTables(): ReadableRelation[] {
    const wanted = new Set(this.o.prepared.statements.flatMap((s) => s.plan.tables));
    const outside = this.o.prepared.relations.filter(
      ({ relation }) => wanted.has(relation.name) && !this.graph.nodes.some((n) => n.table?.name === relation.name),
    );
    for (const { relation } of outside) {
      const key = relation.key.map((k) => relation.fields.findIndex((f) => f.name === k));
      this.context.tables.create(relation.name, relation.fields, key);
    }
    return outside;
  }

  /** Bounded tables are loaded whole before streams start. */
  async loadTable(readable: ReadableRelation): Promise<void> {
    const feed = this.feed(readable, readable.relation.fields, { system: [], predicates: [], from: undefined, lent: false });
    const table = this.context.tables.find(readable.relation.name);
    while (!this.signal.aborted) {
      if (feed.mode === 'arrival' && feed.peekSequence?.() === undefined) await new Promise<void>((resolve) => (feed.onArrival = resolve));
      const item = await feed.next();
      if (item === null) break;
      if (item.kind === 'rows') table?.apply(item.batch, 0, item.batch.length);
    }
    await feed.close();
  }

  private sharedOf(name: string, targets: readonly SourceTarget[]): SharedSource {
    const known = this.shared.get(name);
    if (known !== undefined) return known;
    assert(this.makeShared !== null, 'load() has come before rows');
    const made = new this.makeShared(
      targets,
      this.graph.nodes.map(({ statement }) => statement.plan.root),
      this.context,
    );
    this.shared.set(name, made);
    return made;
  }

  private targetsOf(cursor: FeedCursor) {
    return this.targets.get(cursor.feed.name) ?? [];
  }

  private feed(relation: ReadableRelation, fields: readonly Field[], o: Pick<OpenFeed, 'system' | 'predicates' | 'from' | 'lent'>): Feed {
    const { name } = relation.relation;
    const { batchRows, clock, sequence } = this.o;
    return openFeed({
      relation,
      fields,
      ...o,
      batchRows,
      threads: this.threads,
      clock,
      sequence,
      signal: this.signal,
      // rows that are pushed wait in their batch; arrays are read when their turn comes
      readRows: makeRowReader(fields, this.context, o.lent && (relation.data.kind === 'array' || relation.data.kind === 'iterable')),
      recordError: (info) => this.context.recordError(info),
      badRecord: () => this.countBad(name, 1),
    });
  }
}
