import type { RecordBatch } from '../values/record-batch.ts';
import type { OperatorMetrics, Output } from './operator.ts';
import type { FusedOperator } from './operators/filter-project.ts';
import type { WatermarkOperator } from './operators/watermark.ts';

interface Piece {
  readonly batch: RecordBatch;
  /** Row of the source batch, by row. */
  readonly origins: Int32Array;
}

/** The operators on the way, and where it leads. */
export interface AheadWay {
  readonly source: OperatorMetrics;
  readonly times: WatermarkOperator;
  readonly fused: FusedOperator;
  readonly down: { batch(batch: RecordBatch, from: number, to: number): void; watermark(time: number): void };
  /** Throws when what was passed on led to too much state. */
  check(): void;
}

/**
 * The way from a source through its times, filters and projections, in two steps: a whole batch is made ready at once, and then goes on
 * in as many pieces as the other inputs of an operator ask for. Between batches it holds nothing.
 */
export class AheadRows {
  private readonly way: AheadWay;
  private readonly out: Output;
  private pieces: Piece[] = [];
  private piece = 0;
  private row = 0;
  private from = 0;
  private before: Float64Array = new Float64Array(0);

  constructor(way: AheadWay) {
    this.way = way;
    const { fused, down } = way;
    const below: Output = { batch: (batch) => down.batch(batch, 0, batch.length), watermark: (time) => down.watermark(time) };
    this.out = { batch: () => undefined, watermark: (time) => fused.watermark(0, time, below) };
  }

  /** Makes rows `from` to `to` ready. */
  take(batch: RecordBatch, from: number, to: number): void {
    const { source, times, fused } = this.way;
    source.rowsIn += to - from;
    source.rowsOut += to - from;
    const { batch: timed, origins, before } = times.take(batch, from, to);
    this.from = from;
    this.before = before;
    this.piece = 0;
    this.row = 0;
    this.pieces = [];
    for (const { batch: passed, rows } of fused.pieces(timed, 0, timed.length)) {
      const own = new Int32Array(passed.length);
      for (let i = 0; i < own.length; i++) {
        const row = rows === null ? i : rows[i]!;
        own[i] = from + (origins === null ? row : origins[row]!);
      }
      this.pieces.push({ batch: passed, origins: own });
    }
  }

  /** Row of the batch that goes on next; infinite when none is left. */
  get next(): number {
    return this.pieces[this.piece]?.origins[this.row] ?? Number.POSITIVE_INFINITY;
  }

  /** All rows before row `to` of the batch go on, and the watermark with them. Everything they lead to has happened when it returns. */
  pass(to: number): void {
    const { down, times } = this.way;
    for (let piece = this.pieces[this.piece]; piece !== undefined; piece = this.pieces[this.piece]) {
      const { origins, batch } = piece;
      const first = this.row;
      let end = first;
      while (end < origins.length && origins[end]! < to) end++;
      this.row = end;
      if (end > first) down.batch(batch, first, end);
      if (end < origins.length) break;
      this.piece++;
      this.row = 0;
    }
    const at = to - this.from;
    times.passOn(at < this.before.length ? this.before[at]! : times.current, this.out);
    this.way.check();
  }
}
