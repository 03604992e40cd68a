import type { Field } from '@velostream/core/connect';
import { type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { jsonl } from '../../src/formats/jsonl/jsonl.ts';

/** Rows of JSON texts, through the decoder of JSON lines. */
export function rowsFromJson(fields: readonly Field[], texts: readonly string[]): Scalar[][] {
  const format = jsonl();
  const options = { exact_decimals: false, kernels: 'auto' } as const;
  const request = { fields, maxBatchRows: 10_000, name: '', startByte: 0, startRecord: 0, maxRecordBytes: 1 << 24 };
  const decoder = format.decoder(request, options);
  const bytes = new TextEncoder().encode(texts.map((text) => `${text}\n`).join(''));
  const parts = [...decoder.push(bytes), ...decoder.end()];
  return parts.flatMap(({ batch }) => Array.from({ length: batch.length }, (_, i) => batch.columns.map((column) => scalarAt(column, i))));
}
