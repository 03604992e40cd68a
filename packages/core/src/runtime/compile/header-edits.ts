import { type Frame, headersOf } from './frame.ts';

/** What SET_HEADER and REMOVE_HEADER do to the rows of one run over a batch. */
export class HeaderEdits {
  private readonly frame: Frame;
  private pending: Map<string, string> | null = null;
  private kept: Map<number, ReadonlyMap<string, string>> | null = null;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  start(): void {
    this.pending = null;
    this.kept = null;
  }

  /** Changes the headers of the frame's current row. */
  set(key: string, value: string | null): void {
    this.pending ??= new Map(headersOf(this.frame));
    if (value === null) this.pending.delete(key);
    else this.pending.set(key, value);
  }

  discard(): void {
    this.pending = null;
  }

  /** The current row goes out as row `to`. */
  keep(to: number): void {
    if (this.pending === null) return;
    this.kept ??= new Map();
    this.kept.set(to, this.pending);
    this.pending = null;
  }

  /** Changed headers by output row; null: none changed. */
  finish(count: number): (ReadonlyMap<string, string> | null)[] | null {
    const { kept } = this;
    this.kept = null;
    return kept === null ? null : Array.from({ length: count }, (_, row) => kept.get(row) ?? null);
  }
}
