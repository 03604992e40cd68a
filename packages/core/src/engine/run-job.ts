import type { RecoveredCommit } from '../connect/connector.ts';
import { checkpointLost, checkpointUnwritable, sinksDisagree } from '../diagnostics/codes/job.ts';
import type { Clock, Fs, Rng, Scheduler } from '../runtime/ports.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Checkpoint, CommitOptions, Engine, RunOptions, Script } from './api.ts';
import { checkpointFromBytes } from './checkpoint-from-bytes.ts';
import { systemClock, systemRng, systemScheduler } from './default-ports.ts';

export interface JobOptions extends Pick<RunOptions, 'signal' | 'batchRows' | 'limits'> {
  /** Where checkpoints are kept: `fileSystem()` of `@velostream/core/node`. */
  readonly fs: Fs;
  /** Of this job alone. */
  readonly directory: string;
  /** Time between two commits; 1000 by default. */
  readonly everyMs?: number;
  /** Sees what each statement puts out, for metrics; an error in it stops the job. */
  onBatch?(name: string, batch: RecordBatch): void;
  readonly clock?: Clock;
  readonly rng?: Rng;
  readonly scheduler?: Scheduler;
}

/** A script that goes on where it was when its process ends and starts again. */
export interface Job {
  readonly script: Script;
  /** Epoch of the last commit. */
  readonly epoch: number;
  /** Settles when all input has ended or the job was stopped, or with what broke it; its sinks are closed then, and a next job may start. */
  readonly done: Promise<void>;
  /** Resolves when sinks are open and it is known where the run goes on; rejects with what stands in the way. */
  readonly opened: Promise<void>;
  /** Reads nothing and commits nothing until `resume`. */
  pause(): void;
  resume(): void;
  /** Commits once more and ends; a job that has ended already stays as it is. Rejects with what that last commit failed with. */
  stop(): Promise<void>;
}

const NAME = /^ckpt-(\d{16})-([0-9a-z]{10})\.velo$/;
const EVERY_MS = 1_000;

/**
 * Runs a script with its state on disk. Every `everyMs` the state is written and committed together with what sinks were given; a start
 * with the same SQL and directory goes on from the last commit. One job at a time may use a directory.
 *
 * With a sink that keeps the checkpoint's name beside its rows (a Kafka sink with a transactional id), rows and state are exactly once:
 * that commit decides, whichever files there are. With other sinks a crash repeats what was written since the last checkpoint.
 *
 * Order of a commit: snapshot between two records; the sinks have written what came before it; the checkpoint is written and synced;
 * sinks commit; older checkpoints are removed. Names of checkpoints carry a token of the run, so that a run that was taken over cannot
 * write over files of its successor.
 */
export function runJob(engine: Engine, sql: string, options: JobOptions): Job {
  return new RunningJob(engine, sql, options);
}

class RunningJob implements Job {
  readonly script: Script;
  readonly done: Promise<void>;
  epoch: number;
  private readonly o: JobOptions;
  private readonly run: string;
  private readonly scheduler: Scheduler;
  readonly opened: Promise<void>;
  private isStopping = false;
  private isPaused = false;
  private committing: Promise<unknown> = Promise.resolve();
  private cancelTimer: (() => void) | null = null;
  /** Of the last checkpoint that was written. */
  private savedEpoch = 0;
  private failure: { readonly error: unknown } | null = null;
  /** Settles once it is known where the run goes on: no commit may begin before. */
  private readonly chosen: Promise<void>;
  private hasChosen: () => void = () => {};

  constructor(engine: Engine, sql: string, options: JobOptions) {
    this.o = options;
    this.scheduler = options.scheduler ?? systemScheduler;
    this.run = Math.floor((options.rng ?? systemRng).next() * 36 ** 10)
      .toString(36)
      .padStart(10, '0');
    // Above what any earlier run committed, for sinks that do not say what they know.
    this.epoch = (options.clock ?? systemClock).now();
    this.chosen = new Promise((resolve) => {
      this.hasChosen = resolve;
    });
    const { signal, batchRows, limits } = options;
    this.script = engine.script(sql, {
      ...(signal === undefined ? {} : { signal }),
      ...(batchRows === undefined ? {} : { batchRows }),
      ...(limits === undefined ? {} : { limits }),
      from: (recovered) => this.choose(recovered).finally(() => this.hasChosen()),
      commitAtEnd: () => this.next(),
    });
    this.done = this.start();
    this.done.catch(() => {});
    this.opened = Promise.race([this.chosen, this.done]);
    this.opened.catch(() => {});
  }

  pause(): void {
    this.isPaused = true;
    this.cancelTimer?.();
    for (const name of this.script.names) this.script.query(name).pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    for (const name of this.script.names) this.script.query(name).resume();
    this.later();
  }

  async stop(): Promise<void> {
    const settled = this.done.catch(() => {});
    if (this.isStopping) return settled;
    this.isStopping = true;
    this.cancelTimer?.();
    await Promise.race([this.chosen, settled]);
    await this.committing.catch(() => {});
    try {
      await this.commit();
    } catch (error) {
      this.failure ??= { error };
      throw error;
    } finally {
      await this.script.cancel('the job was stopped');
      await settled;
    }
  }

  private async start(): Promise<void> {
    await this.script.ready;
    const reading = this.script.names.map((name) => this.drain(name));
    this.chosen.then(() => this.later());
    try {
      await Promise.all(reading);
    } finally {
      this.cancelTimer?.();
      this.isStopping = true;
      // Whoever hears of the end may start the next job: nothing of this one writes any more.
      await this.script.cancel().catch(() => {});
    }
    if (this.failure) throw this.failure.error;
  }

  /** Rows go to the sinks; here they are only looked at. */
  private async drain(name: string): Promise<void> {
    for await (const batch of this.script.query(name).batches()) this.o.onBatch?.(name, batch);
  }

  private later(): void {
    if (this.isStopping || this.isPaused) return;
    this.cancelTimer?.();
    this.cancelTimer = this.scheduler.after(this.o.everyMs ?? EVERY_MS, () => {
      this.committing = this.commit().then(
        () => this.later(),
        (error: unknown) => this.fail(error),
      );
    });
  }

  private async commit(): Promise<void> {
    const options = this.next();
    await this.script.commit(options);
    // The input had ended: the last commit is that of the end.
    if (this.savedEpoch !== options.epoch) return;
    for (const old of await this.names()) {
      if (Number(NAME.exec(old)?.[1]) < options.epoch) await this.o.fs.remove(this.path(old));
    }
  }

  /** A commit that failed leaves its outcome to the next start. */
  private async fail(error: unknown): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    this.failure ??= { error };
    await this.script.cancel('a commit failed').catch(() => {});
  }

  private next(): CommitOptions {
    const epoch = ++this.epoch;
    const name = `ckpt-${String(epoch).padStart(16, '0')}-${this.run}.velo`;
    return {
      epoch,
      save: async (checkpoint) => {
        await this.o.fs.writeAtomic(this.path(name), checkpoint.bytes).catch((cause) => {
          throw checkpointUnwritable(name, cause);
        });
        this.savedEpoch = epoch;
        return name;
      },
    };
  }

  private async choose(
    recovered: readonly (RecoveredCommit | null)[],
  ): Promise<{ checkpoint: Checkpoint | undefined; epoch: number } | undefined> {
    if (recovered.length > 1) throw sinksDisagree(recovered.length);
    const names = await this.names();
    const [commit] = recovered;
    if (commit === null) {
      // Whatever files there are, nothing of them was committed.
      this.epoch = 0;
      return undefined;
    }
    const wanted = commit?.checkpoint ?? names.at(-1);
    if (wanted === undefined) return undefined;
    const epoch = Number(NAME.exec(wanted)?.[1] ?? Number.NaN);
    if (Number.isNaN(epoch)) throw checkpointLost(wanted, 'it is no name of a checkpoint');
    if (!names.includes(wanted)) throw checkpointLost(wanted, `its file is not in "${this.o.directory}"`);
    this.epoch = commit ? commit.epoch : Math.max(this.epoch, epoch);
    const checkpoint = checkpointFromBytes(await this.o.fs.read(this.path(wanted)));
    for (const old of names) if (Number(NAME.exec(old)?.[1]) < epoch) await this.o.fs.remove(this.path(old));
    return { checkpoint, epoch: this.epoch };
  }

  private path(name: string): string {
    return `${this.o.directory}/${name}`;
  }

  private async names(): Promise<readonly string[]> {
    // A directory that is not there yet is made by the first write.
    const all = await this.o.fs.list(this.o.directory).catch(() => []);
    return all.filter((name) => NAME.test(name)).sort();
  }
}
