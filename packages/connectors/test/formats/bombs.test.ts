import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { VeloError } from '@velostream/core/connect';
import { resolveOptions } from '@velostream/core/connect/options';
import { describe, expect, test } from 'vitest';
import { folderWith, HOST } from '../../src/files/files.fixture.ts';
import { files } from '../../src/files/files.ts';
import { blockUnpacker } from '../../src/formats/codec/block-codec.ts';
import { unpackLz4Block } from '../../src/formats/codec/lz4-block.ts';
import { packed } from '../../src/formats/codec/stream-codec.ts';
import { unpackerOf } from '../../src/formats/parquet/page-codecs.ts';
import { readPageHeader } from '../../src/formats/parquet/page-header.ts';

const MEMORY_BYTES = 192 * 1024 ** 2;
const zeros = Buffer.alloc(96 * 1024 ** 2);

async function codeOf(root: string, path: string): Promise<string | undefined> {
  const definition = files({ roots: [root] });
  const { signal } = new AbortController();
  const fields = [{ name: 'a', type: { kind: 'string' as const }, nullable: true }];
  let found: string | undefined;
  try {
    const source = definition.source!(resolveOptions(definition, { path }), HOST);
    for await (const { bad } of source.read({ fields, system: [], predicates: [], from: undefined, signal, maxBatchRows: 100 }))
      found ??= bad?.[0]?.error.code;
    return found;
  } catch (error) {
    if (!VeloError.is(error)) throw error;
    return error.code;
  }
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const long = (value: number): number[] => varint(value * 2);

/** An Avro file whose one block unpacks to 96 MiB. */
function avroBomb(): Buffer {
  const text = (value: string): number[] => [...long(value.length), ...Buffer.from(value)];
  const schema = JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'a', type: 'string' }] });
  const sync = Array.from({ length: 16 }, (_, i) => i);
  const block = deflateRawSync(zeros);
  const head = [
    0x4f,
    0x62,
    0x6a,
    1,
    ...long(2),
    ...text('avro.schema'),
    ...text(schema),
    ...text('avro.codec'),
    ...text('deflate'),
    0,
    ...sync,
  ];
  return Buffer.concat([Buffer.from([...head, ...long(1), ...long(block.length)]), block, Buffer.from(sync)]);
}

describe('decompression bombs', () => {
  test.each([
    ['a.csv.gz', async () => gzipSync(Buffer.concat([Buffer.from('a\n'), zeros])), 'VS4206'],
    ['a.csv.zst', async () => zstdCompressSync(Buffer.concat([Buffer.from('a\n'), zeros])), 'VS4206'],
    ['a.jsonl.lz4', async () => packed('lz4', zeros), 'VS4206'],
    ['a.avro', async () => avroBomb(), 'VS4310'],
  ] as const)('%s is stopped before it has its memory', async (path, make, code) => {
    const root = await folderWith();
    await writeFile(join(root, path), await make());
    const before = process.memoryUsage().rss;
    expect(await codeOf(root, path)).toBe(code);
    expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BYTES);
  });

  test.each([
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
    ['ZSTD', zstdCompressSync],
  ] as const)('a Parquet page in %s is refused by its size, and cannot be larger than it says', async (codec, pack) => {
    const unpack = await unpackerOf(codec, 'a.parquet');
    const page = pack(zeros);
    expect(() => unpack(page, zeros.length)).toThrow(expect.objectContaining({ code: 'VS4313' }));
    expect(() => unpack(page, 1000)).toThrow();
  });

  test('a page of four billion values is refused by its header', () => {
    // A data page whose number of values is 2^31 - 1.
    const header = Uint8Array.of(0x15, 0, 0x15, 0, 0x15, 0, 0x2c, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x15, 0, 0, 0);
    expect(() => readPageHeader(header)).toThrow(/values/);
  });

  test.each(['deflate', 'zlib', 'zstd', 'snappy', 'lz4'] as const)('a block in %s stops at what is allowed', async (packing) => {
    const unpack = await blockUnpacker(packing, 'test');
    const bombs = { deflate: deflateRawSync(zeros), zlib: deflateSync(zeros), zstd: zstdCompressSync(zeros) } as const;
    const snappy = Uint8Array.of(...varint(96 * 1024 ** 2), 0xfe, 0, 0);
    const lz4 = Uint8Array.of(0x1f, 0, 1, 0, ...Array.from({ length: 5000 }, () => 255), 0, 0x10, 0);
    const block = packing === 'snappy' ? snappy : packing === 'lz4' ? lz4 : bombs[packing];
    expect(() => unpack(block, 1 << 20)).toThrow();
  });

  test('an LZ4 block writes nothing outside of itself', () => {
    expect(() => unpackLz4Block(Uint8Array.of(0x0f, 5, 0, 255, 255, 255), 1 << 20)).toThrow();
    expect(() => unpackLz4Block(Uint8Array.of(0xf0), 1 << 20)).toThrow();
  });
});
