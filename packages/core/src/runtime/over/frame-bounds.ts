import type { OverFrame, SortKey } from '../../sql/bind/expression.ts';
import type { Scalar } from '../../values/types.ts';
import { scaleOf } from '../compile/comparison.ts';
import type { PartitionBuffer } from './partition-buffer.ts';

/** Part of a buffer: positions `start` up to, not including, `end`. */
export interface FrameRange {
  start: number;
  end: number;
}

/** Writes the frame of the row at `position` into `range`; an empty frame has `start === end`. */
export type FrameBounds = (buffer: PartitionBuffer, position: number, range: FrameRange) => void;

export function makeFrameBounds(frame: OverFrame, orderBy: readonly SortKey[]): FrameBounds {
  return frame.unit === 'rows' ? rowsFrame(frame) : rangeFrame(frame, orderBy);
}

const rowsFrame =
  ({ start, end }: OverFrame): FrameBounds =>
  (buffer, position, range) => {
    range.start = Math.min(buffer.size, Math.max(0, position + start));
    range.end = Math.max(range.start, Math.min(buffer.size, position + end + 1));
  };

/**
 * Rows whose first ORDER BY value lies within the offsets of the current row's. CURRENT ROW means all rows that are equal
 * in the ORDER BY; without one all rows are. From a NULL every offset leads to the NULLs alone.
 */
function rangeFrame({ start, end }: OverFrame, orderBy: readonly SortKey[]): FrameBounds {
  const [key] = orderBy;
  if (key === undefined) {
    return (buffer, _position, range) => {
      range.start = 0;
      range.end = buffer.size;
    };
  }
  const sign = key.descending ? -1 : 1;
  const unit = 10 ** scaleOf(key.expr.type);
  /** Where a value stands beside a bound on the way of the sort: negative before, positive behind. */
  const beside = (value: Scalar, bound: number): number => {
    if (value === null) return key.nullsFirst ? -1 : 1;
    return sign * (Number(value) - bound);
  };
  const edge = (buffer: PartitionBuffer, position: number, offset: number, isEnd: boolean): number => {
    if (!Number.isFinite(offset)) return offset < 0 ? 0 : buffer.size;
    const value = buffer.key(0, position);
    if (offset === 0 || value === null) return firstWhere(buffer, (other) => afterEdge(buffer.compare(other, position), isEnd));
    const bound = Number(value) + sign * offset * unit;
    return firstWhere(buffer, (other) => afterEdge(beside(buffer.key(0, other), bound), isEnd));
  };
  return (buffer, position, range) => {
    range.start = edge(buffer, position, start, false);
    range.end = Math.max(range.start, edge(buffer, position, end, true));
  };
}

/** The frame starts at the first row that is not before its bound, and ends before the first one behind it. */
const afterEdge = (order: number, isEnd: boolean): boolean => (isEnd ? order > 0 : order >= 0);

/** First position for which `test` holds; it holds for all behind it. */
function firstWhere(buffer: PartitionBuffer, test: (position: number) => boolean): number {
  let low = 0;
  let high = buffer.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
