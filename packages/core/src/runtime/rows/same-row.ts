import type { Column } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import { keyOf } from '../../values/key.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { ANY } from '../../values/types.ts';

/** Whether two rows of one schema are equal in every column; NULL equals NULL here. */
export function sameRow(a: RecordBatch, i: number, b: RecordBatch, j: number): boolean {
  for (let c = 0; c < a.columns.length; c++) if (!sameValue(a.columns[c]!, i, b.columns[c]!, j)) return false;
  return true;
}

function sameValue(a: Column, i: number, b: Column, j: number): boolean {
  const [x, y] = [scalarAt(a, i), scalarAt(b, j)];
  if (x === y) return true;
  // NaN, and values held by reference.
  return (
    typeof x === typeof y && (typeof x === 'number' || typeof x === 'object') && x !== null && y !== null && keyOf(ANY, x) === keyOf(ANY, y)
  );
}
