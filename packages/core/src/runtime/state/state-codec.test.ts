import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scalar } from '../../values/types.ts';
import { openSnapshot, sealSnapshot } from './snapshot.ts';
import { createStateReader } from './state-reader.ts';
import { createStateWriter } from './state-writer.ts';

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.bigInt(),
  fc.string({ unit: 'binary' }),
  fc.constant('\ud800 alone'),
  fc.uint8Array({ maxLength: 9 }),
);
const scalar: fc.Arbitrary<Scalar> = fc.letrec<{ any: Scalar }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string(), tie('any')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.array(fc.tuple(fc.oneof(fc.string(), fc.constant('__proto__')), tie('any')), { maxLength: 4 }).map((entries) => {
      const struct: Record<string, Scalar> = Object.create(null);
      for (const [key, value] of entries) struct[key] = value;
      return struct;
    }),
  ),
})).any;

describe('state codec', () => {
  test('scalars come back exactly', () => {
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 20 }), (values) => {
        const writer = createStateWriter();
        for (const value of values) writer.scalar(value);
        const reader = createStateReader(writer.finish());
        for (const value of values) expect(reader.scalar()).toStrictEqual(value);
        expect(reader.done).toBe(true);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('every kind of entry comes back in order', () => {
    const writer = createStateWriter();
    writer.section('window');
    writer.integer(-Number.MAX_SAFE_INTEGER);
    writer.float(Number.NaN);
    writer.float(-0);
    writer.boolean(true);
    writer.string('ä');
    writer.string('ä');
    writer.float64s(Float64Array.of(1.5, Number.NEGATIVE_INFINITY, 3), 2);
    writer.int32s(Int32Array.of(7, -8), 2);
    writer.bytes(Uint8Array.of(1, 2, 3), 3);
    const reader = createStateReader(writer.finish());
    reader.section('window');
    expect(reader.integer()).toBe(-Number.MAX_SAFE_INTEGER);
    expect(reader.float()).toBeNaN();
    expect(reader.float()).toBe(-0);
    expect(reader.boolean()).toBe(true);
    expect([reader.string(), reader.string()]).toEqual(['ä', 'ä']);
    expect(reader.float64s()).toEqual(Float64Array.of(1.5, Number.NEGATIVE_INFINITY));
    expect(reader.int32s()).toEqual(Int32Array.of(7, -8));
    expect(reader.bytes()).toEqual(Uint8Array.of(1, 2, 3));
    expect(reader.done).toBe(true);
  });

  test('a reader that asks for another entry or section is told', () => {
    const writer = createStateWriter();
    writer.section('a');
    expect(() => createStateReader(writer.finish()).integer()).toThrow(expect.objectContaining({ reason: 'checkpoint-corrupt' }));
    expect(() => createStateReader(writer.finish()).section('b')).toThrow(expect.objectContaining({ reason: 'checkpoint-mismatch' }));
  });

  test('arbitrary bytes end in a coded error or a value, never otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const reader = createStateReader(Uint8Array.of(6, ...bytes));
        try {
          reader.scalar();
        } catch (error) {
          expect(error).toMatchObject({ reason: 'checkpoint-corrupt' });
        }
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});

describe('snapshots', () => {
  const state = Uint8Array.from({ length: 1003 }, (_, i) => i * 7);
  const sealed = sealSnapshot('plan A', state);

  test('a sealed state opens under its fingerprint alone', () => {
    expect(openSnapshot(sealed, 'plan A')).toEqual(state);
    expect(() => openSnapshot(sealed, 'plan B')).toThrow(expect.objectContaining({ reason: 'checkpoint-mismatch' }));
  });

  test('any changed byte is noticed', () => {
    for (let i = 0; i < sealed.length; i++) {
      const damaged = sealed.slice();
      damaged[i]! ^= 1 << (i % 8);
      expect(() => openSnapshot(damaged, 'plan A')).toThrow(expect.objectContaining({ reason: expect.stringMatching(/^checkpoint-/) }));
    }
  });

  test('missing and additional bytes are noticed', () => {
    for (const length of [0, 5, 40, sealed.length - 1]) {
      expect(() => openSnapshot(sealed.subarray(0, length), 'plan A')).toThrow(expect.objectContaining({ reason: 'checkpoint-corrupt' }));
    }
    expect(() => openSnapshot(Uint8Array.of(...sealed, 0), 'plan A')).toThrow(expect.objectContaining({ reason: 'checkpoint-corrupt' }));
  });

  test('another format version is named', () => {
    const newer = sealed.slice();
    newer[8] = 9;
    expect(() => openSnapshot(newer, 'plan A')).toThrow(expect.objectContaining({ reason: 'checkpoint-version' }));
  });
});
