import type { ReadPart, SettledPart, Source, SourceSplit } from '../../connect/connector.ts';
import type { Json } from '../../connect/offset.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { WorkersMetrics } from '../../protocol/query.ts';
import { PartJoiner } from '../../runtime/parts/part-pipeline.ts';
import type { QueryPlan } from '../../sql/plan/plan.ts';
import type { splitPlan } from '../../sql/plan/split-plan.ts';
import type { Feed } from '../feeds/feed.ts';
import type { FeedCursor } from '../merge-order.ts';
import type { LoopHost } from '../run-loop.ts';
import type { PartJob, PartResult } from './part-protocol.ts';
import { PartReader } from './part-reader.ts';
import type { PartThreads } from './part-threads.node.ts';
import type { PartsRun, PlanPartsOptions } from './plan-parts.ts';

/** Longest stretch of work before the host gets a turn, ms. */
const TIME_BUDGET_MS = 4;
/** Parts that threads failed at before this one does all the rest. */
const FAILURES_MAX = 3;

export interface RunPartsOptions extends PlanPartsOptions {
  readonly source: Source;
  readonly split: SourceSplit;
  readonly readPart: ReadPart;
  readonly plan: QueryPlan;
  readonly planned: Extract<ReturnType<typeof splitPlan>, { readonly kind: 'split' }>;
  readonly metrics: WorkersMetrics;
  readonly job: PartJob;
}

type Place = (position: string) => string;
/** The query ended before the part did. */
const STOPPED = Symbol('stopped');

/** A part on its way; without a result this thread reads it when its turn comes. */
interface Ahead {
  readonly part: unknown;
  readonly result: Promise<PartResult | null> | null;
}

export const runParts = (options: RunPartsOptions): PartsRun => new Run(options);

/**
 * Parts are read by threads, and joined here in their order. What a thread could not know of what came before (where its first record
 * begins, which rows are late) it guesses; a wrong guess is read again here, behind everything that was joined. So is what a thread
 * failed at: an error then comes in its place, from this thread. State: two parts per thread, aggregated.
 */
class Run implements PartsRun {
  readonly cursor: FeedCursor;
  private readonly o: RunPartsOptions;
  private readonly joiner: PartJoiner;
  private readonly reader: PartReader;
  private readonly ahead: Ahead[] = [];
  private threads: PartThreads | null = null;
  private failures = 0;
  private hasAll = false;
  private position: Json;
  /** Rows of the first part that were processed before the checkpoint. */
  private skip: number;

  constructor(options: RunPartsOptions) {
    this.o = options;
    const { graph, plan, planned, readPart, execution, positions } = options;
    const { codegen, batchRows, limits } = execution;
    this.joiner = new PartJoiner(graph.nodes[0]!.pipeline);
    this.reader = new PartReader({
      plan,
      node: planned.node,
      fields: planned.fields,
      isTimed: planned.isTimed,
      readPart,
      codegen,
      batchRows,
      limits,
    });
    const saved = positions?.get(planned.relation);
    this.position = saved?.position ?? null;
    this.skip = saved?.skip ?? 0;
    this.cursor = {
      feed: this.feed(),
      order: 0,
      isTable: false,
      timeColumn: -1,
      batch: null,
      times: null,
      taken: 0,
      before: this.position,
      skip: 0,
      ended: false,
      rowsIn: saved?.rowsIn ?? 0,
    };
  }

  async run(host: LoopHost): Promise<void> {
    let isOver = false;
    const over = host.inputEnded.then(() => {
      isOver = true;
      host.wake.wake();
    });
    over.catch(() => {});
    await this.begin();
    while (!host.stopped()) {
      host.beat();
      if (isOver) break;
      if (host.held()) {
        await host.wake.wait();
        continue;
      }
      host.quiet();
      await this.fill();
      const next = this.ahead[0];
      if (next === undefined) break;
      const result = await this.resultOf(next, host, () => isOver);
      if (host.stopped()) return;
      if (result === undefined) continue;
      this.ahead.shift();
      await this.take(next.part, result, host);
      await host.scheduler.yield();
    }
    if (!host.stopped() && !this.cursor.ended) {
      this.cursor.ended = true;
      host.end(this.cursor);
    }
  }

  private async begin(): Promise<void> {
    const { metrics, job } = this.o;
    if (metrics.running < 2) return;
    try {
      this.threads = new (await import('./part-threads.node.ts')).PartThreads(job, metrics.running);
    } catch (error) {
      this.alone(error);
    }
  }

  /** This thread does the rest. */
  private alone(error: unknown): void {
    const reason = `threads failed: ${error instanceof Error ? error.message : String(error)}`;
    this.o.changed({ ...this.o.metrics, running: 1, reason });
    const { threads } = this;
    this.threads = null;
    void threads?.close();
  }

  private async fill(): Promise<void> {
    const most = this.threads === null ? 1 : 2 * this.o.metrics.running;
    while (!this.hasAll && this.ahead.length < most) {
      const part = await this.o.split.next();
      this.hasAll = part === undefined;
      if (part === undefined) return;
      const result = this.threads?.read(part).catch((error: unknown) => {
        if (this.threads !== null && ++this.failures >= FAILURES_MAX) this.alone(error);
        return null;
      });
      this.ahead.push({ part, result: result ?? null });
    }
  }

  /** What a thread made of a part; null: nothing. Undefined: something else comes first. */
  private async resultOf({ result }: Ahead, host: LoopHost, isOver: () => boolean): Promise<PartResult | null | undefined> {
    if (result === null) return null;
    let outcome: PartResult | null | undefined;
    const arrived = result.then((r) => {
      outcome = r;
    });
    while (outcome === undefined) {
      await Promise.race([arrived, host.wake.wait()]);
      if (host.stopped() || isOver()) return undefined;
      host.beat();
      host.quiet();
      if (outcome !== undefined) break;
      if (host.held()) return undefined;
    }
    return outcome;
  }

  private async take(part: unknown, guessed: PartResult | null, host: LoopHost): Promise<void> {
    const { split } = this.o;
    const place = split.placer(part);
    const exact = split.exact(part);
    if (this.skip === 0) {
      let settled = guessed === null ? null : split.settle(part, guessed.end);
      if (guessed !== null && settled !== null && this.join(guessed, settled, place)) return;
      const known = await this.readHere(settled === null ? exact : part, host);
      if (host.stopped()) return;
      settled ??= known === null ? null : split.settle(exact, known.end);
      if (known !== null && settled !== null && this.join(known, settled, place)) return;
      if (settled !== null) {
        await this.byRows(exact, host, place);
        this.position = settled.next;
        return;
      }
    }
    const end = await this.byRows(exact, host, place);
    if (end === STOPPED) return;
    this.position = split.settle(exact, end)?.next ?? this.position;
  }

  private async readHere(part: unknown, host: LoopHost): Promise<PartResult | null> {
    const reading = this.reader.read(part, this.joiner.start);
    const { scheduler } = host;
    let sliceStart = scheduler.elapsed();
    try {
      for (;;) {
        const step = reading.next();
        if (step.done) return step.value;
        if (scheduler.elapsed() - sliceStart > TIME_BUDGET_MS) {
          await scheduler.yield();
          if (host.stopped()) return null;
          sliceStart = scheduler.elapsed();
        }
      }
    } catch {
      // It comes again when its rows go one way with all others, in its place.
      return null;
    } finally {
      reading.return?.(undefined as never);
    }
  }

  private join(result: PartResult, settled: SettledPart, place: Place): boolean {
    if (!this.joiner.join(result.bytes)) return false;
    const { o, cursor } = this;
    const { relation } = o.planned;
    o.countErrors(result.errors - result.lastErrors.length);
    for (const { code, reason, message, hint, operator, position, sample } of result.lastErrors) {
      o.recordError({
        error: new VeloError({ code, reason, message, hint }),
        operator: position === null ? operator : `Source ${relation} at ${place(position)}`,
        sample,
      });
    }
    for (const [reason, count] of Object.entries(result.warnings)) for (let n = 0; n < count; n++) o.warn(reason);
    if (result.badRecords > 0) o.badRecords(relation, result.badRecords);
    o.rows(result.rows);
    cursor.rowsIn += result.rows;
    this.position = settled.next;
    return true;
  }

  /** The rows of a part through the whole pipeline, as they would go without threads. Returns how the part ended. */
  private async byRows(part: unknown, host: LoopHost, place: Place): Promise<unknown> {
    const { o, cursor } = this;
    const { fields, relation } = o.planned;
    const { scheduler } = host;
    const reading = o.readPart(part, { fields, maxBatchRows: o.execution.batchRows });
    let sliceStart = scheduler.elapsed();
    try {
      for (;;) {
        const step = reading.next();
        if (step.done) return step.value;
        const { bad } = step.value;
        const batch = this.reader.withTime(step.value.batch);
        for (const { error, position, sample } of bad) {
          o.badRecords(relation, 1);
          o.recordError({ error, operator: `Source ${relation} at ${place(position)}`, sample: { record: sample } });
        }
        const from = Math.min(this.skip, batch.length);
        this.skip -= from;
        if (from < batch.length) host.process(cursor, batch, from, batch.length);
        cursor.rowsIn += batch.length - from;
        if (scheduler.elapsed() - sliceStart > TIME_BUDGET_MS) {
          await scheduler.yield();
          sliceStart = scheduler.elapsed();
        }
        if (host.stopped()) return STOPPED;
      }
    } finally {
      reading.return?.(undefined);
    }
  }

  private feed(): Feed {
    const { split, planned, source } = this.o;
    return {
      name: planned.relation,
      mode: 'merge',
      next: () => null,
      position: () => this.position,
      close: async () => {
        const { threads } = this;
        this.threads = null;
        await threads?.close();
        await split.close();
        await source.close?.();
      },
    };
  }
}
