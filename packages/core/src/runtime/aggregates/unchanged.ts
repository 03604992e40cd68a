import type { Scalar } from '../../values/types.ts';
import type { ResultBuffer } from './result-buffer.ts';

/** How updates that leave a row as it was are told from others. */
export interface Unchanged {
  /** Whether row `row` of a buffer has the values of the row before it; both are then made free. */
  takeBack(buffer: ResultBuffer, row: number): boolean;
  areSame(a: readonly Scalar[], b: readonly Scalar[]): boolean;
}

/** Whether two results are one value for sure; collections are taken for different. */
const isSame = (a: Scalar, b: Scalar): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

export const unchanged: Unchanged = {
  takeBack(buffer, row) {
    const { values, nulls, others } = buffer;
    for (let c = 0; c < values.length; c++) if (!isSame(buffer.at(c, row - 1), buffer.at(c, row))) return false;
    for (let c = 0; c < values.length; c++) {
      nulls[c]?.fill(0, row - 1, row + 1);
      if (others[c] !== null && others[c]!.length >= row) others[c]!.length = row - 1;
    }
    return true;
  },
  areSame: (a, b) => a.every((value, i) => isSame(value, b[i]!)),
};
