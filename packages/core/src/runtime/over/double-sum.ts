/**
 * A sum of doubles in twice their precision, from which values can be taken away again: what a single double would have lost to
 * rounding stays in `low`. NaN and infinities are counted beside it.
 *
 * @see Dekker, "A floating-point technique for extending the available precision" (Numerische Mathematik 18, 1971).
 */
export class DoubleSum {
  high = 0;
  low = 0;
  private nans = 0;
  private highs = 0;
  private lows = 0;

  /** Adds (`weight` 1) or takes away (-1). */
  put(value: number, weight: 1 | -1): void {
    if (value - value === 0) this.add(weight * value);
    else if (value > 0) this.highs += weight;
    else if (value < 0) this.lows += weight;
    else this.nans += weight;
  }

  /** Adds the square of a value, or takes it away. One that is no finite number counts as NaN: the sum is of no use while it is in. */
  putSquare(value: number, weight: 1 | -1): void {
    const square = value * value;
    if (square - square !== 0) {
      this.nans += weight;
      return;
    }
    this.add(weight * square);
    this.add(weight * squareError(value, square));
  }

  get value(): number {
    if (this.nans > 0 || (this.highs > 0 && this.lows > 0)) return Number.NaN;
    if (this.highs > 0) return Number.POSITIVE_INFINITY;
    return this.lows > 0 ? Number.NEGATIVE_INFINITY : this.high;
  }

  clear(): void {
    this.high = 0;
    this.low = 0;
    this.nans = 0;
    this.highs = 0;
    this.lows = 0;
  }

  save(): number[] {
    return [this.high, this.low, this.nans, this.highs, this.lows];
  }

  load(saved: readonly number[]): void {
    [this.high, this.low, this.nans, this.highs, this.lows] = saved as [number, number, number, number, number];
  }

  private add(value: number): void {
    const sum = this.high + value;
    const back = sum - this.high;
    const error = this.high - (sum - back) + (value - back);
    const low = this.low + error;
    this.high = sum + low;
    this.low = low - (this.high - sum);
  }
}

/** Splits a double into halves of 26 bits. */
const SPLITTER = 2 ** 27 + 1;

/** value * value - square, exactly. */
function squareError(value: number, square: number): number {
  const scaled = SPLITTER * value;
  const high = scaled - (scaled - value);
  const low = value - high;
  return high * high - square + 2 * high * low + low * low;
}

/** Below this share of the sum of squares a sum of squared deviations is what rounding left of zero. */
const NOTHING = 2 ** -97;

/** Sum of squared deviations of `count` values from their sum and sum of squares; NaN when they are too large for it. */
export function squaredDeviations(count: number, sum: DoubleSum, squares: DoubleSum): number {
  const high = sum.high * sum.high;
  const low = squareError(sum.high, high) + 2 * sum.high * sum.low;
  const quotient = high / count;
  const product = quotient * count;
  // What the division left over: high - product is exact, the product's own error is that of two doubles.
  const rest = (high - product - productError(quotient, count, product) + low) / count;
  const deviations = squares.high - quotient + (squares.low - rest);
  return deviations < NOTHING * squares.high ? 0 : deviations;
}

function productError(a: number, b: number, product: number): number {
  const [sa, sb] = [SPLITTER * a, SPLITTER * b];
  const [ah, bh] = [sa - (sa - a), sb - (sb - b)];
  const [al, bl] = [a - ah, b - bh];
  return ah * bh - product + ah * bl + al * bh + al * bl;
}
