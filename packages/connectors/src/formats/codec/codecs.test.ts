import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { compressFrameSync } from 'lz4-napi';
import { describe, expect, test } from 'vitest';
import { codecs } from './index.ts';
import { unpackLz4Frame } from './lz4-frame.ts';
import { packed, type StreamPacking, unpacked } from './stream-codec.ts';

const PACKINGS: readonly StreamPacking[] = ['gzip', 'zstd', 'snappy', 'lz4'];

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    // Lent, as the windows of a file are.
    const lent = new Uint8Array(bytes.subarray(at, at + size));
    yield lent;
    lent.fill(0);
  }
}

async function unpack(packing: StreamPacking, bytes: Uint8Array, chunk = 1000, maxOutputBytes = 1 << 30): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of unpacked(packing, inChunks(bytes, chunk), { path: 'a.bin', maxOutputBytes })) parts.push(new Uint8Array(part));
  return Buffer.concat(parts);
}

const text = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => `line ${(i * 7919) % 1009}\n`).join(''));

describe.each(PACKINGS)('%s', (packing) => {
  test('gives back what was packed, in any chunks and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 64 }),
        async (pieces, chunk) => {
          const whole = Buffer.concat(await Promise.all(pieces.map((piece) => packed(packing, piece))));
          expect(await unpack(packing, whole, chunk)).toEqual(Buffer.concat(pieces));
        },
      ),
      { seed: 5, numRuns: 60 },
    );
    const large = text(60_000);
    expect(await unpack(packing, await packed(packing, large), 4099)).toEqual(large);
  });

  test('ends with a coded error when it is cut or changed', async () => {
    const whole = await packed(packing, text(5000));
    for (let i = 1; i < 60; i++) {
      const cut = whole.subarray(0, Math.floor((whole.length * i) / 60));
      await expect(unpack(packing, cut), `cut at ${cut.length}`).rejects.toMatchObject({ code: 'VS4207' });
      const changed = Buffer.from(whole);
      const place = Math.floor((whole.length * i) / 60);
      changed[place] = (changed[place] as number) ^ 0xff;
      const result = await unpack(packing, changed).then(
        (bytes) => bytes,
        (error: unknown) => error,
      );
      // A block without a checksum may unpack to something else; anything but that is an error with a code.
      if (!Buffer.isBuffer(result)) expect(result).toMatchObject({ code: expect.stringMatching(/^VS420[67]$/) as string });
    }
  });

  test('stops at the allowed size and at the ratio', async () => {
    const zeros = await packed(packing, Buffer.alloc(30 * 1024 ** 2));
    await expect(unpack(packing, zeros, 65536, 1 << 20)).rejects.toMatchObject({ code: 'VS4206' });
    if (zeros.length * 200 < 30 * 1024 ** 2) await expect(unpack(packing, zeros, 65536)).rejects.toMatchObject({ code: 'VS4206' });
  });

  test('can be left in the middle', async () => {
    const bytes = await packed(packing, text(60_000));
    for await (const part of unpacked(packing, inChunks(bytes, 1000), { path: 'a', maxOutputBytes: 1 << 30 })) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
  });
});

test('frames of other writers follow each other', async () => {
  const parts = [text(10), text(3000), text(1)];
  const whole = Buffer.concat(parts);
  expect(await unpack('gzip', Buffer.concat(parts.map((part) => gzipSync(part))))).toEqual(whole);
  expect(await unpack('zstd', Buffer.concat(parts.map((part) => zstdCompressSync(part))))).toEqual(whole);
  expect(
    await unpack('lz4', Buffer.concat(parts.map((part) => compressFrameSync(part, { blockChecksums: true, contentChecksum: true })))),
  ).toEqual(whole);
  expect(Buffer.from(unpackLz4Frame(compressFrameSync(whole), whole.length))).toEqual(whole);
  expect(() => unpackLz4Frame(compressFrameSync(whole), whole.length - 1)).toThrow(/more than/);
});

test('the codecs say which extensions are theirs', () => {
  expect(codecs.map(({ name, extensions }) => [name, ...extensions])).toEqual([
    ['gzip', 'gz', 'gzip'],
    ['zstd', 'zst', 'zstd'],
    ['snappy', 'snappy', 'sz'],
    ['lz4', 'lz4'],
  ]);
});
