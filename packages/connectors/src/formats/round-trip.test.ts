import type { FormatDefinition } from '@velostream/core/connect';
import {
  ANY,
  arrayOf,
  columnFromScalars,
  type Field,
  mapOf,
  NO_META,
  parseTypeText,
  type Scalar,
  type SqlType,
} from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from './csv/csv.ts';
import { decodeAll } from './decode/decode-all.fixture.ts';
import { jsonl } from './jsonl/jsonl.ts';

const DAY = 86_400_000;
const type = (text: string): SqlType => parseTypeText(text)!;
const exact = (digits: number) =>
  fc
    .bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n })
    .map((v) => (v <= 9007199254740991n && v >= -9007199254740991n ? Number(v) : v));

const VALUES: readonly (readonly [SqlType, fc.Arbitrary<Scalar>])[] = [
  [
    type('INTEGER'),
    fc
      .oneof(
        fc.maxSafeInteger(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((v) => (BigInt.asIntN(53, v) === v ? Number(v) : v)),
      )
      .map((v) => (typeof v === 'bigint' && v <= 9007199254740991n && v >= -9007199254740991n ? Number(v) : v))
      .map((v) => (v === 0 ? 0 : v)),
  ],
  [type('FLOAT'), fc.double({ noNaN: true, noDefaultInfinity: true })],
  [type('DECIMAL(12, 4)'), exact(12)],
  [type('DECIMAL(38, 18)'), exact(38)],
  [type('BOOLEAN'), fc.boolean()],
  [
    type('STRING'),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\\', '=', ' ', '\uFEFF', 'null') }),
    ),
  ],
  [type('TIMESTAMP'), fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 })],
  [type('DATE'), fc.integer({ min: -700_000, max: 2_900_000 }).map((d) => d * DAY)],
  [type('TIME'), fc.integer({ min: 0, max: DAY - 1 })],
  [type('BYTES'), fc.uint8Array({ maxLength: 20 })],
];
const NESTED: readonly (readonly [SqlType, fc.Arbitrary<Scalar>])[] = [
  [arrayOf(type('INTEGER')), fc.array(fc.option(fc.maxSafeInteger().map((v) => (v === 0 ? 0 : v))))],
  [mapOf(type('STRING')), fc.dictionary(fc.string(), fc.string()).map((d) => new Map(Object.entries(d)))],
  [ANY, fc.constantFrom<Scalar>('text', 5, true, 12345678901234567890n)],
];

const table = (kinds: typeof VALUES) =>
  fc.array(fc.integer({ min: 0, max: kinds.length - 1 }), { minLength: 1, maxLength: 5 }).chain((picked) => {
    const fields: Field[] = picked.map((k, c) => ({ name: c === 0 ? '__proto__' : `c "${c}",`, type: kinds[k]![0], nullable: true }));
    const row = fc.tuple(...picked.map((k) => fc.option(kinds[k]![1], { freq: 6 })));
    return fc.array(row, { maxLength: 12 }).map((rows) => ({ fields, rows: rows as Scalar[][] }));
  });

function roundTrip(format: FormatDefinition<unknown>, fields: readonly Field[], rows: Scalar[][], options: Record<string, unknown> = {}) {
  const encoder = format.encoder!(fields, resolveOptions(format, options));
  const columns = fields.map((field, c) =>
    columnFromScalars(
      field.type,
      rows.map((row) => row[c] as Scalar),
    ),
  );
  const batch = { length: rows.length, columns, meta: NO_META, ops: null, watermarks: null };
  const bytes = Uint8Array.from([...encoder.start(), ...encoder.encode(batch), ...encoder.finish()]);
  return decodeAll(format, bytes, fields, options);
}

describe('what an encoder writes', () => {
  test('CSV reads back the same', () => {
    fc.assert(
      fc.property(
        table(VALUES),
        fc.constantFrom({}, { delimiter: ';' }, { delimiter: '\\t', quote: "'" }, { escape: '\\' }, { kernels: 'js' }),
        ({ fields, rows }, options) => {
          const { rows: read, bad } = roundTrip(csv() as FormatDefinition<unknown>, fields, rows, options);
          expect(bad).toEqual([]);
          expect(read).toEqual(rows);
        },
      ),
      { seed: 31, numRuns: 600 },
    );
  });

  test('JSON lines read back the same, collections too', () => {
    fc.assert(
      fc.property(table([...VALUES, ...NESTED]), fc.constantFrom({}, { kernels: 'js' }), ({ fields, rows }, options) => {
        const { rows: read, bad } = roundTrip(jsonl() as FormatDefinition<unknown>, fields, rows, options);
        expect(bad).toEqual([]);
        expect(read).toEqual(rows);
      }),
      { seed: 32, numRuns: 600 },
    );
  });

  test('follows the text rules of the dialect', () => {
    const fields = [
      { name: 'd', type: type('DECIMAL(10, 2)'), nullable: true },
      { name: 'f', type: type('FLOAT'), nullable: true },
      { name: 't', type: type('TIMESTAMP'), nullable: true },
      { name: 's', type: type('STRING'), nullable: true },
    ];
    const rows: Scalar[][] = [
      [-50, Number.NaN, 1_700_000_000_000, '=1+1'],
      [1230, Number.POSITIVE_INFINITY, null, ''],
    ];
    const columns = fields.map((field, c) =>
      columnFromScalars(
        field.type,
        rows.map((row) => row[c] as Scalar),
      ),
    );
    const batch = { length: 2, columns, meta: NO_META, ops: null, watermarks: null };
    const text = (format: FormatDefinition<unknown>) =>
      new TextDecoder().decode(format.encoder!(fields, resolveOptions(format, {})).encode(batch));
    expect(text(jsonl() as FormatDefinition<unknown>)).toBe(
      '{"d":"-0.50","f":null,"t":"2023-11-14 22:13:20.000","s":"=1+1"}\n{"d":"12.30","f":null,"t":null,"s":""}\n',
    );
    expect(text(csv() as FormatDefinition<unknown>)).toBe('-0.50,,2023-11-14 22:13:20.000,=1+1\n12.30,,,""\n');
  });
});

describe('inferred types', () => {
  const infer = (format: FormatDefinition<unknown>, text: string, options: Record<string, unknown> = {}, complete = true) =>
    format
      .infer(new TextEncoder().encode(text), complete, resolveOptions(format, options))
      .map((f) => `${f.name} ${f.type.kind}${f.type.kind === 'decimal' ? `(${f.type.precision},${f.type.scale})` : ''}`);
  const asCsv = (text: string, options = {}, complete = true) => infer(csv() as FormatDefinition<unknown>, text, options, complete);
  const asJson = (text: string, options = {}, complete = true) => infer(jsonl() as FormatDefinition<unknown>, text, options, complete);

  test('of CSV', () => {
    const text =
      'i,f,d,t,b,s,zip,wide,mix,none\n1,1.5,2024-01-01,2024-01-01T10:00:00Z,true,x,007,99999999999999999999,1,\n-2,2,2024-01-02,2024-01-01,FALSE,,123,1,x,\n';
    expect(asCsv(text)).toEqual([
      'i integer',
      'f float',
      'd date',
      't timestamp',
      'b boolean',
      's string',
      'zip string',
      'wide float',
      'mix string',
      'none string',
    ]);
    expect(asCsv('p\n1.25\n10.5\n', { exact_decimals: true })).toEqual(['p decimal(18,2)']);
    expect(asCsv('1,x\n', { header: false })).toEqual(['col0 integer', 'col1 string']);
    expect(asCsv('a,a,\n1,2,3\n')).toEqual(['a integer', 'a_1 integer', 'col2 integer']);
  });

  test('of JSON lines', () => {
    const text =
      '{"i":1,"f":1.5,"p":"12.30","n":"12","d":"2024-01-01","t":"2024-01-01 10:00:00","b":true,"m":{"a":1},"l":[1,2],"x":1,"z":null}\n{"f":2,"x":"a","y":1e5}\n';
    expect(asJson(text)).toEqual([
      'i integer',
      'f float',
      'p float',
      'n string',
      'd date',
      't timestamp',
      'b boolean',
      'm map',
      'l array',
      'x string',
      'z string',
      'y float',
    ]);
    expect(asJson('{"p":"12.30"}\n', { exact_decimals: true })).toEqual(['p decimal(18,2)']);
  });

  test('leave out a record that the sample cuts off', () => {
    expect(asCsv('a\n1\nx', {}, false)).toEqual(['a integer']);
    expect(asCsv('a\n1\nx', {}, true)).toEqual(['a string']);
    expect(asJson('{"a":1}\n{"a":"x', {}, false)).toEqual(['a integer']);
  });
});
