import { aborted, cancelled, limitExceeded } from '../diagnostics/codes/engine.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { WorkersMetrics } from '../protocol/query.ts';
import type { Limits } from '../runtime/limits.ts';
import type { RuntimeContext } from '../runtime/operator.ts';
import { hasOperator, operatorPart } from '../runtime/operator-parts.ts';
import type { Clock, Rng, Scheduler } from '../runtime/ports.ts';
import { noTables } from '../runtime/tables/no-tables.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Checkpoint, ChooseCheckpoint, CommitOptions, Compat } from './api.ts';
import type { SavedPosition } from './checkpoint.ts';
import type { Connectors } from './connector-source.ts';
import { rowsReadAt } from './explain-row.ts';
import { buildGraph, type Graph, type GraphNode, settleEnds } from './graph.ts';
import type { FeedCursor } from './merge-order.ts';
import type { Prepared, PreparedStatement } from './prepare.ts';
import { createRate } from './rate.ts';
import { createRecordLog, type RecordLog } from './record-log.ts';
import { closeSources } from './relation-source.ts';
import { createResultQueue, type ResultQueue } from './result-queue.ts';
import { type LoopHost, runLoop } from './run-loop.ts';
import { createSignal } from './signal.ts';
import type { SinkWriter } from './sinks.ts';
import { SourceReaders } from './source-readers.ts';
import type { PartsRun, WorkersOptions } from './threads/plan-parts.ts';
import { createToldWarnings, type ToldWarnings } from './told-warnings.ts';

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
  /** Work may be spread over threads; what they need to know. */
  readonly workers?: WorkersOptions | undefined;
  readonly connectors: Connectors;
  /** Where connectors say what people have to know. */
  readonly told?: ToldWarnings | undefined;
  readonly signal: AbortSignal | undefined;
  readonly from: Checkpoint | ChooseCheckpoint | undefined;
  readonly commitAtEnd?: (() => CommitOptions) | undefined;
  /** Engine-wide arrival numbers. */
  sequence(): number;
}

export type Status = 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

/** One run of one or more statements over shared sources. */
export interface Execution {
  readonly graph: Graph;
  readonly log: RecordLog;
  readonly told: ToldWarnings;
  readonly workers: WorkersMetrics | null;
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
  /** Ends all sources where they are, and waits for what follows from it. */
  finish(): Promise<void>;
  cancel(reason?: string): Promise<void>;
  checkpoint(): Promise<Checkpoint>;
  commit(options: CommitOptions): Promise<Checkpoint>;
}

/** Rows that wait for a reader before the loop pauses. */
const HIGH_WATER_ROWS = 16_384;
const MAX_QUEUED_SINK_BATCHES = 8;
/** Longest wait of `cancel` for sinks to let go of what they hold. */
const RELEASE_MS = 5_000;

type Checkpoints = typeof import('./checkpoint.ts');
let checkpoints: Checkpoints | null = null;

/** Taking and restoring loads on first use. */
async function loadCheckpoints(): Promise<Checkpoints> {
  checkpoints ??= await import('./checkpoint.ts');
  return checkpoints;
}

export const createExecution = (options: ExecutionOptions): Execution => new RunningExecution(options);

interface CheckpointRequest {
  readonly commit: CommitOptions | undefined;
  resolve(checkpoint: Checkpoint): void;
  reject(error: unknown): void;
}

class RunningExecution implements Execution {
  readonly graph: Graph;
  readonly log = createRecordLog();
  readonly told: ToldWarnings;
  readonly queues = new Map<string, ResultQueue>();
  workers: WorkersMetrics | null = null;
  cursors: readonly FeedCursor[] = [];
  /** The loop that reads parts, in place of the one that reads rows. */
  private parts: PartsRun | null = null;
  startedAt: number | null = null;
  private readonly o: ExecutionOptions;
  private readonly readers: SourceReaders;
  private readonly wake = createSignal();
  private readonly abort = new AbortController();
  private readonly rate: ReturnType<typeof createRate>;
  private readonly requests: CheckpointRequest[] = [];
  private sinks: readonly SinkWriter[] = [];
  private holdsSinks = false;
  private state: Exclude<Status, 'paused'> = 'waiting';
  private paused = false;
  private startedElapsed = 0;
  private endedElapsed = 0;
  private finished: Promise<void> | null = null;
  private completed: () => void = () => {};
  private readonly complete: Promise<void> = new Promise((resolve) => {
    this.completed = resolve;
  });
  private endInput: () => void = () => {};
  private readonly inputEnded: Promise<void> = new Promise((resolve) => {
    this.endInput = resolve;
  });

  constructor(options: ExecutionOptions) {
    this.o = options;
    this.told = options.told ?? createToldWarnings();
    this.rate = createRate(options.scheduler);
    this.graph = buildGraph(options.prepared.statements, this.context());
    this.readers = new SourceReaders(options, this.graph, this.abort.signal);
    for (const node of this.graph.nodes) this.attachQueue(node);
    const { signal } = options;
    if (signal?.aborted) this.onAbort();
    else signal?.addEventListener('abort', () => this.onAbort(), { once: true });
  }

  get badRecords(): ReadonlyMap<string, number> {
    return this.readers.badRecords;
  }

  get status(): Status {
    return this.paused && this.state === 'running' ? 'paused' : this.state;
  }

  get elapsedMs(): number {
    return this.startedAt === null ? 0 : (this.endedElapsed || this.o.scheduler.elapsed()) - this.startedElapsed;
  }

  get rowsPerSecond(): number {
    return this.rate.perSecond();
  }

  start(): void {
    if (this.state === 'waiting') this.finished ??= this.run();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.wake.wake();
  }

  async finish(): Promise<void> {
    if (this.state === 'waiting') await this.cancel('it was finished before it began');
    if (this.state !== 'running') return;
    this.endInput();
    this.wake.wake();
    // not for the sources to close: one that never answers would hold everybody up
    await this.complete;
  }

  async cancel(reason?: string): Promise<void> {
    if (this.state === 'waiting' || this.state === 'running') {
      const unread = this.state === 'running' ? [] : this.o.prepared.relations;
      this.stop(undefined, cancelled(reason));
      // What was described for the plan and never read has nobody else to let go of it.
      await closeSources(unread);
    }
    if (this.finished) await this.released();
  }

  /** Until a successor may open the same sinks; a source that never answers holds nobody up. */
  private async released(): Promise<void> {
    const { scheduler } = this.o;
    if (!this.holdsSinks) return Promise.race([this.finished ?? undefined, scheduler.yield()]);
    let stop = () => {};
    const tooLong = new Promise<void>((resolve) => {
      stop = scheduler.after(RELEASE_MS, resolve);
    });
    await Promise.race([this.complete, tooLong]);
    stop();
  }

  checkpoint(): Promise<Checkpoint> {
    return this.request(undefined);
  }

  commit(options: CommitOptions): Promise<Checkpoint> {
    return this.request(options);
  }

  private async request(commit: CommitOptions | undefined): Promise<Checkpoint> {
    await loadCheckpoints();
    return new Promise((resolve, reject) => {
      if (this.state === 'cancelled' || this.state === 'failed') {
        reject(
          new VeloError({
            code: 'VS5317',
            reason: 'not-running',
            message: `a ${this.state} query has no checkpoint to take`,
            hint: 'Take it while the query runs.',
          }),
        );
        return;
      }
      this.requests.push({ commit, resolve, reject });
      if (this.state === 'done') this.answerCheckpoints();
      else {
        this.start();
        this.wake.wake();
      }
    });
  }

  private context(): RuntimeContext {
    const { codegen, batchRows, limits, clock, rng, changes } = this.o;
    return {
      codegen,
      batchRows,
      limits,
      clock,
      rng,
      changes,
      tables: hasOperator('tables') ? operatorPart('tables')() : noTables(),
      recordError: (info) => this.log.add(info),
      warn: (reason) => this.log.warn(reason),
      deadLetter: (_fields, _batch, _row, reason) => this.log.warn(`dead-letter-${reason}`),
    };
  }

  private attachQueue(node: GraphNode): void {
    const queue = createResultQueue(HIGH_WATER_ROWS);
    queue.onRoom = () => this.wake.wake();
    this.queues.set(node.statement.name, queue);
    const { maxRows, maxBufferedRows } = this.o.limits;
    let emitted = 0;
    node.listeners.push((batch: RecordBatch) => {
      emitted += batch.length;
      if (emitted > maxRows)
        throw limitExceeded('maxRows', maxRows, emitted, 'Add a LIMIT or a narrower WHERE, or raise `limits.maxRows`.');
      rowsReadAt.set(
        batch,
        this.cursors.map((c) => c.rowsIn),
      );
      queue.put(batch);
      if (!queue.attached && this.graph.nodes.length > 1) this.dropUnread(queue);
      else if (queue.waitingRows > maxBufferedRows)
        throw limitExceeded(
          'maxBufferedRows',
          maxBufferedRows,
          queue.waitingRows,
          'Read the result while it is made, or raise `limits.maxBufferedRows`.',
        );
    });
  }

  /** Results of a script that nobody reads stay for a late reader as far as the limit goes; the oldest go first. */
  private dropUnread(queue: ResultQueue): void {
    while (queue.waitingRows > this.o.limits.maxBufferedRows) {
      if (!queue.takeNow()) return;
      this.log.warn('unread-results-dropped');
    }
  }

  private async run(): Promise<void> {
    const { scheduler, clock, limits } = this.o;
    this.state = 'running';
    this.startedAt = clock.now();
    this.startedElapsed = scheduler.elapsed();
    const timer = Number.isFinite(limits.maxTimeMs) ? scheduler.after(limits.maxTimeMs, () => this.wake.wake()) : null;
    try {
      await this.open();
      await (this.parts === null ? runLoop(this.loop()) : this.parts.run(this.loop()));
      this.answerCheckpoints();
      const atEnd = this.status === 'cancelled' ? undefined : this.o.commitAtEnd?.();
      if (atEnd) await this.commitAt(await this.snapshot(), atEnd);
      for (const sink of this.sinks) await sink.finish(this.status === 'cancelled' ? 'abort' : 'complete', atEnd !== undefined);
      if (this.status !== 'cancelled') this.state = 'done';
      // What was asked for since then finds the sinks closed, and nothing left to commit.
      this.answerCheckpoints();
      for (const queue of this.queues.values()) queue.finish();
    } catch (error) {
      await this.fail(error);
    } finally {
      this.completed();
      this.endedElapsed = scheduler.elapsed();
      timer?.();
      this.abort.abort();
      await Promise.all(this.cursors.map((c) => c.feed.close().catch(() => this.log.warn('source-close-failed'))));
    }
  }

  /** Fills tables, opens sinks and sources, and brings back the state of a checkpoint. */
  private async open(): Promise<void> {
    const { graph, readers, o } = this;
    await readers.load();
    const tables = readers.makeTables();
    // Sinks come first: opening one ends what an earlier run left open, and tells where this one goes on.
    this.holdsSinks = o.prepared.statements.some(mayWrite);
    if (this.holdsSinks)
      this.sinks = await (await import('./sinks.ts')).openSinks(graph, o.connectors, this.abort.signal, () => this.wake.wake());
    const from = await this.startingPoint();
    const positions = from ? (await loadCheckpoints()).restoreExecution(from, graph, this.queues, this.log) : null;
    if (!positions) for (const readable of tables) await readers.loadTable(readable);
    await this.spread(positions);
    this.cursors =
      this.parts === null ? readers.open(positions, this.workers?.work === 'decoding' ? this.workers.running : 1) : [this.parts.cursor];
    for (const node of graph.nodes) node.pipeline.start();
    settleEnds(graph);
  }

  /** Finds out what threads may do of the work. */
  private async spread(positions: ReadonlyMap<string, SavedPosition> | null): Promise<void> {
    const { workers } = this.o;
    if (workers === undefined) return;
    const { planParts } = await import('./threads/plan-parts.ts');
    const { metrics, run } = await planParts({
      ...workers,
      execution: this.o,
      graph: this.graph,
      signal: this.abort.signal,
      positions,
      recordError: (info) => this.log.add(info),
      countErrors: (errors) => this.log.count(errors),
      warn: (reason) => this.log.warn(reason),
      badRecords: (name, count) => this.readers.countBad(name, count),
      rows: (count) => this.rate.add(count),
      changed: (metrics) => {
        this.workers = metrics;
      },
    });
    this.workers = metrics;
    this.parts = run;
    const name = run?.cursor.feed.name ?? '';
    for (const scan of this.graph.scans.get(name) ?? []) this.readers.aim(name, scan);
  }

  /** The checkpoint to go on from; sinks that know what they committed have a say in it. */
  private async startingPoint(): Promise<Checkpoint | undefined> {
    const { from } = this.o;
    if (typeof from !== 'function') return from;
    const chosen = await from(this.sinks.flatMap(({ recovered }) => (recovered === undefined ? [] : [recovered])));
    for (const sink of this.sinks) sink.startAfter(chosen?.epoch ?? 0);
    return chosen?.checkpoint;
  }

  private loop(): LoopHost {
    const { graph, readers, o, wake, queues, requests } = this;
    const waits = [...queues.values()];
    return {
      cursors: this.cursors,
      scheduler: o.scheduler,
      wake,
      rowByRow: graph.diamond === 'streams',
      inputEnded: this.inputEnded,
      process: (cursor, batch, from, to) => {
        this.rate.add(to - from);
        readers.process(cursor, batch, from, to);
        settleEnds(graph);
      },
      watermark: (cursor, time) => readers.watermark(cursor, time),
      end: (cursor) => {
        readers.end(cursor);
        settleEnds(graph);
      },
      stopped: () => this.state === 'cancelled' || graph.nodes.every((n) => n.ended),
      held: () =>
        requests.length === 0 && (this.paused || waits.some((q) => q.full) || this.sinks.some((s) => s.queued > MAX_QUEUED_SINK_BATCHES)),
      quiet: () => this.answerCheckpoints(),
      beat: () => {
        const spent = o.scheduler.elapsed() - this.startedElapsed;
        const { maxTimeMs } = o.limits;
        if (spent > maxTimeMs)
          throw limitExceeded('maxTimeMs', maxTimeMs, Math.round(spent), 'Raise `limits.maxTimeMs`, or stop the query earlier.');
      },
    };
  }

  private async fail(error: unknown): Promise<void> {
    if (this.state !== 'cancelled') this.state = 'failed';
    for (const sink of this.sinks) await sink.finish('abort').catch(() => this.log.warn('sink-close-failed'));
    for (const queue of this.queues.values()) queue.finish(error);
    for (const request of this.requests.splice(0)) request.reject(error);
  }

  private answerCheckpoints(): void {
    if (this.requests.length === 0) return;
    try {
      // A request comes after its code.
      const taken = this.snapshotWith(checkpoints as Checkpoints);
      for (const request of this.requests.splice(0)) {
        if (request.commit === undefined || (this.state === 'done' && this.o.commitAtEnd)) request.resolve(taken);
        else this.commitAt(taken, request.commit).then(() => request.resolve(taken), request.reject);
      }
    } catch (error) {
      for (const request of this.requests.splice(0)) request.reject(error);
    }
  }

  private snapshotWith({ snapshotExecution }: Checkpoints): Checkpoint {
    return snapshotExecution(this.graph, this.queues, this.cursors, this.log, this.o.clock.now());
  }

  private async snapshot(): Promise<Checkpoint> {
    return this.snapshotWith(await loadCheckpoints());
  }

  /** Everything that sinks were given until now belongs to the commit; what comes while they write belongs to the next. */
  private async commitAt(taken: Checkpoint, { epoch, save }: CommitOptions): Promise<void> {
    const places = this.cursors.map((c) => (!c.batch || c.taken >= c.batch.length ? c.feed.position() : c.before));
    const positions = places.filter((p) => p !== null);
    // A sink that keeps no record of its commits commits before the state is stored: what comes twice is better than what is lost.
    const open = this.state === 'done' ? [] : this.sinks;
    const first = open.filter((sink) => sink.recovered === undefined);
    const deciding = open.filter((sink) => sink.recovered !== undefined);
    const written = deciding.map((sink) => sink.written());
    const committed = first.map((sink) => sink.commit(epoch, Promise.resolve({ checkpoint: '', positions })));
    const context = Promise.all([...written, ...committed]).then(async () => ({ checkpoint: await save(taken), positions }));
    // Without sinks, or when all have failed, nobody else looks at it.
    context.catch(() => {});
    await Promise.all(deciding.map((sink) => sink.commit(epoch, context)));
    await context;
    for (const [i, { feed }] of this.cursors.entries()) {
      const position = places[i];
      if (position != null) feed.acknowledge?.(position);
    }
  }

  private onAbort(): void {
    if (this.state !== 'waiting' && this.state !== 'running') return;
    const error = aborted(this.o.signal?.reason);
    if (this.state === 'waiting') void closeSources(this.o.prepared.relations);
    this.stop(error, error);
  }

  /** Ends at once: readers get `outcome` (an error, or a quiet end), waiting checkpoints an error. */
  private stop(outcome: VeloError | undefined, checkpointError: VeloError): void {
    this.state = 'cancelled';
    for (const queue of this.queues.values()) queue.finish(outcome);
    for (const request of this.requests.splice(0)) request.reject(checkpointError);
    this.abort.abort();
    // A read that is under way is not waited for.
    this.endInput();
    this.wake.wake();
  }
}

/** Whether a statement has somewhere to write to; a sink of a stream or table is named by a property. */
const mayWrite = ({ output }: PreparedStatement): boolean => output !== null && (output.targets.length > 0 || output.properties.size > 0);
