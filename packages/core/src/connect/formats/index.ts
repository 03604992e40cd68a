/** What a format needs: columns, builders, and the text of values. */
export { apiWriter } from '../../values/api-value.ts';
export { takeBatch } from '../../values/batch-gather.ts';
export type { Column, Dictionary, Field } from '../../values/column.ts';
export { type ColumnBuilder, columnBuilder, columnFromScalars } from '../../values/column-builder.ts';
export { sliceColumn } from '../../values/column-gather.ts';
export { scalarAt } from '../../values/column-read.ts';
export { createDictionary } from '../../values/dictionary.ts';
export { apiReader } from '../../values/from-api.ts';
export { jsonTextOf } from '../../values/json.ts';
export { NO_META, Op, type RecordBatch } from '../../values/record-batch.ts';
export { parseTypeText, typeText } from '../../values/type-text.ts';
export {
  ANY,
  arrayOf,
  BOOLEAN,
  BYTES,
  DATE,
  decimal,
  FLOAT,
  INTEGER,
  JSON_TYPE,
  mapOf,
  type Scalar,
  type SqlType,
  STRING,
  TIME,
  TIMESTAMP,
} from '../../values/types.ts';
export { nearestName } from '../options/nearest-name.ts';
export { JSON_DEPTH_MAX, parseJsonExact } from './json-exact.ts';
export { fullTimestamp, textReader, textWriter } from './text-codec.ts';
