import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Packing } from './choose-format.ts';
import { packed } from './codecs.ts';

/** A file that is being written and that nobody looks at yet. Bytes are collected, then packed and written in large pieces. */
export class PartWriter {
  readonly path: string;
  readonly startedAt: number;
  /** Rows put in so far. */
  records = 0;
  /** Unpacked bytes put in so far. */
  size = 0;
  private readonly packing: Packing;
  private readonly bufferBytes: number;
  private handle: FileHandle | null = null;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private written = 0;

  constructor(path: string, options: { readonly packing: Packing; readonly bufferBytes: number; readonly startedAt: number }) {
    this.path = path;
    this.packing = options.packing;
    this.bufferBytes = options.bufferBytes;
    this.startedAt = options.startedAt;
  }

  async put(bytes: Uint8Array, records: number): Promise<void> {
    this.records += records;
    this.size += bytes.length;
    if (bytes.length === 0) return;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= this.bufferBytes) await this.flush();
  }

  /** Makes the file durable and closes it; gives its length. */
  async finish(): Promise<number> {
    await this.flush();
    const handle = await this.opened();
    await handle.sync();
    await handle.close();
    this.handle = null;
    return this.written;
  }

  async discard(): Promise<void> {
    this.waiting = [];
    await this.handle?.close();
    this.handle = null;
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    const handle = await this.opened();
    if (this.waitingBytes === 0) return;
    const bytes = new Uint8Array(this.waitingBytes);
    let at = 0;
    for (const piece of this.waiting) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.waiting = [];
    this.waitingBytes = 0;
    const out = await packed(this.packing, bytes);
    await handle.writeFile(out);
    this.written += out.length;
  }

  private async opened(): Promise<FileHandle> {
    // O_EXCL: what stands there is not ours, not even when it is a link.
    this.handle ??= await open(this.path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
    return this.handle;
  }
}
