import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPRESSIONS, createCodecs, DEFAULT_UNPACK_LIMITS } from './compression.ts';
import { crc32c } from './crc32c.ts';
import { murmur2, partitionOfKey } from './partition-of-key.ts';
import { readRecords } from './read-records.ts';
import { headersAt, keyAt, valueAt } from './record-chunk.ts';
import { NO_PRODUCER, type OutgoingRecord, writeRecords } from './write-records.ts';

const codecs = createCodecs();
for (const codec of COMPRESSIONS) await codecs.load(codec);
const OPTIONS = { from: 0, aborted: null, codecs, limits: DEFAULT_UNPACK_LIMITS, checkCrc: true };

const bytes = fc.uint8Array({ maxLength: 300 });
const record = fc.record({
  key: fc.option(bytes),
  value: fc.option(bytes),
  timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  headers: fc.array(fc.tuple(fc.string({ maxLength: 10 }), fc.option(bytes)), { maxLength: 3 }),
});

function plainOf(written: readonly OutgoingRecord[]) {
  return written.map(({ key, value, timestamp, headers = [] }) => ({ key, value, timestamp, headers: headers.map(([n, v]) => [n, v]) }));
}

/** Bytes as text, whatever kind of array they stand in. */
const plainBytes = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : Array.isArray(value) ? value.map(plainBytes) : value;

const shown = (rows: readonly object[]): unknown =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainBytes(value)])));

function readBack(batch: Uint8Array) {
  const { chunks, damaged, nextOffset } = readRecords(batch, OPTIONS);
  const rows = chunks.flatMap((chunk) =>
    Array.from({ length: chunk.length }, (_, i) => ({
      key: keyAt(chunk, i)?.slice() ?? null,
      value: valueAt(chunk, i)?.slice() ?? null,
      timestamp: chunk.timestamps[i],
      headers: headersAt(chunk, i).map(([name, value]) => [name, value?.slice() ?? null]),
    })),
  );
  return { rows, damaged, nextOffset };
}

describe('record batches', () => {
  test.each(COMPRESSIONS)('packed with %s come back as they were', (compression) => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), (records) => {
        const { rows, damaged, nextOffset } = readBack(writeRecords(records, NO_PRODUCER, compression, codecs));
        expect(damaged).toEqual([]);
        expect(nextOffset).toBe(records.length);
        expect(shown(rows)).toEqual(shown(plainOf(records)));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('with any byte changed are reported and never misread', () => {
    const good = writeRecords(
      Array.from({ length: 20 }, (_, i) => ({ key: `k${i}`, value: `value ${i}`, timestamp: 1_700_000_000_000 + i })),
      NO_PRODUCER,
      'none',
      codecs,
    );
    fc.assert(
      fc.property(fc.integer({ min: 21, max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = good.slice();
        bad[at] = (bad[at] as number) ^ change;
        const { chunks, damaged } = readRecords(bad, OPTIONS);
        expect(chunks).toHaveLength(0);
        expect(damaged.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  test('that are cut off anywhere wait for the next fetch', () => {
    const whole = writeRecords([{ key: null, value: 'x'.repeat(50), timestamp: 5 }], NO_PRODUCER, 'none', codecs);
    for (let end = 0; end < whole.length; end++) {
      expect(readRecords(whole.subarray(0, end), OPTIONS)).toEqual({ chunks: [], damaged: [], nextOffset: 0 });
    }
  });

  test('damaged behind a good checksum give an error and no hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (noise) => {
        const { chunks } = readRecords(batchAround(noise, 0, 3), { ...OPTIONS, checkCrc: false });
        for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) valueAt(chunk, i);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test.each(['gzip', 'zstd', 'snappy', 'lz4'] as const)(
    'that unpack to far more than allowed with %s are reported with their offsets',
    (codec) => {
      const bomb = codecs.pack(codec, new Uint8Array(48 * 1024 ** 2));
      const { chunks, damaged, nextOffset } = readRecords(batchAround(bomb, COMPRESSIONS.indexOf(codec), 4), {
        ...OPTIONS,
        checkCrc: false,
        limits: { maxBytes: 16 * 1024 ** 2, maxRatio: 200 },
      });
      expect(chunks).toEqual([]);
      expect(damaged).toMatchObject([{ firstOffset: 0, lastOffset: 3 }]);
      expect(nextOffset).toBe(4);
    },
  );

  test('a gzip bomb within its absolute limit is refused by its ratio', () => {
    const bomb = gzipSync(new Uint8Array(100 * 1024 ** 2));
    const { damaged } = readRecords(batchAround(bomb, 1, 1), { ...OPTIONS, checkCrc: false });
    expect(damaged).toHaveLength(1);
  });
});

/** A batch header around bytes that are taken for packed records. */
function batchAround(packed: Uint8Array, codec: number, count: number): Uint8Array {
  const batch = new Uint8Array(61 + packed.length);
  const view = new DataView(batch.buffer);
  view.setInt32(8, batch.length - 12);
  view.setInt8(16, 2);
  view.setInt16(21, codec);
  view.setInt32(23, count - 1);
  view.setBigInt64(43, -1n);
  view.setInt32(57, count);
  batch.set(packed, 61);
  return batch;
}

test('the checksum is that of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
});

test('the checksum is the same at every place and length', () => {
  const bitwise = (bytes: Uint8Array): number => {
    let crc = -1;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    return ~crc >>> 0;
  };
  const bytes = new Uint8Array(200).map((_, i) => (i * 167 + 13) & 0xff);
  for (let from = 0; from < 20; from++)
    for (let to = from; to <= 200; to += 7) expect(crc32c(bytes, from, to)).toBe(bitwise(bytes.subarray(from, to)));
});

test('keys go to the partitions that Java’s producer chooses', () => {
  const hash = (text: string): number => murmur2(new TextEncoder().encode(text));
  expect(['21', 'foobar', 'a-little-bit-long-string', 'a-little-bit-longer-string', 'abc'].map(hash)).toEqual([
    -973932308, -790332482, -985981536, -1486304829, 479470107,
  ]);
  expect(partitionOfKey(new TextEncoder().encode('foobar'), 7)).toBe((-790332482 & 0x7fffffff) % 7);
});
