import type { RecoveredCommit } from '../../connect/connector.ts';
import type { Fs } from '../../runtime/ports.ts';
import { readRows, writeRows } from '../../runtime/rows/batch-codec.ts';
import { openSnapshot, sealSnapshot } from '../../runtime/state/snapshot.ts';
import { createStateReader } from '../../runtime/state/state-reader.ts';
import { createStateWriter } from '../../runtime/state/state-writer.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { typeText } from '../../values/type-text.ts';

/** Rows of one commit. */
export interface Segment {
  readonly epoch: number;
  /** Checkpoint of the producer that goes with it. */
  readonly checkpoint: string;
  /** Number of the first row, counting from the first that the topic ever had. */
  readonly offset: number;
  readonly rows: number;
  readonly batches: readonly RecordBatch[];
}

/** Rows that are kept although every reader has them, for readers that begin later. */
const RETAIN_ROWS = 100_000;
/** Rows that no reader has yet, from which the producer waits. */
const WAITING_ROWS_MAX = 1_000_000;
const NAME = /^seg-(\d{16})\.velo$/;

/**
 * What one job of a deployment writes and others read: an append-only log on disk. A commit is one file, written whole or not at all, and
 * holds the producer's checkpoint name, so that rows and state are committed at one moment. Segments that all readers have
 * acknowledged go once more than 100,000 rows are kept; a producer waits while more than a million rows are unread.
 */
export class StreamTopic {
  readonly name: string;
  readonly fields: readonly Field[];
  ended = false;
  private readonly fs: Fs;
  private readonly directory: string;
  private segments: Segment[] = [];
  private head: RecoveredCommit | null = null;
  private nextOffset = 0;
  private opened: Promise<void> | null = null;
  private readonly acknowledged = new Map<string, number>();
  private waiting: (() => void)[] = [];

  constructor(name: string, fields: readonly Field[], fs: Fs, directory: string) {
    this.name = name;
    this.fields = fields;
    this.fs = fs;
    this.directory = directory;
  }

  /** Reads what is there; once. */
  open(): Promise<void> {
    this.opened ??= this.load();
    return this.opened;
  }

  get lastCommit(): RecoveredCommit | null {
    return this.head;
  }

  get end(): number {
    return this.nextOffset;
  }

  get start(): number {
    return this.segments[0]?.offset ?? this.nextOffset;
  }

  /** Rows that the slowest of the readers does not have yet. */
  get unread(): number {
    const slowest = Math.min(...this.acknowledged.values());
    return Number.isFinite(slowest) ? this.nextOffset - slowest : 0;
  }

  /** Makes rows durable and visible. */
  async commit(batches: readonly RecordBatch[], commit: RecoveredCommit): Promise<void> {
    const rows = batches.reduce((n, batch) => n + batch.length, 0);
    if (rows > 0) {
      const segment: Segment = { ...commit, offset: this.nextOffset, rows, batches };
      await this.fs.writeAtomic(this.path(segment.epoch), this.seal(segment));
      this.segments.push(segment);
      this.nextOffset += rows;
    } else await this.writeHead(commit);
    this.head = commit;
    await this.trim();
    this.wake();
  }

  /** The producer has come to its end: readers end behind the last row. */
  async finish(): Promise<void> {
    this.ended = true;
    await this.writeHead(this.head ?? { epoch: 0, checkpoint: '' });
    this.wake();
  }

  /** The segment that holds a row; undefined: it is not written yet. */
  segmentAt(offset: number): Segment | undefined {
    return this.segments.find((segment) => offset < segment.offset + segment.rows);
  }

  acknowledge(reader: string, offset: number): void {
    this.acknowledged.set(reader, Math.max(offset, this.acknowledged.get(reader) ?? 0));
    this.wake();
  }

  /** A reader that has acknowledged nothing yet: what it wants is kept. */
  register(reader: string, offset: number): void {
    if (!this.acknowledged.has(reader)) this.acknowledged.set(reader, offset);
  }

  unregister(reader: string): void {
    this.acknowledged.delete(reader);
    this.wake();
  }

  /** Resolves when something was committed, acknowledged or ended, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.waiting.push(done);
    });
  }

  get isFull(): boolean {
    return this.unread > WAITING_ROWS_MAX;
  }

  async remove(): Promise<void> {
    for (const name of await this.names()) await this.fs.remove(`${this.directory}/${name}`);
    this.segments = [];
  }

  private wake(): void {
    for (const done of this.waiting.splice(0)) done();
  }

  private async load(): Promise<void> {
    for (const name of await this.names()) {
      const match = NAME.exec(name);
      if (match !== null) this.segments.push(this.unseal(await this.fs.read(`${this.directory}/${name}`)));
    }
    const last = this.segments.at(-1);
    if (last !== undefined) {
      this.head = { epoch: last.epoch, checkpoint: last.checkpoint };
      this.nextOffset = last.offset + last.rows;
    }
    await this.loadHead();
  }

  private async loadHead(): Promise<void> {
    const names = await this.names();
    if (!names.includes('head.json')) return;
    const text = new TextDecoder().decode(await this.fs.read(`${this.directory}/head.json`));
    const saved = JSON.parse(text) as RecoveredCommit & { readonly ended: boolean; readonly nextOffset: number };
    if (this.head === null || saved.epoch >= this.head.epoch) {
      this.head = saved.epoch === 0 ? this.head : { epoch: saved.epoch, checkpoint: saved.checkpoint };
      this.ended = saved.ended;
      this.nextOffset = Math.max(this.nextOffset, saved.nextOffset);
    }
  }

  private writeHead(commit: RecoveredCommit): Promise<void> {
    const text = JSON.stringify({ ...commit, ended: this.ended, nextOffset: this.nextOffset });
    return this.fs.writeAtomic(`${this.directory}/head.json`, new TextEncoder().encode(text));
  }

  private async trim(): Promise<void> {
    const everyone = Math.min(...this.acknowledged.values(), this.nextOffset);
    while (this.segments.length > 1) {
      const [first] = this.segments as [Segment];
      const isRead = first.offset + first.rows <= everyone;
      if (!isRead || this.nextOffset - (first.offset + first.rows) < RETAIN_ROWS) return;
      this.segments.shift();
      await this.fs.remove(this.path(first.epoch));
    }
  }

  private path(epoch: number): string {
    return `${this.directory}/seg-${String(epoch).padStart(16, '0')}.velo`;
  }

  private async names(): Promise<readonly string[]> {
    // A directory that is not there yet is made by the first write.
    return await this.fs.list(this.directory).catch(() => []);
  }

  private get shape(): string {
    return this.fields.map((field) => `${field.name} ${typeText(field.type)}`).join(',');
  }

  private seal({ epoch, checkpoint, offset, batches }: Segment): Uint8Array {
    const writer = createStateWriter();
    writer.integer(epoch);
    writer.string(checkpoint);
    writer.integer(offset);
    writer.integer(batches.length);
    for (const batch of batches)
      writeRows(
        writer,
        batch,
        Int32Array.from({ length: batch.length }, (_, i) => i),
        batch.length,
      );
    return sealSnapshot(this.shape, writer.finish());
  }

  private unseal(bytes: Uint8Array): Segment {
    const reader = createStateReader(openSnapshot(bytes, this.shape));
    const [epoch, checkpoint, offset] = [reader.integer(), reader.string(), reader.integer()];
    const batches = Array.from({ length: reader.integer() }, () => readRows(reader));
    return { epoch, checkpoint, offset, rows: batches.reduce((n, batch) => n + batch.length, 0), batches };
  }
}
