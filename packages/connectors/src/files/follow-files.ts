import type { FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  connectorError,
  type DecodedBatch,
  type ReadRequest,
  type RecordBatch,
  type SourceBatch,
  VeloError,
  waitFor,
} from '@velostream/core/connect';
import { columnFromScalars, NO_META } from '@velostream/core/connect/formats';
import { type BoundFormat, chooseFormat, packingOf } from './choose-format.ts';
import type { FileContext } from './file-context.ts';
import { isMissing } from './file-error.ts';
import { type FilePosition, fromOffset, identityOf } from './file-position.ts';
import { type FileReading, readFile } from './read-file.ts';
import { SourceBatches } from './source-batches.ts';

/** Files kept open so that what is written just before a rename is not lost. */
const OPEN_MAX = 512;
/** Rounds without news after which a file whose name is gone counts as ended: its writer may go on for a moment. */
const GRACE_ROUNDS = 3;

/**
 * A file that is followed. State: an open handle and a position; at most 512 files, more are refused. Freed when its name is gone and
 * nothing was added for three rounds, after its last record was read. A restore finds it again by device and inode.
 */
interface Followed {
  path: string;
  readonly id: string;
  readonly handle: FileHandle;
  byte: number;
  record: number;
  /** Rounds since the name was last seen without anything new; 0 while it is there. */
  goneRounds: number;
  /** Of a file that is read by range: its size when it was last looked at, and for how many rounds it has been that. */
  size: number;
  sameRounds: number;
}

/**
 * Follows files: what is appended, new files, and rotation by rename (the old file is read to its end through its handle). A file
 * that became shorter was cut in place: reading starts again from its beginning, with a warning, since rows between the copy and
 * the cut may be missed or come twice. A last record waits for its line end until its file is rotated away or deleted.
 */
export async function* followFiles(context: FileContext, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const follower = new Follower(context, request);
  try {
    while (!request.signal.aborted && !follower.isFull) {
      let hasNews = false;
      for await (const batch of follower.round()) {
        hasNews = true;
        yield batch;
        if (follower.isFull || request.signal.aborted) return;
      }
      if (!hasNews) await waitFor(context.options.polling_interval, request.signal);
    }
  } finally {
    await follower.close();
  }
}

const FRESH = { goneRounds: 0, size: -1, sameRounds: 0 } as const;

class Follower {
  private readonly context: FileContext;
  private readonly request: ReadRequest;
  private readonly batches: SourceBatches;
  /** By identity, not by name: names move from file to file. */
  private readonly followed = new Map<string, Followed>();
  /** Positions of a restore whose files were not found yet, by identity. */
  private readonly restored: Map<string, FilePosition>;

  constructor(context: FileContext, request: ReadRequest) {
    const from = fromOffset(request.from);
    this.context = context;
    this.request = request;
    this.batches = new SourceBatches(request, from.total, context.options.max_records ?? Number.POSITIVE_INFINITY, context.host.now);
    this.restored = new Map(from.files.map((position) => [position.id, position]));
  }

  get isFull(): boolean {
    return this.batches.isFull;
  }

  /** Looks at all files once. */
  async *round(): AsyncGenerator<SourceBatch> {
    const seen = await this.look();
    yield* this.finishMoved();
    for (const file of [...this.followed.values()]) if (!seen.has(file.id)) yield* this.linger(file);
    const current = [...this.followed.values()].filter((file) => seen.has(file.id));
    for (const file of current.sort((a, b) => (a.path < b.path ? -1 : 1))) yield* this.readOn(file, false);
  }

  async close(): Promise<void> {
    for (const { handle } of this.followed.values()) await handle.close();
    this.followed.clear();
  }

  /** Opens what is new and gives the files their present names; the result names those that have one. */
  private async look(): Promise<ReadonlySet<string>> {
    const { options, roots } = this.context;
    const seen = new Set<string>();
    for (const path of await roots.expand(options.path, { recursive: options.recursive, extension: options.extension_filter })) {
      const handle = await this.open(path);
      if (handle === null) continue;
      const id = identityOf(await handle.stat());
      const known = this.followed.get(id);
      if (known !== undefined || seen.has(id)) {
        await handle.close();
        if (known !== undefined) known.path = path;
      } else await this.add(path, id, handle);
      seen.add(id);
    }
    return seen;
  }

  private async open(path: string): Promise<FileHandle | null> {
    try {
      return await this.context.roots.open(path);
    } catch (error) {
      // Gone between listing and opening: the next round sees what there is then.
      if (isMissing((error as { readonly cause?: unknown }).cause)) return null;
      throw error;
    }
  }

  private async add(path: string, id: string, handle: FileHandle): Promise<void> {
    if (this.followed.size >= OPEN_MAX) {
      await handle.close();
      throw connectorError('VS4211', { path: this.context.options.path, problem: `it names more than ${OPEN_MAX} files to follow` });
    }
    const { byte, record } = this.restored.get(id) ?? { byte: 0, record: 0 };
    this.restored.delete(id);
    this.followed.set(id, { path, id, handle, byte, record, ...FRESH });
  }

  /** Files of a restore that the path does not name any more: they may stand beside their old name. */
  private async *finishMoved(): AsyncGenerator<SourceBatch> {
    for (const saved of [...this.restored.values()]) {
      this.restored.delete(saved.id);
      const handle = await this.findMoved(saved);
      if (handle !== null) yield* this.finish({ path: saved.file, id: saved.id, handle, byte: saved.byte, record: saved.record, ...FRESH });
      else this.context.host.warn(`file "${saved.file}" went away while nobody read it; its last rows may be missing`);
    }
  }

  private async findMoved(saved: FilePosition): Promise<FileHandle | null> {
    const { roots } = this.context;
    const beside = await roots.expand(dirname(saved.file), { recursive: false, extension: undefined }).catch(() => []);
    for (const path of beside) {
      const handle = await roots.open(path).catch(() => null);
      if (handle === null) continue;
      if (identityOf(await handle.stat()) === saved.id) return handle;
      await handle.close();
    }
    return null;
  }

  /** The name is gone or belongs to another file. */
  private async *linger(file: Followed): AsyncGenerator<SourceBatch> {
    file.goneRounds++;
    for await (const batch of this.readOn(file, false)) {
      file.goneRounds = 0;
      yield batch;
    }
    if (file.goneRounds >= GRACE_ROUNDS) yield* this.finish(file);
  }

  /** Reads the rest, a last record without its line end included, and lets go. */
  private async *finish(file: Followed): AsyncGenerator<SourceBatch> {
    try {
      yield* this.readOn(file, true);
    } finally {
      this.followed.delete(file.id);
      await file.handle.close();
    }
  }

  /** Reads what was added. */
  private async *readOn(file: Followed, isWhole: boolean): AsyncGenerator<SourceBatch> {
    const { options, formats, host } = this.context;
    const { size } = await file.handle.stat();
    const format = chooseFormat(file.path, options, formats);
    if (format.access === 'random') {
      yield* this.readWhole(file, format, size, isWhole);
      return;
    }
    const isPacked = packingOf(file.path, options.compression) !== 'none';
    // A packed file is read once: its parts cannot be told before it is complete.
    if (isPacked && file.byte > 0) return;
    if (!isPacked && size < file.byte) {
      host.warn(`VS4210: file "${file.path}" became shorter while it was followed; reading goes on from its start`);
      file.byte = 0;
      file.record = 0;
    }
    if (!isPacked && size === file.byte) return;
    for await (const decoded of readFile(this.reading(file, format, isWhole || isPacked))) yield this.step(file, decoded);
  }

  /**
   * Files of formats with a footer are read once, when they are complete. Until then they cannot be told from damaged ones: a file that
   * cannot be opened is tried again while it changes, and reported once it has stayed the same for some rounds.
   */
  private async *readWhole(file: Followed, format: BoundFormat, size: number, isLast: boolean): AsyncGenerator<SourceBatch> {
    // Its size stands for having been read: a position in it is its record number.
    if (file.byte > 0 && file.byte === size) return;
    file.sameRounds = file.size === size ? file.sameRounds + 1 : 0;
    file.size = size;
    if (size === 0) return;
    try {
      for await (const decoded of readFile(this.reading(file, format, true))) yield this.step(file, { ...decoded, endByte: 0 });
      file.byte = size;
    } catch (error) {
      if (!VeloError.is(error) || error.code !== 'VS4311') throw error;
      if (!isLast && file.sameRounds < GRACE_ROUNDS) return;
      file.byte = size;
      const bad = [{ error, position: basename(file.path), sample: '' }];
      yield this.step(file, { batch: this.nothing(), endByte: size, endRecord: file.record, bad });
    }
  }

  private nothing(): RecordBatch {
    const columns = this.request.fields.map((field) => columnFromScalars(field.type, []));
    return { length: 0, columns, meta: NO_META, ops: null, watermarks: null };
  }

  private reading(file: Followed, format: BoundFormat, isWhole: boolean): FileReading {
    const { options } = this.context;
    const { fields, predicates, maxBatchRows, signal } = this.request;
    const { path, handle, byte, record } = file;
    return { path, handle, format, options, fields, predicates, maxBatchRows, from: { byte, record }, isWhole, signal };
  }

  private step(file: Followed, decoded: DecodedBatch): SourceBatch {
    file.byte = decoded.endByte;
    file.record = decoded.endRecord;
    const files = this.followed.has(file.id) ? [...this.followed.values()] : [...this.followed.values(), file];
    const saved = files.map(({ path, id, byte, record }) => ({ file: path, id, byte, record }));
    return this.batches.make(decoded, [...saved, ...this.restored.values()]);
  }
}
