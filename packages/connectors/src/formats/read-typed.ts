import type { BadRecord, DecodedBatch, Field } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { type Column, columnBuilder, type Scalar, type SqlType, scalarAt, takeBatch, typeText } from '@velostream/core/connect/formats';
import { conversion, isSame, shown } from './convert-type.ts';
import type { OpenedFile, RandomReadRequest } from './random-access.ts';

/**
 * Rows of a file with the types that the plan wants. Where the file has another type for a column, values are converted without loss
 * (INTEGER to FLOAT or DECIMAL, numbers to text and back, …); a value that does not fit is a bad record, and its row is left out.
 */
export async function* readTyped(file: OpenedFile, request: RandomReadRequest, name: string): AsyncGenerator<DecodedBatch> {
  const { fields } = request;
  const stored = fields.map((field) => file.fields.find((own) => own.name === field.name) ?? field);
  const changed = fields.flatMap((field, c) => (isSame(stored[c]!.type, field.type) ? [] : [c]));
  for await (const decoded of file.read({ ...request, fields: stored })) {
    yield changed.length === 0 ? decoded : retyped(decoded, fields, stored, changed, name);
  }
}

function retyped(
  decoded: DecodedBatch,
  fields: readonly Field[],
  stored: readonly Field[],
  changed: readonly number[],
  name: string,
): DecodedBatch {
  const { batch } = decoded;
  const columns: Column[] = [...batch.columns];
  const bad = new Map<number, BadRecord>();
  const firstRecord = decoded.endRecord - batch.length;
  const recordOf = (row: number): number => decoded.records?.[row] ?? firstRecord + row;
  for (const c of changed) {
    const [from, to] = [stored[c] as Field, fields[c] as Field];
    const convert = conversion(from.type, to.type);
    const builder = columnBuilder(to.type, { capacity: batch.length });
    for (let row = 0; row < batch.length; row++) {
      const value = scalarAt(batch.columns[c] as Column, row);
      const converted = value === null ? null : convert(value);
      builder.append(converted ?? null);
      if (converted === undefined) bad.set(row, misfit(to, value, from.type, `${name}:${recordOf(row) + 1}`));
    }
    columns[c] = builder.finish();
  }
  const whole = { ...batch, columns };
  if (bad.size === 0) return { ...decoded, batch: whole };
  const kept = Int32Array.from(Array.from({ length: batch.length }, (_, i) => i).filter((row) => !bad.has(row)));
  return {
    ...decoded,
    batch: takeBatch(whole, kept, kept.length),
    bad: [...decoded.bad, ...[...bad].sort(([a], [b]) => a - b).map(([, record]) => record)],
    records: Float64Array.from(kept, recordOf),
  };
}

function misfit(field: Field, value: Scalar, from: SqlType, position: string): BadRecord {
  const text = shown(value, from);
  const error = connectorError('VS4301', {
    column: field.name,
    value: text.slice(0, 60),
    type: typeText(field.type),
    way: `The file has column "${field.name}" as ${typeText(from)}; declare it so, and cast it in the query.`,
  });
  return { error, position, sample: text.slice(0, 200) };
}
