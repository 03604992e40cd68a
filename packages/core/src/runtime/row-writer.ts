import { type ApiOptions, type ApiValue, apiWriter } from '../values/api-value.ts';
import { scalarAt } from '../values/column-read.ts';
import type { Column, Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';

/** One row of a batch as a null-prototype object with the given fields; further columns are left out. */
export type RowWriter = (batch: RecordBatch, row: number) => Record<string, ApiValue>;

/** Types whose scalar form is what users get. */
const PLAIN: ReadonlySet<string> = new Set(['integer', 'float', 'boolean', 'string', 'timestamp', 'interval']);

export function makeRowWriter(fields: readonly Field[], decimals: ApiOptions['decimals']): RowWriter {
  const names = fields.map((f) => f.name);
  const writers = fields.map((f) => (PLAIN.has(f.type.kind) ? null : apiWriter(f.type, { decimals })));
  const width = fields.length;
  const hostile = names.includes('__proto__');
  return (batch, row) => {
    const out: Record<string, ApiValue> = Object.create(null);
    for (let c = 0; c < width; c++) {
      const scalar = scalarAt(batch.columns[c] as Column, row);
      const write = writers[c];
      const value = write ? write(scalar) : (scalar as ApiValue);
      // On a null prototype `__proto__` is a name like any other; defining it says so to every engine.
      if (hostile) Object.defineProperty(out, names[c] as string, { value, enumerable: true, configurable: true, writable: true });
      else out[names[c] as string] = value;
    }
    return out;
  };
}
