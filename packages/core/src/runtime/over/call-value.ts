import type { Scalar } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { FrameRange } from './frame-bounds.ts';
import type { PartitionBuffer } from './partition-buffer.ts';

/** How one OVER call gets its value for the current row. `S`: what it keeps per partition from row to row. */
export interface CallValue<S> {
  /** The times of rows are read. */
  readonly readsTimes?: boolean;
  create(): S;
  evaluate(state: S, buffer: PartitionBuffer, position: number, frame: FrameRange): Scalar;
  /** The row at the front of the buffer is about to leave it. */
  leave(state: S, buffer: PartitionBuffer): void;
  /** Only what cannot be made again from the buffered rows. */
  write(state: S, writer: StateWriter, buffer: PartitionBuffer): void;
  read(state: S, reader: StateReader, buffer: PartitionBuffer): void;
}

/** Numbers of inputs, see `PartitionBuffer.value`. */
export interface CallInputs {
  readonly args: readonly number[];
  /** -1: none. */
  readonly filter: number;
}
