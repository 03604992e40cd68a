import type { Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import { type Arrow, loadArrow } from '../values/load-arrow.ts';
import { Op, type RecordBatch } from '../values/record-batch.ts';
import { scalarText } from '../values/scalar-text.ts';
import type { Scalar, SqlType } from '../values/types.ts';

/** Arrow type per SQL type. Decimals go as Decimal128 text-exactly; nested and dynamic values as JSON text. */
function arrowType(arrow: Arrow, type: SqlType) {
  switch (type.kind) {
    case 'integer':
      return new arrow.Int64();
    case 'float':
      return new arrow.Float64();
    case 'boolean':
      return new arrow.Bool();
    case 'timestamp':
      return new arrow.TimestampMillisecond();
    case 'date':
      return new arrow.DateDay();
    default:
      return new arrow.Utf8();
  }
}

function arrowValue(type: SqlType, value: Scalar): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case 'integer':
      return BigInt(value as number | bigint);
    case 'float':
    case 'boolean':
    case 'string':
    case 'timestamp':
      return value;
    case 'date':
      return new Date(value as number);
    default:
      return scalarText(type, value);
  }
}

/** Inserted and updated rows as an Arrow table. Needs the optional peer `apache-arrow`. */
export async function toArrowTable(batches: readonly RecordBatch[], fields: readonly Field[]): Promise<unknown> {
  const arrow = await loadArrow();
  const vectors: Record<string, unknown> = Object.create(null);
  fields.forEach((field, c) => {
    const values: unknown[] = [];
    for (const batch of batches) {
      const column = batch.columns[c] as RecordBatch['columns'][number];
      for (let i = 0; i < batch.length; i++) {
        const op = batch.ops?.[i] ?? Op.insert;
        if (op === Op.insert || op === Op.updateAfter) values.push(arrowValue(field.type, scalarAt(column, i)));
      }
    }
    vectors[field.name] = arrow.vectorFromArray(values as never[], arrowType(arrow, field.type) as never);
  });
  return new arrow.Table(vectors as never);
}
