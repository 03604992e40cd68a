import type { RandomAccess } from '../random-access.ts';
import type { ColumnChunk } from './footer.ts';
import { type PageHeader, readPageHeader } from './page-header.ts';
import { ThriftProblem } from './thrift.ts';

/** Bytes that are read of a column chunk at once. */
const WINDOW_BYTES = 8 * 1024 ** 2;
const HEADER_BYTES = 1 << 16;

export interface Page {
  readonly header: PageHeader;
  /** As stored; a view that stays as it is. */
  readonly bytes: Uint8Array;
}

/** The pages of one column chunk in order. Holds one window of the file. */
export class ChunkPages {
  private readonly file: RandomAccess;
  private readonly end: number;
  private readonly signal: AbortSignal;
  private window: Uint8Array;
  private windowAt: number;
  private at: number;

  /** `known`: bytes of the chunk that were read already, from its start on. */
  constructor(file: RandomAccess, chunk: ColumnChunk, signal: AbortSignal, known: Uint8Array = new Uint8Array(0)) {
    this.file = file;
    this.signal = signal;
    this.at = chunk.start;
    this.end = chunk.start + chunk.bytes;
    if (this.end > file.size) throw new ThriftProblem(`a column ends at byte ${this.end} of ${file.size}`);
    this.window = known;
    this.windowAt = chunk.start;
  }

  /** The next page; undefined behind the last. */
  async next(): Promise<Page | undefined> {
    if (this.at >= this.end) return undefined;
    const header = await this.header();
    const from = this.at + header.headerBytes;
    const to = from + header.packedBytes;
    if (to > this.end) throw new ThriftProblem(`a page ends at byte ${to}, its column at ${this.end}`);
    await this.load(from, to);
    this.at = to;
    return { header, bytes: this.window.subarray(from - this.windowAt, to - this.windowAt) };
  }

  private async header(): Promise<PageHeader> {
    for (let bytes = 64; ; bytes *= 8) {
      const to = Math.min(this.end, this.at + bytes);
      await this.load(this.at, to);
      const header = readPageHeader(this.window.subarray(this.at - this.windowAt, Math.max(to - this.windowAt, 0)));
      if (header !== undefined) return header;
      if (to === this.end || bytes > HEADER_BYTES) throw new ThriftProblem('the header of a page ends in the middle');
    }
  }

  /** Makes the window hold `from … to`, which lie within the chunk. */
  private async load(from: number, to: number): Promise<void> {
    if (from >= this.windowAt && to <= this.windowAt + this.window.length) return;
    const until = Math.min(this.end, Math.max(to, from + WINDOW_BYTES));
    this.window = await this.file.read(from, until, this.signal);
    this.windowAt = from;
  }
}
