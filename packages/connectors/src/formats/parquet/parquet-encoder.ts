import { connectorError, type Encoder, type Field, type RecordBatch } from '@velostream/core/connect';
import { type Scalar, scalarAt } from '@velostream/core/connect/formats';
import type { CompressionCodec } from 'hyparquet';
import { loadDriver } from '../load-driver.ts';
import type { ParquetOptions } from './parquet-options.ts';
import { type ColumnPlan, schemaElements } from './written-type.ts';

const CODECS: Readonly<Record<ParquetOptions['parquet.compression'], CompressionCodec>> = {
  none: 'UNCOMPRESSED',
  snappy: 'SNAPPY',
  gzip: 'GZIP',
  zstd: 'ZSTD',
  brotli: 'BROTLI',
};

/** An encoder of one Parquet file. State: the rows of the row group that is being filled, `parquet.row_group_rows` at most. */
export async function parquetEncoder(fields: readonly Field[], options: ParquetOptions): Promise<Encoder> {
  const plans = fields.map(schemaElements);
  const { ByteWriter, ParquetWriter } = await loadDriver(() => import('hyparquet-writer'), 'parquet', 'hyparquet-writer');
  const codec = CODECS[options['parquet.compression']];
  const compressors = await compressorsOf(codec);
  const bytes = new ByteWriter();
  const make = () =>
    new ParquetWriter({
      writer: bytes,
      schema: [{ name: 'root', num_children: fields.length }, ...plans.flatMap((plan) => plan.elements)],
      codec,
      compressors,
      createdBy: 'velostream',
    });
  let writer: ReturnType<typeof make> | null = null;
  const most = options['parquet.row_group_rows'];
  let columns: unknown[][] = plans.map(() => []);
  let rows = 0;
  const taken = (): Uint8Array => {
    const part = bytes.getBytes().slice();
    bytes.index = 0;
    return part;
  };
  const flush = (): void => {
    if (rows === 0) return;
    const columnData = plans.map((plan, c) => ({
      name: plan.name,
      data: columns[c] as unknown[],
      // A dictionary would take -0 for 0.
      ...(plan.isFloat ? { encoding: 'PLAIN' as const } : {}),
    }));
    writer?.write({ columnData, rowGroupSize: rows });
    columns = plans.map(() => []);
    rows = 0;
  };
  return {
    start() {
      if (fields.length === 0) throw connectorError('VS4404', { column: '', type: 'no column', format: 'parquet' });
      writer = make();
      return taken();
    },
    encode(batch) {
      for (let from = 0; from < batch.length; ) {
        const to = Math.min(batch.length, from + most - rows);
        plans.forEach((plan, c) => {
          append(columns[c] as unknown[], plan, batch, c, from, to);
        });
        rows += to - from;
        from = to;
        if (rows === most) flush();
      }
      return taken();
    },
    finish() {
      flush();
      writer?.finish();
      return taken();
    },
  };
}

function append(into: unknown[], plan: ColumnPlan, batch: RecordBatch, c: number, from: number, to: number): void {
  const column = batch.columns[c] as RecordBatch['columns'][number];
  for (let row = from; row < to; row++) {
    const value: Scalar = scalarAt(column, row);
    into.push(value === null ? null : plan.write(value));
  }
}

/** Page packers that the writer does not bring along. */
async function compressorsOf(codec: CompressionCodec): Promise<Partial<Record<CompressionCodec, (input: Uint8Array) => Uint8Array>>> {
  if (codec === 'SNAPPY' || codec === 'UNCOMPRESSED') return {};
  const zlib = await import('node:zlib');
  return {
    GZIP: (input) => zlib.gzipSync(input),
    BROTLI: (input) => zlib.brotliCompressSync(input),
    ZSTD: (input) => zlib.zstdCompressSync(input),
  };
}
