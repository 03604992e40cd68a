import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Field } from '@velostream/core/connect';
import { connectorConformance } from '@velostream/core/connect/conformance';
import { columnFromScalars, NO_META, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { describe, test } from 'vitest';
import { arrow } from '../formats/arrow/arrow.ts';
import { avro } from '../formats/avro/avro.ts';
import { fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { orc } from '../formats/orc/orc.ts';
import { parquet } from '../formats/parquet/parquet.ts';
import { protobuf } from '../formats/protobuf/protobuf.ts';
import { bytesAccess, type RandomAccessFormat } from '../formats/random-access.ts';
import { readTyped } from '../formats/read-typed.ts';
import { folderWith } from './files.fixture.ts';
import { files } from './files.ts';

const FIELDS = fieldsOf('id INTEGER, name STRING, score FLOAT, at TIMESTAMP');
const ROWS: Scalar[][] = Array.from({ length: 30 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `n, "${i % 4}"`,
  i + 0.5,
  Date.UTC(2024, 0, 1 + i, 10, 20, 30, 5),
]);
const { signal } = new AbortController();
const ORC_FILE = new URL('../../test/fixtures/conformance.orc', import.meta.url);

const PROTO = `syntax = "proto3"; import "google/protobuf/timestamp.proto";
message Row { optional int64 id = 1; optional string name = 2; optional double score = 3; google.protobuf.Timestamp at = 4; }`;
/** What the suite writes by default, without what messages have no type for. */
const WRITTEN_PROTO = `syntax = "proto3"; import "google/protobuf/timestamp.proto";
message Row { optional int64 id = 1; optional string text = 2; optional double ratio = 3; optional bool ok = 4; google.protobuf.Timestamp at = 5; }`;

type Format = RandomAccessFormat<Record<string, unknown>>;
interface Kind {
  readonly format: Format;
  readonly options: Record<string, unknown>;
  readonly sinkOptions?: Record<string, unknown>;
  readonly sinkFields?: readonly Field[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  parquet: { format: parquet() as unknown as Format, options: { 'parquet.row_group_rows': 7 } },
  avro: { format: avro() as unknown as Format, options: {} },
  arrow: { format: arrow() as unknown as Format, options: {} },
  orc: { format: orc() as unknown as Format, options: {} },
  pb: {
    format: protobuf() as unknown as Format,
    options: { 'protobuf.schema': PROTO },
    sinkOptions: { 'protobuf.schema': WRITTEN_PROTO },
    sinkFields: fieldsOf('id INTEGER, text STRING, ratio FLOAT, ok BOOLEAN, at TIMESTAMP').map((field, i) => ({
      ...field,
      nullable: i > 0,
    })),
  },
};

async function encoded({ format, options }: Kind): Promise<Uint8Array> {
  if (format.encoder === undefined) return new Uint8Array(await readFile(ORC_FILE));
  const read = format.options.safeParse(options);
  if (!read.success) throw new Error('options');
  const encoder = await format.encoder(FIELDS, read.data);
  const columns = FIELDS.map(({ type }, c) =>
    columnFromScalars(
      type,
      ROWS.map((row) => row[c] as Scalar),
    ),
  );
  const batch = { length: ROWS.length, columns, meta: NO_META, ops: null, watermarks: null };
  return Buffer.concat([encoder.start(), encoder.encode(batch), encoder.finish()]);
}

async function decoded({ format }: Kind, bytes: Uint8Array, fields: readonly Field[], options: Record<string, unknown>) {
  const read = format.options.safeParse(options);
  if (!read.success) throw new Error('options');
  const file = await format.open(bytesAccess(bytes), read.data, signal);
  const rows: Scalar[][] = [];
  const request = { fields, predicates: [], maxBatchRows: 100, fromRecord: 0, signal };
  for await (const { batch } of readTyped(file, request, 'test'))
    for (let i = 0; i < batch.length; i++) rows.push(batch.columns.map((column) => scalarAt(column, i)));
  return rows;
}

for (const extension of Object.keys(KINDS)) {
  describe(`files, ${extension}`, async () => {
    const kind = KINDS[extension] as Kind;
    const { format, options } = kind;
    const bytes = await encoded(kind);
    const definition = files({ roots: [tmpdir()] });
    const cases = connectorConformance(definition, {
      async source() {
        const path = join(await folderWith(), `data.${extension}`);
        await writeFile(path, bytes);
        return { options: { path, ...options }, fields: FIELDS, rows: ROWS };
      },
      ...(kind.sinkFields === undefined ? {} : { sinkFields: kind.sinkFields }),
      ...(format.encoder === undefined
        ? {}
        : {
            async sink() {
              const folder = await folderWith();
              const sinkOptions = kind.sinkOptions ?? {};
              return {
                options: { path: join(folder, `out.${extension}`), buffer_size_bytes: 100, ...sinkOptions },
                async visible(fields) {
                  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${extension}`));
                  // The file with the name itself comes before the numbered ones.
                  const sorted = names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
                  const rows: Scalar[][] = [];
                  for (const name of sorted) rows.push(...(await decoded(kind, await readFile(join(folder, name)), fields, sinkOptions)));
                  return rows;
                },
              };
            },
          }),
    });
    test.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
  });
}
