import { resolveOptions } from '@velostream/core/connect/options';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, completeOnly, decodeAll, fieldsOf, REQUEST } from '../decode/decode-all.fixture.ts';
import { jsonl } from './jsonl.ts';
import { jsonlDecoder } from './jsonl-decoder.ts';

const JSONL = jsonl();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, columns: string, options: Record<string, unknown> = {}) =>
  decodeAll(JSONL, typeof text === 'string' ? bytes(text) : text, fieldsOf(columns), options);
const complete = (text: string, columns: string) =>
  collect(jsonlDecoder({ ...REQUEST, fields: fieldsOf(columns) }, resolveOptions(JSONL, {}), completeOnly), bytes(text), 1000);

describe('JSON-lines decoder', () => {
  test('reads keys in any order, missing ones as NULL, the last of equal ones', () => {
    const text = '{"a":1,"b":"x"}\n{"b":"y","a":2,"z":[1,{"a":9}]}\n{ "b" : "z" }\r\n{"a":3,"a":null,"a":4}\n{}\n';
    expect(read(text, 'b STRING, a INTEGER').rows).toEqual([
      ['x', 1],
      ['y', 2],
      ['z', null],
      [null, 4],
      [null, null],
    ]);
  });

  test('reads every type exactly', () => {
    const text = `${[
      '{"i":9007199254740993,"f":1e-3,"d":"-0.50","b":true,"s":"é\\n\\u0041","t":"2024-02-29T12:00:00.5Z","y":"2024-03-01","m":"01:02:03"}',
      '{"i":-9223372036854775808,"f":-0,"d":12,"b":"false","s":12.50,"t":1700000000000,"y":"1999/12/31","m":null}',
    ].join('\n')}\n`;
    const { rows, bad } = read(text, 'i INTEGER, f FLOAT, d DECIMAL(10, 2), b BOOLEAN, s STRING, t TIMESTAMP, y DATE, m TIME');
    expect(bad).toEqual([]);
    expect(rows).toEqual([
      [9007199254740993n, 0.001, -50, true, 'é\nA', Date.UTC(2024, 1, 29, 12, 0, 0, 500), Date.UTC(2024, 2, 1), 3723000],
      [-9223372036854775808n, -0, 1200, false, '12.50', 1700000000000, Date.UTC(1999, 11, 31), null],
    ]);
  });

  test('reads nested values into collections, with all digits of integers', () => {
    const text = '{"l":[1,2,null],"m":{"k":"v","__proto__":1},"s":{"x":1.5},"j":{"n":[9007199254740993]},"t":{"a":[1]}}\n';
    const { rows, bad } = read(text, 'l ARRAY<INTEGER>, m MAP<STRING, ANY>, s STRUCT<x FLOAT, y STRING>, j JSON, t STRING');
    expect(bad).toEqual([]);
    const [list, map, struct, json, raw] = rows[0]!;
    expect(list).toEqual([1, 2, null]);
    expect([...(map as Map<string, unknown>)]).toEqual([
      ['k', 'v'],
      ['__proto__', 1],
    ]);
    expect(struct).toEqual(Object.assign(Object.create(null), { x: 1.5, y: null }));
    expect((json as { n: unknown }).n).toEqual([9007199254740993n]);
    expect(raw).toBe('{"a":[1]}');
  });

  test('knows columns by hostile names', () => {
    const { rows } = read(
      '{"__proto__":1,"constructor":"x","toString":true}\n',
      '`__proto__` INTEGER, constructor STRING, toString BOOLEAN',
    );
    expect(rows).toEqual([[1, 'x', true]]);
    expect(read('{"\\u0061":5}\n', 'a INTEGER').rows).toEqual([[5]]);
  });

  test.each([
    ['{"a":1', 'VS4304'],
    ['{"a":}', 'VS4304'],
    ['{"a":1}{"a":2}', 'VS4304'],
    ['[1]', 'VS4304'],
    ['12', 'VS4304'],
    ['garbage', 'VS4304'],
    ['{"a":NaN}', 'VS4304'],
    ['{"a":01}', 'VS4301'],
    ["{'a':1}", 'VS4304'],
    ['{"a":1,}', 'VS4304'],
    ['{"s":"\\ud800"}', 'VS4301'],
    ['{"s":"\\x"}', 'VS4301'],
    ['{"s":"tab\there"}', 'VS4304'],
    ['{"a":1.5}', 'VS4301'],
    ['{"a":"x"}', 'VS4301'],
    ['{"a":99999999999999999999}', 'VS4301'],
    ['{"f":1e400}', 'VS4301'],
    ['{"a":{"b":1}}', 'VS4301'],
    ['{"a":true}', 'VS4301'],
    [`{"s":${'['.repeat(100_000)}}`, 'VS4304'],
    [`{"z":${'[{"a":'.repeat(5000)}`, 'VS4304'],
  ])('reports %.40s and keeps its neighbours', (line, code) => {
    const { rows, bad, records } = read(`{"a":1}\n${line}\n{"a":3}\n`, 'a INTEGER, s STRING, f FLOAT');
    expect(rows).toEqual([
      [1, null, null],
      [3, null, null],
    ]);
    expect(bad.map((b) => [b.error.code, b.position])).toEqual([[code, 'test:2']]);
    expect(bad[0]!.sample.length).toBeLessThanOrEqual(200);
    expect(records).toEqual([0, 2]);
  });

  test('reports bytes that are not UTF-8 where they are read', () => {
    const text = Uint8Array.of(...bytes('{"a":"'), 0xff, ...bytes('"}\n{"a":"b"}\n'));
    const { rows, bad } = read(text, 'a STRING');
    expect([rows, bad.map((b) => b.error.code)]).toEqual([[['b']], ['VS4306']]);
  });

  test('passes over a record that is too long without holding it', () => {
    const text = `{"a":1}\n{"a":2,"z":"${'x'.repeat(5000)}"}\n{"a":3}\n`;
    for (const chunk of [1, 100, 10_000]) {
      const { rows, bad } = read(text, 'a INTEGER', { maxRecordBytes: 128, chunk });
      expect([rows, bad.map((b) => [b.error.code, b.position])]).toEqual([[[1], [3]], [['VS4305', 'test:2']]]);
    }
  });

  test('passes over a byte-order mark and blank lines, and reads a last line without its end', () => {
    const { rows, ends } = read('\uFEFF{"a":1}\n\n  \r\n{"a":2}', 'a INTEGER');
    expect(rows).toEqual([[1], [2]]);
    expect(ends.at(-1)).toEqual({ endByte: 23, endRecord: 2 });
    expect(read('', 'a INTEGER').rows).toEqual([]);
  });

  test('goes on from any batch end', () => {
    const text = Array.from({ length: 40 }, (_, i) => `{"a":${i},"b":"é${i}"}`).join('\n');
    const whole = read(text, 'a INTEGER, b STRING', { maxBatchRows: 7 });
    for (const { endByte, endRecord } of whole.ends) {
      const rest = read(bytes(text).subarray(endByte), 'a INTEGER, b STRING', { startByte: endByte, startRecord: endRecord });
      expect(rest.rows).toEqual(whole.rows.slice(endRecord));
    }
  });
});

const scalar = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1.0',
    '1e5',
    '1E+2',
    '12345678901234567890',
    '9007199254740993',
    '0.1',
    '123456789.123456789',
    'true',
    'false',
    'null',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => JSON.stringify(v)),
  fc.maxSafeInteger().map(String),
  fc.string({ unit: 'grapheme' }).map((s) => JSON.stringify(s)),
  fc.constantFrom(
    '"2024-02-29"',
    '"2024-01-01T10:00:00Z"',
    '"2024-01-01 10:00:00.123456"',
    '"2023-02-29"',
    '"12.5"',
    '"\\u00e9\\ud83d\\ude00"',
    '1700000000000',
  ),
);
const value = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) });
const space = fc.constantFrom('', '', '', ' ', '\t', '  ');
const member = fc
  .tuple(space, fc.constantFrom('a', 'b', 'c', 'ab', '\\u0061', 'z'), space, value, space)
  .map(([x, k, y, v, w]) => `${x}"${k}"${y}:${y}${v}${w}`);
const line = fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`);
const type = fc.constantFrom('INTEGER', 'FLOAT', 'DECIMAL(12, 4)', 'BOOLEAN', 'STRING', 'TIMESTAMP', 'DATE', 'JSON', 'ARRAY<INTEGER>');

describe('JSON-lines fast path', () => {
  test('gives what the complete reader gives on JSON', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), type, type, (lines, x, y) => {
        const text = lines.join('\n');
        const fast = read(text, `a ${x}, b ${y}`);
        const slow = complete(text, `a ${x}, b ${y}`);
        expect(fast.rows).toEqual(slow.rows);
        expect(fast.bad.map((b) => [b.error.message, b.position])).toEqual(slow.bad.map((b) => [b.error.message, b.position]));
      }),
      { seed: 11, numRuns: 800 },
    );
  });

  test('gives the numbers that JSON.parse gives', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.integer().map((n) => n / 1000),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 50 }), (numbers) => {
        const text = numbers.map((n) => JSON.stringify({ f: n })).join('\n');
        expect(read(text, 'f FLOAT').rows.map((r) => r[0])).toEqual(numbers.map((n) => JSON.parse(JSON.stringify(n)) as number));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test('gives the same rows and bad records for any chunking of hostile text', () => {
    const piece = fc.constantFrom(
      '{"a":',
      '{',
      '}',
      '"',
      '\\',
      'a',
      ':',
      ',',
      '1',
      '-',
      '.',
      'e',
      'null',
      'tru',
      '[',
      ']',
      '\n',
      '\n',
      '{"a":1}\n',
      '"a":"x"',
      ' ',
      '\r',
      '\u0000',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, chunk) => {
        const whole = read(pieces.join(''), 'a INTEGER, b STRING');
        const cut = read(pieces.join(''), 'a INTEGER, b STRING', { chunk });
        expect(cut.rows).toEqual(whole.rows);
        expect(cut.bad.map((b) => [b.error.message, b.position])).toEqual(whole.bad.map((b) => [b.error.message, b.position]));
        expect(whole.bad.length + whole.rows.length).toBe(
          pieces
            .join('')
            .split('\n')
            .filter((l) => !/^[ \t\r]*$/.test(l)).length,
        );
      }),
      { seed: 3, numRuns: 1500 },
    );
  });
});
