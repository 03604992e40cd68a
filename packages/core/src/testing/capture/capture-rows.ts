import { resolveOptions } from '../../connect/options/resolve-options.ts';
import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { Row } from '../../protocol/query.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { columnSchema } from '../../sql/catalog/column-schema.ts';
import { apiWriter } from '../../values/api-value.ts';
import type { Field } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import { apiReader } from '../../values/from-api.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { parseTypeText, typeText } from '../../values/type-text.ts';
import { ANY } from '../../values/types.ts';
import type { CapturedBytes, CaptureFormat } from './capture-format.ts';

export interface CaptureRequest {
  readonly format: CaptureFormat;
  /** Text of the schema that rows are written by; without one, Avro makes it of the columns. */
  readonly schema?: string;
  readonly query: string;
  readonly signal?: AbortSignal;
}

export interface Captured {
  readonly rows: readonly Row[];
  readonly schema: TableSchema;
  readonly bytes: number;
}

const BATCH_ROWS = 4096;
const RECORD_BYTES_MAX = 16 * 1024 ** 2;

/**
 * Rows as a reader of the sink gets them: written in a format and read back by it. Columns and types are those of the format's schema where it
 * has one, else those of the query.
 *
 * @throws {VeloError} `capture-format` when the rows do not fit the schema, or it is no schema.
 */
export async function captureRows(rows: readonly Row[], own: TableSchema, request: CaptureRequest): Promise<Captured> {
  try {
    return await writtenAndRead(rows, own, request);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const hint = VeloError.is(error) ? error.hint : undefined;
    throw testingError(
      'VS5413',
      { query: request.query, format: request.format.name, problem },
      { cause: error, ...(hint === undefined ? {} : { hint }) },
    );
  }
}

async function writtenAndRead(rows: readonly Row[], own: TableSchema, request: CaptureRequest): Promise<Captured> {
  const { format, schema } = request;
  if (!format.encoder) throw new Error('it is only read, and an output has to be written');
  const signal = request.signal ?? new AbortController().signal;
  const given = schema === undefined ? {} : { [`${format.name}.schema`]: schema };
  const options = resolveOptions(format, given);
  const fields = own.columns.map(({ name, type }) => ({ name, type: parseTypeText(type) ?? ANY, nullable: true }));
  const encoder = await format.encoder(fields, options);
  const parts = [encoder.start()];
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    signal.throwIfAborted();
    parts.push(encoder.encode(batchOf(rows.slice(at, at + BATCH_ROWS), fields)));
  }
  parts.push(encoder.finish());
  const bytes = joined(parts);
  const read = await rowsOf(bytes, fields, format, options, signal);
  const columns = read.fields.map(
    (field) => own.columns.find((c) => c.name === field.name && parsedText(c.type) === typeText(field.type)) ?? columnSchema(field),
  );
  return { rows: read.rows, schema: { ...own, columns }, bytes: bytes.length };
}

const parsedText = (type: string): string => typeText(parseTypeText(type) ?? ANY);

function batchOf(rows: readonly Row[], fields: readonly Field[]): RecordBatch {
  const columns = fields.map(({ name, type }) => {
    const read = apiReader(type, name);
    return columnFromScalars(
      type,
      rows.map((row) => {
        const value = row[name];
        return value === null || value === undefined ? null : read(value);
      }),
    );
  });
  return { length: rows.length, columns, meta: NO_META, ops: null, watermarks: null };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function rowsOf(
  bytes: Uint8Array,
  own: readonly Field[],
  format: CaptureFormat,
  options: unknown,
  signal: AbortSignal,
): Promise<{ rows: Row[]; fields: readonly Field[] }> {
  if (format.open) {
    const opened = await format.open(inMemory(bytes), options, signal);
    const rows: Row[] = [];
    const request = { fields: opened.fields, predicates: [] as const, maxBatchRows: BATCH_ROWS, fromRecord: 0, signal };
    for await (const { batch, bad } of opened.read(request)) {
      if (bad[0]) throw bad[0].error;
      addRows(rows, batch, opened.fields);
    }
    return { rows, fields: opened.fields };
  }
  if (!format.decoder) throw new Error('it is only written, and an output has to be read back');
  const decoder = format.decoder(
    { fields: own, maxBatchRows: BATCH_ROWS, name: 'output', startByte: 0, startRecord: 0, maxRecordBytes: RECORD_BYTES_MAX },
    options,
  );
  const rows: Row[] = [];
  for (const step of [() => decoder.push(bytes), () => decoder.end()])
    for (const { batch, bad } of step()) {
      if (bad[0]) throw bad[0].error;
      addRows(rows, batch, own);
    }
  decoder.close?.();
  return { rows, fields: own };
}

const inMemory = (bytes: Uint8Array): CapturedBytes => ({
  name: 'output',
  size: bytes.length,
  read: async (start, end) => bytes.slice(start, end),
});

function addRows(rows: Row[], batch: RecordBatch, fields: readonly Field[]): void {
  const writers = fields.map(({ type }) => apiWriter(type));
  for (let i = 0; i < batch.length; i++) {
    const row: Record<string, Row[string]> = {};
    for (const [c, { name }] of fields.entries()) {
      const column = batch.columns[c];
      // An API value is what a row of the public API holds.
      row[name] = (column === undefined ? null : writers[c]?.(scalarAt(column, i))) as Row[string];
    }
    rows.push(row);
  }
}
