import { aborted, limitExceeded } from '../diagnostics/codes/engine.ts';
import type { SystemName } from '../connect/connector.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { Limits } from '../runtime/limits.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import type { Clock, Rng, Scheduler } from '../runtime/ports.ts';
import { hasOperator, operatorPart } from '../runtime/operator-parts.ts';
import { noTables } from '../runtime/tables/no-tables.ts';
import { makeRowReader } from '../runtime/row-reader.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Checkpoint, Compat } from './api.ts';
import type { Feed } from './feeds/feed.ts';
import { openFeed } from './feeds/open-feed.ts';
import { buildGraph, columnMap, type Graph, type GraphNode, project, settleEnds } from './graph.ts';
import { type FeedCursor, setBatch } from './merge-order.ts';
import type { Prepared, PreparedStatement } from './prepare.ts';
import { createRecordLog, type RecordLog } from './record-log.ts';
import type { ReadableRelation } from './relation-source.ts';
import { createResultQueue, type ResultQueue } from './result-queue.ts';
import { runLoop } from './run-loop.ts';
import { createSignal } from './signal.ts';
import type { SinkWriter } from './sinks.ts';
import { timeColumnOf } from './time-column.ts';
import type { Connectors } from './connector-source.ts';

export interface ExecutionOptions {
  readonly prepared: Prepared;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly scheduler: Scheduler;
  readonly limits: Limits;
  readonly batchRows: number;
  readonly codegen: boolean;
  readonly compat: Compat;
  readonly changes: 'per-record' | 'per-batch';
  readonly connectors: Connectors;
  readonly signal: AbortSignal | undefined;
  readonly from: Checkpoint | undefined;
  /** Engine-wide arrival numbers. */
  sequence(): number;
}

export type Status = 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

/** One run of one or more statements over shared sources. */
export interface Execution {
  readonly graph: Graph;
  readonly log: RecordLog;
  readonly cursors: readonly FeedCursor[];
  readonly badRecords: ReadonlyMap<string, number>;
  readonly queues: ReadonlyMap<string, ResultQueue>;
  readonly status: Status;
  readonly startedAt: number | null;
  readonly elapsedMs: number;
  readonly rowsPerSecond: number;
  /** Begins to read. Later calls do nothing. */
  start(): void;
  pause(): void;
  resume(): void;
  cancel(reason?: string): Promise<void>;
  checkpoint(): Promise<Checkpoint>;
}

/** Rows that wait for a reader before the loop pauses. */
const HIGH_WATER_ROWS = 16_384;
const MAX_QUEUED_SINK_BATCHES = 8;

type Checkpoints = typeof import('./checkpoint.ts');
let checkpoints: Checkpoints | null = null;

/** Taking and restoring loads on first use. */
async function loadCheckpoints(): Promise<Checkpoints> {
  checkpoints ??= await import('./checkpoint.ts');
  return checkpoints;
}

export function createExecution(o: ExecutionOptions): Execution {
  const log = createRecordLog();
  const wake = createSignal();
  const abort = new AbortController();
  const badRecords = new Map<string, number>();
  const context: RuntimeContext = {
    codegen: o.codegen, batchRows: o.batchRows, limits: o.limits, clock: o.clock, rng: o.rng, tables: hasOperator('tables') ? operatorPart('tables')() : noTables(), changes: o.changes,
    recordError: (info) => log.add(info),
    warn: (reason) => log.warn(reason),
    deadLetter: (_fields, _batch, _row, reason) => log.warn(`dead-letter-${reason}`),
  };
  const graph = buildGraph(o.prepared.statements, context);
  const queues = new Map<string, ResultQueue>();
  let status: Status = 'waiting';
  /** Read through a call: it changes while the loop waits. */
  const is = (wanted: Status): boolean => status === wanted;
  let startedAt: number | null = null;
  let startedElapsed = 0;
  let endedElapsed = 0;
  let paused = false;
  let cursors: FeedCursor[] = [];
  let sinks: readonly SinkWriter[] = [];
  let finished: Promise<void> | null = null;
  const requests: { resolve(c: Checkpoint): void; reject(e: unknown): void }[] = [];
  const rate = createRate(o.scheduler);

  for (const node of graph.nodes) attachQueue(node);

  function attachQueue(node: GraphNode): void {
    const queue = createResultQueue(HIGH_WATER_ROWS);
    queue.onRoom = () => wake.wake();
    queues.set(node.statement.name, queue);
    let emitted = 0;
    node.listeners.push((batch) => {
      emitted += batch.length;
      if (emitted > o.limits.maxRows) throw limitExceeded('maxRows', o.limits.maxRows, emitted, 'Add a LIMIT or a narrower WHERE, or raise `limits.maxRows`.');
      queue.put(batch);
      if (!queue.attached && graph.nodes.length > 1) return dropUnread(queue);
      if (queue.waitingRows > o.limits.maxBufferedRows) throw limitExceeded('maxBufferedRows', o.limits.maxBufferedRows, queue.waitingRows, 'Read the result while it is made, or raise `limits.maxBufferedRows`.');
    });
  }

  /** Results of a script that nobody reads stay for a late reader as far as the limit goes; the oldest go first. */
  function dropUnread(queue: ResultQueue): void {
    while (queue.waitingRows > o.limits.maxBufferedRows) {
      if (!queue.takeNow()) return;
      log.warn('unread-results-dropped');
    }
  }

  async function run(): Promise<void> {
    status = 'running';
    startedAt = o.clock.now();
    startedElapsed = o.scheduler.elapsed();
    const timer = Number.isFinite(o.limits.maxTimeMs) ? o.scheduler.after(o.limits.maxTimeMs, () => wake.wake()) : null;
    try {
      const tables = createTables();
      const positions = o.from ? (await loadCheckpoints()).restoreExecution(o.from, graph, queues, log) : null;
      if (!positions) for (const readable of tables) await loadTable(readable);
      if (o.prepared.statements.some(mayWrite)) sinks = await (await import('./sinks.ts')).openSinks(graph, o.connectors, abort.signal, () => wake.wake());
      cursors = openCursors(positions);
      for (const node of graph.nodes) node.pipeline.start();
      settleEnds(graph);
      await runLoop({
        cursors, scheduler: o.scheduler, wake, rowByRow: graph.diamond,
        process: (cursor, batch, from, to) => {
          rate.add(to - from);
          for (const target of targetsOf(cursor)) target.scan.process(project(batch, target.columns), from, to);
          settleEnds(graph);
        },
        watermark: (cursor, time) => targetsOf(cursor).forEach((t) => t.scan.watermark(time)),
        end: (cursor) => {
          for (const { scan } of targetsOf(cursor)) {
            scan.watermark(Number.POSITIVE_INFINITY);
            scan.end();
          }
          settleEnds(graph);
        },
        stopped: () => status === 'cancelled' || graph.nodes.every((n) => n.ended),
        held: () => requests.length === 0 && (paused || [...queues.values()].some((q) => q.full) || sinks.some((s) => s.queued > MAX_QUEUED_SINK_BATCHES)),
        quiet: answerCheckpoints,
        beat: () => {
          const spent = o.scheduler.elapsed() - startedElapsed;
          if (spent > o.limits.maxTimeMs) throw limitExceeded('maxTimeMs', o.limits.maxTimeMs, Math.round(spent), 'Raise `limits.maxTimeMs`, or stop the query earlier.');
        },
      });
      for (const sink of sinks) await sink.finish(is('cancelled') ? 'abort' : 'complete');
      answerCheckpoints();
      if (!is('cancelled')) status = 'done';
      for (const queue of queues.values()) queue.finish();
    } catch (error) {
      await fail(error);
    } finally {
      endedElapsed = o.scheduler.elapsed();
      timer?.();
      abort.abort();
      await Promise.all(cursors.map((c) => c.feed.close().catch(() => log.warn('source-close-failed'))));
    }
  }

  async function fail(error: unknown): Promise<void> {
    if (status !== 'cancelled') status = 'failed';
    for (const sink of sinks) await sink.finish('abort').catch(() => log.warn('sink-close-failed'));
    for (const queue of queues.values()) queue.finish(error);
    for (const request of requests.splice(0)) request.reject(error);
  }

  function answerCheckpoints(): void {
    if (requests.length === 0) return;
    try {
      // A request comes after its code.
      const taken = (checkpoints as Checkpoints).snapshotExecution(graph, queues, cursors, log, o.clock.now());
      for (const request of requests.splice(0)) request.resolve(taken);
    } catch (error) {
      for (const request of requests.splice(0)) request.reject(error);
    }
  }

  function feedFor(relation: ReadableRelation, fields: readonly Field[], system: readonly SystemName[], from: Parameters<typeof openFeed>[0]['from']): Feed {
    return openFeed({
      relation, fields, system, from, batchRows: o.batchRows, clock: o.clock, signal: abort.signal, sequence: o.sequence,
      readRows: makeRowReader(fields, context),
      recordError: context.recordError,
      badRecord: () => badRecords.set(relation.relation.name, (badRecords.get(relation.relation.name) ?? 0) + 1),
    });
  }

  function openCursors(positions: ReadonlyMap<string, { position: ReturnType<Feed['position']>; skip: number; ended: boolean; rowsIn: number }> | null): FeedCursor[] {
    return o.prepared.relations.flatMap((readable, order) => {
      const scans = graph.scans.get(readable.relation.name);
      if (!scans) return [];
      const wanted = readable.relation.fields.filter((f) => scans.some((s) => s.node.columns.includes(f.name)));
      const only = scans.length === 1 ? scans[0] : undefined;
      const fields = only ? only.node.fields : wanted;
      const system = [...new Set(scans.flatMap((s) => s.node.system))].filter((s) => s !== '_EVENT_TIME');
      targets.set(readable.relation.name, scans.map((scan) => ({ scan, columns: only ? null : columnMap(scan.node, fields) })));
      const saved = positions?.get(readable.relation.name);
      const feed = feedFor(readable, fields, system, saved?.position);
      const time = timeColumnOf(graph, readable.relation.name, fields);
      const cursor: FeedCursor = { feed, order, isTable: readable.relation.kind === 'table' && feed.mode === 'merge', timeColumn: time, batch: null, times: null, taken: 0, before: saved?.position ?? feed.position(), skip: saved?.skip ?? 0, ended: false, rowsIn: saved?.rowsIn ?? 0 };
      cursor.ended = saved?.ended ?? false;
      return [cursor];
    });
  }

  const targets = new Map<string, { scan: GraphNode['pipeline']['scans'][number]; columns: readonly number[] | null }[]>();
  const targetsOf = (cursor: FeedCursor) => targets.get(cursor.feed.name) ?? [];

  /** Makes the tables that come from outside; returns the relations that fill them. */
  function createTables(): ReadableRelation[] {
    const wanted = new Set(o.prepared.statements.flatMap((s) => s.plan.tables));
    const outside = o.prepared.relations.filter(({ relation }) => wanted.has(relation.name) && !graph.nodes.some((n) => n.table?.name === relation.name));
    for (const { relation } of outside) context.tables.create(relation.name, relation.fields, relation.key.map((k) => relation.fields.findIndex((f) => f.name === k)));
    return outside;
  }

  /** Bounded tables are loaded whole before streams start. */
  async function loadTable(readable: ReadableRelation): Promise<void> {
    const feed = feedFor(readable, readable.relation.fields, [], undefined);
    const table = context.tables.find(readable.relation.name);
    for (;;) {
      if (feed.mode === 'arrival' && feed.peekSequence?.() === undefined) await new Promise<void>((resolve) => (feed.onArrival = resolve));
      const item = await feed.next();
      if (item === null || status === 'cancelled') break;
      if (item.kind === 'rows') table?.apply(item.batch, 0, item.batch.length);
    }
    await feed.close();
  }

  function onAbort(): void {
    if (status === 'done' || status === 'failed' || status === 'cancelled') return;
    status = 'cancelled';
    for (const queue of queues.values()) queue.finish(aborted(o.signal?.reason));
    for (const request of requests.splice(0)) request.reject(aborted(o.signal?.reason));
    abort.abort();
    wake.wake();
  }
  if (o.signal?.aborted) onAbort();
  else o.signal?.addEventListener('abort', onAbort, { once: true });

  return {
    graph,
    log,
    get cursors() {
      return cursors;
    },
    badRecords,
    queues,
    get status() {
      return paused && status === 'running' ? 'paused' : status;
    },
    get startedAt() {
      return startedAt;
    },
    get elapsedMs() {
      return startedAt === null ? 0 : (endedElapsed || o.scheduler.elapsed()) - startedElapsed;
    },
    get rowsPerSecond() {
      return rate.perSecond();
    },
    start() {
      if (status === 'waiting') finished ??= run();
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      wake.wake();
    },
    async cancel(reason) {
      if (status === 'waiting' || status === 'running') {
        const started = status === 'running';
        status = 'cancelled';
        for (const queue of queues.values()) queue.finish();
        const gone = new VeloError({ code: 'VS5316', reason: 'cancelled', message: `the query was cancelled${reason ? `: ${reason}` : ''}` });
        for (const request of requests.splice(0)) request.reject(gone);
        abort.abort();
        wake.wake();
        if (started) await Promise.race([finished, o.scheduler.yield()]);
      }
    },
    async checkpoint() {
      await loadCheckpoints();
      return new Promise((resolve, reject) => {
        if (status === 'cancelled' || status === 'failed') {
          reject(new VeloError({ code: 'VS5317', reason: 'not-running', message: `a ${status} query has no checkpoint to take`, hint: 'Take it while the query runs.' }));
          return;
        }
        requests.push({ resolve, reject });
        if (status === 'done') answerCheckpoints();
        else {
          if (status === 'waiting') finished ??= run();
          wake.wake();
        }
      });
    },
  };
}

/** Whether a statement has somewhere to write to; a sink of a stream or table is named by a property. */
const mayWrite = ({ output }: PreparedStatement): boolean => output !== null && (output.targets.length > 0 || output.properties.size > 0);

/** Rows over about the last second. */
function createRate(scheduler: Scheduler): { add(rows: number): void; perSecond(): number } {
  let since = scheduler.elapsed();
  let rows = 0;
  let last = 0;
  const roll = () => {
    const now = scheduler.elapsed();
    if (now - since < 1000) return;
    last = (rows * 1000) / (now - since);
    since = now;
    rows = 0;
  };
  return {
    add(n) {
      rows += n;
    },
    perSecond() {
      const spent = scheduler.elapsed() - since;
      const current = last === 0 && spent > 0 ? (rows * 1000) / spent : last;
      roll();
      return Math.round(last === 0 ? current : last);
    },
  };
}

export type { RecordBatch };
