import { apiWriter } from '../values/api-value.ts';
import type { Column, Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';

/** Makes the API form of one row: an object without prototype, one property per field. */
export type RowWriter = (batch: RecordBatch, row: number) => Record<string, unknown>;

/**
 * Writer for batches whose first columns are `fields`. Integers beyond 2^53 are bigint, DATE and TIME text, TIMESTAMP ms.
 * `decimals`: `'string'` (all digits, the rule), `'number'` or `'object'`. Of fields with one name the last wins.
 */
export function makeRowWriter(fields: readonly Field[], decimals?: 'string' | 'number' | 'object'): RowWriter {
  const names = fields.map((field) => field.name);
  const writers = fields.map(({ type }) => {
    const write = apiWriter(type, { decimals });
    return isPlain(type.kind) ? null : write;
  });
  return (batch, row) => {
    const result: Record<string, unknown> = Object.create(null);
    for (let c = 0; c < names.length; c++) {
      const value = valueAt(batch.columns[c]!, row);
      const write = writers[c]!;
      result[names[c]!] = write === null ? value : write(value);
    }
    return result;
  };
}

/** Types whose scalar form is their API form. */
const isPlain = (kind: Field['type']['kind']): boolean =>
  kind === 'integer' || kind === 'float' || kind === 'boolean' || kind === 'string' || kind === 'timestamp' || kind === 'interval';

function valueAt(column: Column, row: number): Scalar {
  if (column.lane === 'f64' && column.nulls === null) return column.values[row]!;
  return scalarAt(column, row);
}
