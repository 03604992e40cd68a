import { open, rename, rm, stat } from 'node:fs/promises';
import { connectorError, type Encoder, type Field, type RecordBatch, type RecoveredCommit, type Sink } from '@velostream/core/connect';
import { takeBatch } from '@velostream/core/connect/formats';
import { type BoundFormat, chooseFormat, type Packing, packingOf } from './choose-format.ts';
import { removeJournal } from './commit-journal.ts';
import { commitParts, exists, recover } from './commit-parts.ts';
import type { FileContext } from './file-context.ts';
import { writeError } from './file-error.ts';
import { JobClaim } from './job-claim.ts';
import { inProgress, partName, partsOf, sealed } from './part-names.ts';
import { PartWriter } from './part-writer.ts';

const LINE_FEED = 0x0a;

/**
 * Writes to `<name>.inprogress`; a commit makes that durable and only then visible under its name: by renaming, or, where there are
 * committed rows already, by adding to them after their length was noted in `<name>.commit`. Whatever moment a crash chooses, the
 * next `open` finishes or forgets the last commit, and an epoch that was committed adds nothing when it comes again. Only rows that
 * are added are written: a file has no deletions. Files of formats that cannot grow (Parquet, Avro, …) end with their commit: the first
 * one has the name itself, following ones are numbered like rotated ones.
 *
 * With the name of a job the journal stays, with the name of the checkpoint that its rows belong to: the job goes on from that one, so
 * that a crash between the two costs and repeats nothing.
 */
export function fileSink(context: FileContext): Sink {
  context.roots.resolve(context.options.path);
  const writer = new FileSink(context);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw writeError(context.options.path, error);
    }
  };
  return {
    open: (fields) => guarded(() => writer.open(fields)),
    write: ({ batch }) => guarded(() => writer.write(batch)),
    commit: (epoch, job) => guarded(() => writer.commit(epoch, job?.checkpoint ?? '')),
    close: (outcome) => guarded(() => writer.close(outcome)),
    ...(context.options.job === undefined ? {} : { recover: async () => writer.recovered }),
  };
}

class FileSink {
  private readonly context: FileContext;
  private readonly isRotating: boolean;
  /** Whether rows can be added to a file that is complete. */
  private canGrow = true;
  private readonly packing: Packing;
  private target = '';
  private makeEncoder: (() => Promise<Encoder>) | null = null;
  /** That of the part that is being written. */
  private encoder: Encoder | null = null;
  private part: PartWriter | null = null;
  /** Parts that are full and wait for the commit. */
  private full: PartWriter[] = [];
  private nextPart = 1;
  private lastEpoch = 0;
  /** Whether the target holds rows that stay. */
  private hasBase = false;
  private readonly claim: JobClaim;

  constructor(context: FileContext) {
    const { options } = context;
    this.context = context;
    this.claim = new JobClaim(options.job);
    this.packing = packingOf(options.path, options.compression);
    this.isRotating =
      options.max_file_size_bytes !== undefined || options.max_records_per_file !== undefined || options.rotation_interval_ms !== undefined;
  }

  get recovered(): RecoveredCommit | null {
    return this.claim.recovered;
  }

  async open(fields: readonly Field[]): Promise<void> {
    const { options, formats, roots } = this.context;
    const format = chooseFormat(options.path, options, formats);
    if (format.encoder === undefined) {
      throw connectorError('VS4208', { format: format.name, known: formats.filter((f) => f.encoder).map((f) => f.name) });
    }
    this.target = await roots.writable(options.path);
    const left = await recover(this.target);
    const { highest, unfinished } = await partsOf(this.target);
    for (const path of unfinished) await rm(path, { force: true });
    this.nextPart = highest + 1;
    this.lastEpoch = await this.claim.take(this.target, left, highest > 0 || (await exists(this.target)));
    this.hasBase = (this.lastEpoch > 0 || options.append) && (await exists(this.target));
    await this.prepare(format, fields);
  }

  async write(batch: RecordBatch): Promise<void> {
    this.mustBeOpen();
    const added = additions(batch);
    const most = this.context.options.max_records_per_file ?? added.length;
    for (let at = 0; at < added.length; ) {
      const part = await this.currentPart();
      const end = Math.min(added.length, at + Math.max(1, most - part.records));
      await part.put((this.encoder as Encoder).encode(sliceOf(added, at, end)), end - at);
      at = end;
      await this.rotate(part);
    }
  }

  async commit(epoch: number, checkpoint: string): Promise<void> {
    this.mustBeOpen();
    await this.claim.check(this.target, epoch);
    if (epoch <= this.lastEpoch) {
      await this.discard();
      return;
    }
    this.claim.checkpoint = checkpoint;
    if (this.isRotating) await this.commitRotated(epoch);
    else if (!this.canGrow && this.hasBase) await this.commitNext(epoch);
    else await this.commitSingle(epoch, await this.currentPart());
    this.lastEpoch = epoch;
  }

  async close(outcome: 'complete' | 'abort'): Promise<void> {
    if (this.makeEncoder === null) return;
    this.makeEncoder = null;
    await this.discard();
    if (outcome === 'complete' && this.context.options.job === undefined) await removeJournal(this.target);
  }

  private mustBeOpen(): () => Promise<Encoder> {
    if (this.makeEncoder === null) throw connectorError('VS4401', { name: this.context.options.path });
    return this.makeEncoder;
  }

  private async prepare(format: BoundFormat, fields: readonly Field[]): Promise<void> {
    this.canGrow = format.access === 'stream';
    if (!this.canGrow && this.packing !== 'none') throw connectorError('VS4316', { format: format.name, packing: this.packing });
    this.makeEncoder = () => (format.encoder as NonNullable<typeof format.encoder>)(fields);
    // What cannot be written is said before anything is.
    this.encoder = await this.makeEncoder();
  }

  private async currentPart(): Promise<PartWriter> {
    if (this.part !== null) return this.part;
    const isNumbered = this.isRotating || (!this.canGrow && this.hasBase);
    const encoder = await this.mustBeOpen()();
    this.encoder = encoder;
    const path = inProgress(isNumbered ? partName(this.target, this.nextPart++) : this.target);
    const { options, host } = this.context;
    const part = new PartWriter(path, { packing: this.packing, bufferBytes: options.buffer_size_bytes, startedAt: host.now() });
    this.part = part;
    if (this.hasBase && !isNumbered) await part.put(await this.missingLineEnd(), 0);
    if (!this.hasBase || isNumbered || (await stat(this.target)).size === 0) await part.put(encoder.start(), 0);
    return part;
  }

  /** A file that another program wrote may lack the end of its last line. */
  private async missingLineEnd(): Promise<Uint8Array> {
    const { size } = await stat(this.target);
    if (size === 0 || this.packing !== 'none') return new Uint8Array(0);
    const handle = await open(this.target, 'r');
    try {
      const last = new Uint8Array(1);
      await handle.read(last, 0, 1, size - 1);
      return last[0] === LINE_FEED ? new Uint8Array(0) : Uint8Array.of(LINE_FEED);
    } finally {
      await handle.close();
    }
  }

  private async rotate(part: PartWriter): Promise<void> {
    const { options, host } = this.context;
    if (!this.isRotating) return;
    const isFull =
      part.records >= (options.max_records_per_file ?? Number.POSITIVE_INFINITY) ||
      part.size >= (options.max_file_size_bytes ?? Number.POSITIVE_INFINITY) ||
      host.now() - part.startedAt >= (options.rotation_interval_ms ?? Number.POSITIVE_INFINITY);
    if (!isFull) return;
    await this.endPart(part);
    this.full.push(part);
    this.part = null;
  }

  private async commitRotated(epoch: number): Promise<void> {
    if (this.part !== null) await this.endPart(this.part);
    const parts = this.part === null ? this.full : [...this.full, this.part];
    const renames: [string, string][] = [];
    for (const part of parts) {
      await part.finish();
      renames.push([part.path, part.path.slice(0, -inProgress('').length)]);
    }
    await commitParts(this.target, { epoch, base: 0, renames, append: null, ...this.claim.mark });
    this.full = [];
    this.part = null;
  }

  /** The bytes that a format has at the end of a file. */
  private async endPart(part: PartWriter): Promise<void> {
    const encoder = this.encoder;
    this.encoder = null;
    if (encoder !== null) await part.put(encoder.finish(), 0);
  }

  /** A further file of a format that cannot grow; without rows there is none. */
  private async commitNext(epoch: number): Promise<void> {
    if (this.part === null) await commitParts(this.target, { epoch, base: 0, renames: [], append: null, ...this.claim.mark });
    else await this.commitRotated(epoch);
  }

  private async commitSingle(epoch: number, part: PartWriter): Promise<void> {
    await this.endPart(part);
    const bytes = await part.finish();
    // A name of its own: the next part will be in progress by the time a recovery looks.
    const file = sealed(this.target, epoch);
    await rename(part.path, file);
    if (this.hasBase) {
      const base = (await stat(this.target)).size;
      await commitParts(this.target, { epoch, base, renames: [], append: { file, bytes }, ...this.claim.mark });
    } else await commitParts(this.target, { epoch, base: 0, renames: [[file, this.target]], append: null, ...this.claim.mark });
    this.hasBase = true;
    this.part = null;
  }

  private async discard(): Promise<void> {
    for (const part of this.full) await part.discard();
    await this.part?.discard();
    this.full = [];
    this.part = null;
  }
}

/** Rows that are added: inserts, and the new state of updated ones. */
function additions(batch: RecordBatch): RecordBatch {
  const { ops } = batch;
  if (ops === null) return batch;
  const added = Int32Array.from({ length: batch.length }, (_, i) => i).filter((row) => ops[row] === 0 || ops[row] === 2);
  return added.length === batch.length ? batch : takeBatch(batch, added, added.length);
}

const sliceOf = (batch: RecordBatch, from: number, to: number): RecordBatch =>
  from === 0 && to === batch.length
    ? batch
    : takeBatch(
        batch,
        Int32Array.from({ length: to - from }, (_, i) => from + i),
        to - from,
      );
