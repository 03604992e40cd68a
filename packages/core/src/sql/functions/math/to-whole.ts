import { addExact, checked64, type Exact, exactOf, shiftDownTruncated, shiftUp, subtractExact } from '../../../values/exact.ts';
import type { SqlType } from '../../../values/types.ts';
import type { Evaluate } from '../define.ts';
import { byNumber, notInRange } from './numeric-call.ts';

function wholeBelow(value: Exact, scale: number): Exact {
  const whole = shiftDownTruncated(value, scale);
  return value < 0 && shiftUp(whole, scale) !== value ? subtractExact(whole, 1) : whole;
}

function wholeAbove(value: Exact, scale: number): Exact {
  const whole = shiftDownTruncated(value, scale);
  return value > 0 && shiftUp(whole, scale) !== value ? addExact(whole, 1) : whole;
}

/** INTEGER next to a number in one direction: CEIL and FLOOR. */
export function toWhole(direction: 'up' | 'down', name: string, type: SqlType | undefined): Evaluate {
  const exact = direction === 'up' ? wholeAbove : wholeBelow;
  const float = direction === 'up' ? Math.ceil : Math.floor;
  return byNumber(type, {
    exact: (v, scale) => checked64(scale === 0 ? v : exact(v, scale), name),
    float: (v) => {
      if (!Number.isFinite(v)) throw notInRange(name, `of ${v} is no INTEGER`, 'Filter out values that are not finite first.');
      return checked64(exactOf(float(v)), name);
    },
  });
}
