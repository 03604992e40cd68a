import { VeloError } from '@velostream/core/connect';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from './csv/csv.ts';
import { decodeAll, fieldsOf } from './decode/decode-all.fixture.ts';
import { jsonl } from './jsonl/jsonl.ts';

const COLUMNS = fieldsOf('id INTEGER, name STRING, price DECIMAL(18, 4), at TIMESTAMP, ok BOOLEAN, ratio FLOAT');
const line = (i: number): unknown[] => [
  i,
  `na"m,e ${i % 7} é`,
  (i * 1.25).toFixed(4),
  new Date(1_700_000_000_000 + i * 1000).toISOString(),
  i % 2 === 0,
  i / 7,
];
const ROWS = Array.from({ length: 60 }, (_, i) => line(i));
const FILES = {
  csv: `id,name,price,at,ok,ratio\n${ROWS.map((row) => row.map((v) => (typeof v === 'string' ? `"${v.replaceAll('"', '""')}"` : v)).join(',')).join('\r\n')}\r\n`,
  jsonl: `${ROWS.map((row) => JSON.stringify({ id: row[0], name: row[1], price: row[2], at: row[3], ok: row[4], ratio: row[5], more: { a: [1, { b: 'x' }] } })).join('\n')}\n`,
};
const FORMATS = { csv: csv(), jsonl: jsonl() };
const REASONS = /^VS43\d\d$/;

/** Mulberry32, so that a failure can be seen again by its number. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

type Damage = (bytes: Uint8Array, random: (below: number) => number) => Uint8Array;
const DAMAGES: Readonly<Record<string, Damage>> = {
  cut: (bytes, random) => bytes.slice(0, random(bytes.length)),
  flip: (bytes, random) => bytes.map((b, i) => (i === random(bytes.length) ? b ^ (1 << random(8)) : b)),
  overwrite(bytes, random) {
    const out = bytes.slice();
    for (let n = 1 + random(8); n > 0; n--) out[random(out.length)] = random(256);
    return out;
  },
  insert(bytes, random) {
    const at = random(bytes.length);
    const junk = Uint8Array.from({ length: 1 + random(30) }, () => '"\\{}[],:\n\r\0\u00ff0-e'.charCodeAt(random(14)));
    return Uint8Array.from([...bytes.subarray(0, at), ...junk, ...bytes.subarray(at)]);
  },
  remove(bytes, random) {
    const at = random(bytes.length);
    return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + random(40))]);
  },
  repeat(bytes, random) {
    const [from, to] = [random(bytes.length), random(bytes.length)].sort((a, b) => a - b) as [number, number];
    return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)]);
  },
};

/** Decoding ends, in rows and coded bad records or in a coded error; the two kernels and any chunking agree. */
function survive(kind: 'csv' | 'jsonl', bytes: Uint8Array): void {
  const outcomes = [{ kernels: 'wasm' }, { kernels: 'js' }, { kernels: 'wasm', chunk: 13 }].map((options) => {
    try {
      const { rows, bad, records } = decodeAll<never>(FORMATS[kind] as never, bytes, COLUMNS, { ...options, maxRecordBytes: 4096 });
      for (const { error, sample } of bad) expect([error.code, sample.length <= 200]).toEqual([expect.stringMatching(REASONS), true]);
      return { rows, records, bad: bad.map((b) => [b.error.code, b.position]) };
    } catch (error) {
      expect(VeloError.is(error) && REASONS.test(error.code)).toBe(true);
      return (error as VeloError).code;
    }
  });
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
}

describe.each(['csv', 'jsonl'] as const)('damaged %s', (kind) => {
  const whole = new TextEncoder().encode(FILES[kind]);

  test('reads whole when it is whole', () => {
    const { rows, bad } = decodeAll<never>(FORMATS[kind] as never, whole, COLUMNS, {});
    expect([rows.length, bad.length]).toEqual([60, 0]);
  });

  test.each(Object.keys(DAMAGES))('by %s ends in rows and coded errors, alike for all kernels and chunks', (name) => {
    for (let seed = 0; seed < 40; seed++) survive(kind, DAMAGES[name]!(whole, randomOf(seed * 7919 + name.length)));
  });

  test('made of arbitrary bytes ends in coded errors', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => survive(kind, bytes)),
      { seed: 9, numRuns: 300 },
    );
  });

  test('loses no good line when one line is garbage', () => {
    const lines = FILES[kind].split('\n');
    for (let at = 1; at < lines.length - 1; at += 7) {
      const text = [...lines.slice(0, at), '}{ garbage,,,,,,,, \\ ', ...lines.slice(at)].join('\n');
      const { rows, bad } = decodeAll<never>(FORMATS[kind] as never, new TextEncoder().encode(text), COLUMNS, {});
      expect([rows.length, bad.length]).toEqual([60, 1]);
    }
  });

  test('with endless or huge records stays within the memory allowed', () => {
    const huge = new Uint8Array(300_000).fill(kind === 'csv' ? 0x22 : 0x5b);
    for (const part of [huge, new Uint8Array(300_000), new Uint8Array(300_000).fill(0x61)]) {
      const bytes = Uint8Array.from([...whole.subarray(0, whole.indexOf(10) + 1), ...part]);
      survive(kind, bytes);
    }
  });
});
