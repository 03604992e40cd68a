import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type BadRecord, VeloError } from '@velostream/core/connect';
import { columnFromScalars, NO_META, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { describe, expect, test } from 'vitest';
import { folderWith, HOST } from '../../src/files/files.fixture.ts';
import { files } from '../../src/files/files.ts';
import { arrow } from '../../src/formats/arrow/arrow.ts';
import { avro } from '../../src/formats/avro/avro.ts';
import { fieldsOf } from '../../src/formats/decode/decode-all.fixture.ts';
import { parquet } from '../../src/formats/parquet/parquet.ts';
import { protobuf } from '../../src/formats/protobuf/protobuf.ts';
import type { RandomAccessFormat } from '../../src/formats/random-access.ts';

const FIELDS = fieldsOf('id INTEGER, name STRING, price DECIMAL(12, 2), at TIMESTAMP, tags ARRAY<STRING>');
const ROWS: Scalar[][] = Array.from({ length: 200 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `name ${i % 9}`,
  i * 101,
  Date.UTC(2024, 0, 1) + i * 1000,
  Array.from({ length: i % 3 }, (_, j) => `t${j}`),
]);
const PROTO = `syntax = "proto3"; import "google/protobuf/timestamp.proto";
message Row { optional int64 id = 1; optional string name = 2; optional int64 n = 3; google.protobuf.Timestamp at = 4; repeated string tags = 5; }`;

async function encoded(format: unknown, options: Record<string, unknown>, fields = FIELDS): Promise<Uint8Array> {
  const definition = format as RandomAccessFormat<Record<string, unknown>>;
  const read = definition.options.safeParse(options);
  if (!read.success) throw new Error(read.error.issues[0]?.message);
  const encoder = await definition.encoder!(fields, read.data);
  const columns = fields.map(({ type }, c) =>
    columnFromScalars(
      type,
      ROWS.map((row) => row[c] as Scalar),
    ),
  );
  return Buffer.concat([
    encoder.start(),
    encoder.encode({ length: ROWS.length, columns, meta: NO_META, ops: null, watermarks: null }),
    encoder.finish(),
  ]);
}

const csvText = `id,name\n${ROWS.map(([id, name]) => `${id},${name ?? ''}`).join('\n')}\n`;
const jsonRows = ROWS.map(([id, name, , , tags]) => JSON.stringify({ id, name, tags }));
const protoFields = FIELDS.map((field) => (field.name === 'price' ? { ...field, name: 'n', type: FIELDS[0]!.type } : field));

/** A sound file of each kind, and the options that it is read with. */
const KINDS: Readonly<Record<string, () => Promise<{ bytes: Uint8Array; options?: Record<string, unknown> }>>> = {
  'a.csv': async () => ({ bytes: Buffer.from(csvText) }),
  'a.csv.gz': async () => ({ bytes: gzipSync(csvText) }),
  'a.csv.zst': async () => ({ bytes: zstdCompressSync(csvText) }),
  'a.jsonl': async () => ({ bytes: Buffer.from(`${jsonRows.join('\n')}\n`) }),
  'a.json': async () => ({ bytes: Buffer.from(`[${jsonRows.join(',')}]`) }),
  'a.parquet': async () => ({ bytes: await encoded(parquet(), { 'parquet.row_group_rows': 60 }) }),
  'b.parquet': async () => ({ bytes: await encoded(parquet(), { 'parquet.compression': 'none' }) }),
  'a.avro': async () => ({ bytes: await encoded(avro(), { 'avro.codec': 'null' }) }),
  'b.avro': async () => ({ bytes: await encoded(avro(), {}) }),
  'a.orc': async () => ({ bytes: new Uint8Array(await readFile(new URL('../fixtures/conformance.orc', import.meta.url))) }),
  'a.arrow': async () => ({ bytes: await encoded(arrow(), {}) }),
  'a.pb': async () => ({
    bytes: await encoded(protobuf(), { 'protobuf.schema': PROTO }, protoFields),
    options: { 'protobuf.schema': PROTO },
  }),
};

interface Outcome {
  readonly rows: number;
  readonly bad: readonly BadRecord[];
  readonly error: unknown;
}

/** Reads a file as a query does: describes it, then reads all its columns. */
async function outcome(root: string, path: string, options: Record<string, unknown>): Promise<Outcome> {
  const definition = files({ roots: [root] });
  const bad: BadRecord[] = [];
  let rows = 0;
  try {
    const source = definition.source!(resolveOptions(definition, { path, ...options }), HOST);
    const { signal } = new AbortController();
    const { fields } = await source.describe(signal);
    for await (const part of source.read({ fields, system: [], predicates: [], from: undefined, signal, maxBatchRows: 64 })) {
      for (let row = 0; row < part.batch.length; row++) for (const column of part.batch.columns) scalarAt(column, row);
      rows += part.batch.length;
      bad.push(...(part.bad ?? []));
    }
    return { rows, bad, error: undefined };
  } catch (error) {
    return { rows, bad, error };
  }
}

/** Numbers that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CASES = Number(process.env['VELO_DAMAGED_CASES'] ?? 12);
const COST_MS = 5000;
const MEMORY_BYTES = 256 * 1024 ** 2;

describe.each(Object.keys(KINDS))('damaged: %s', (path) => {
  const check = async (root: string, bytes: Uint8Array, options: Record<string, unknown>, what: string): Promise<Outcome> => {
    await writeFile(join(root, path), bytes);
    const [before, started] = [process.memoryUsage().rss, process.cpuUsage()];
    const result = await outcome(root, path, options);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000, `${what}: processor time`).toBeLessThan(COST_MS);
    expect(process.memoryUsage().rss - before, `${what}: memory`).toBeLessThan(MEMORY_BYTES);
    if (result.error !== undefined) {
      expect(VeloError.is(result.error), `${what}: ${String(result.error)}`).toBe(true);
      expect((result.error as VeloError).code, what).toMatch(/^VS4[23]\d\d$/);
    }
    for (const { error, position } of result.bad) {
      expect(error.code, what).toMatch(/^VS43\d\d$/);
      expect(position, what).not.toBe('');
    }
    return result;
  };

  test('a file cut anywhere is an error, or gives whole rows of its beginning', async () => {
    const { bytes, options = {} } = await KINDS[path]!();
    const root = await folderWith();
    const sound = await check(root, bytes, options, 'sound');
    expect([sound.error, sound.bad]).toEqual([undefined, []]);
    const random = seeded(7);
    for (let i = 0; i < CASES; i++) {
      const at = random(bytes.length);
      const cut = await check(root, bytes.subarray(0, at), options, `cut at ${at} of ${bytes.length}`);
      expect(cut.rows).toBeLessThanOrEqual(sound.rows);
      // Rows are never lost without a word: fewer rows come with an error, a bad record, or a text (or a row of messages) that ends right there.
      if (cut.error === undefined && cut.bad.length === 0 && !/\.(?:csv|jsonl|pb)$/.test(path))
        expect(cut.rows, `cut at ${at}`).toBe(sound.rows);
    }
  });

  test('changed bytes never crash, hang or cost more than they may', async () => {
    const { bytes, options = {} } = await KINDS[path]!();
    const root = await folderWith();
    const random = seeded(11);
    for (let i = 0; i < CASES; i++) {
      const changed = new Uint8Array(bytes);
      // One bit, one byte, or a run of the largest bytes, as absurd sizes have them; at the ends more often, where sizes stand.
      const near =
        i % 3 === 0
          ? random(bytes.length)
          : i % 3 === 1
            ? bytes.length - 1 - random(Math.min(bytes.length, 200))
            : random(Math.min(bytes.length, 60));
      const length = i % 2 === 0 ? 1 : 1 + random(8);
      for (let k = near; k < Math.min(bytes.length, near + length); k++)
        changed[k] = i % 4 === 0 ? changed[k]! ^ (1 << random(8)) : i % 4 === 1 ? 0xff : random(256);
      await check(root, changed, options, `byte ${near}, ${length} long, case ${i}`);
    }
  });
});
