import type { Scalar } from '../../values/types.ts';

/**
 * Writes operator state in our own versioned binary form. Calls are mirrored one to one by `StateReader`.
 * Tags guard every section, so that a reader notices at once when writer and reader disagree.
 */
export interface StateWriter {
  /** Starts a named section; the reader must ask for the same name. */
  section(name: string): void;
  /** Safe integer, also negative. */
  integer(value: number): void;
  /** Any double, bit-exact; NaN and infinities included. */
  float(value: number): void;
  boolean(value: boolean): void;
  string(value: string): void;
  scalar(value: Scalar): void;
  /** Copies the first `length` elements. */
  float64s(values: Float64Array, length: number): void;
  int32s(values: Int32Array, length: number): void;
  bytes(values: Uint8Array, length: number): void;
}

export interface StateReader {
  section(name: string): void;
  integer(): number;
  float(): number;
  boolean(): boolean;
  string(): string;
  scalar(): Scalar;
  float64s(): Float64Array;
  int32s(): Int32Array;
  bytes(): Uint8Array;
}
