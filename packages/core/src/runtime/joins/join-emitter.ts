import type { Field } from '../../values/column.ts';
import { Op, type OpCode, type RecordBatch } from '../../values/record-batch.ts';
import type { JoinSide } from './join-side.ts';
import { JoinedOutput, type JoinedTarget } from './joined-output.ts';

/** The work at hand: rows of one side with their batch, or a watermark (`batch` null). */
export interface JoinTurn {
  readonly port: number;
  readonly batch: RecordBatch | null;
  /** Rows that come out say which watermark was in force before them. */
  readonly isExact: boolean;
  readonly target: JoinedTarget;
}

/**
 * Puts pairs and unmatched rows out in the order in which they are told, gathered in batches: a batch ends when it is full
 * or when rows of the other kind follow. `flush` before slots of a side move, and at the end of a turn.
 */
export class JoinEmitter {
  private readonly sides: readonly [JoinSide, JoinSide];
  private readonly pairs: JoinedOutput;
  private readonly alone: JoinedOutput;
  private alonePort = 0;
  private turn: JoinTurn | null = null;

  constructor(sides: readonly [JoinSide, JoinSide], left: readonly Field[], right: readonly Field[]) {
    this.sides = sides;
    this.pairs = new JoinedOutput(left, right);
    this.alone = new JoinedOutput(left, right);
  }

  begin(turn: JoinTurn): void {
    this.turn = turn;
  }

  /** Row `row` of the batch at hand with a row of the other side; -1: with none. */
  pair(row: number, slot: number, op: OpCode, watermark: number): void {
    if (this.alone.length > 0) this.flush();
    this.pairs.push(row, slot, op, watermark);
    if (this.pairs.length >= this.turn!.target.batchRows) this.flush();
  }

  /** A row of a side that found no partner. */
  unmatched(port: number, slot: number, watermark: number): void {
    if (this.pairs.length > 0 || (this.alone.length > 0 && this.alonePort !== port)) this.flush();
    this.alonePort = port;
    this.alone.push(slot, -1, Op.insert, watermark);
    if (this.alone.length >= this.turn!.target.batchRows) this.flush();
  }

  flush(): void {
    const { sides, turn } = this;
    if (turn === null) return;
    const { port, batch, isExact, target } = turn;
    if (batch !== null && this.pairs.length > 0) this.pairs.flush(port, batch, sides[port === 0 ? 1 : 0].rows.view, isExact, target);
    if (this.alone.length === 0) return;
    // It may be a row of this very batch.
    if (batch !== null) sides[port as 0 | 1].copyPending(batch);
    this.alone.flush(this.alonePort, sides[this.alonePort as 0 | 1].rows.view, null, isExact, target);
  }
}
