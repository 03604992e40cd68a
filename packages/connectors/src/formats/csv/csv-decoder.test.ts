import { resolveOptions } from '@velostream/core/connect/options';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, completeOnly, decodeAll, fieldsOf, REQUEST } from '../decode/decode-all.fixture.ts';
import { csv } from './csv.ts';
import { csvDecoder } from './csv-decoder.ts';

const CSV = csv();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, columns: string, options: Record<string, unknown> = {}) =>
  decodeAll(CSV, typeof text === 'string' ? bytes(text) : text, fieldsOf(columns), options);

describe('CSV decoder', () => {
  test('reads the wanted columns in the wanted order, by name', () => {
    const { rows } = read('a,b,c\n1,x,2.5\n2,y,3.5\n', 'c FLOAT, a INTEGER');
    expect(rows).toEqual([
      [2.5, 1],
      [3.5, 2],
    ]);
  });

  test('reads every type exactly', () => {
    const text =
      'i,f,d,b,s,t,y,m\n9007199254740993,1e-3,-0.50,TRUE,é,2024-02-29T12:00:00.5Z,2024-03-01,01:02:03\n-5,.5,12,no,"",1700000000000,1999/12/31,\n';
    const { rows, bad } = read(text, 'i INTEGER, f FLOAT, d DECIMAL(10, 2), b BOOLEAN, s STRING, t TIMESTAMP, y DATE, m TIME');
    expect(bad).toEqual([]);
    expect(rows).toEqual([
      [9007199254740993n, 0.001, -50, true, 'é', Date.UTC(2024, 1, 29, 12, 0, 0, 500), Date.UTC(2024, 2, 1), 3723000],
      [-5, 0.5, 1200, false, '', 1700000000000, Date.UTC(1999, 11, 31), null],
    ]);
  });

  test('knows quotes, doubled quotes, line ends within quotes, CRLF and a byte-order mark', () => {
    const { rows } = read('\uFEFFa,"b ""x"""\r\n"1\n2","say ""hi"""\r\n"",\r\n', 'a STRING, `b "x"` STRING');
    expect(rows).toEqual([
      ['1\n2', 'say "hi"'],
      ['', null],
    ]);
  });

  test('takes other delimiters, quotes and escapes', () => {
    expect(read("a;b\n'x;y';1\n", 'a STRING, b INTEGER', { delimiter: ';', quote: "'" }).rows).toEqual([['x;y', 1]]);
    expect(read('a\tb\n"x\\"y"\t1\n', 'a STRING, b INTEGER', { delimiter: '\\t', escape: '\\' }).rows).toEqual([['x"y', 1]]);
    expect(read('a b c\n2024-01-01 12:00:00 -5\n', 'a DATE, b STRING, c INTEGER', { delimiter: ' ' }).rows).toEqual([
      [Date.UTC(2024, 0, 1), '12:00:00', -5],
    ]);
    expect(read('a-b\n5-7\n-3\n', 'a INTEGER, b INTEGER', { delimiter: '-' }).rows).toEqual([
      [5, 7],
      [null, 3],
    ]);
    expect(read('a,b\n"x,1\n', 'a STRING, b INTEGER', { quote: '' }).rows).toEqual([['"x', 1]]);
  });

  test('reads files without a header and leaves out lines', () => {
    expect(read('1,2\n3,4\n', 'col1 INTEGER, column_0 INTEGER', { header: false }).rows).toEqual([
      [2, 1],
      [4, 3],
    ]);
    expect(read('# made by x\n\na\n7\n', 'a INTEGER', { skip_lines: 1 }).rows).toEqual([[7]]);
  });

  test('reads a last record without a line end and skips blank lines', () => {
    expect(read('a,b\n1,2\n\n\r\n3,4', 'a INTEGER, b INTEGER').rows).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(read('a\n1\n\n2\n', 'a INTEGER').rows).toEqual([[1], [null], [2]]);
    expect(read('', 'a INTEGER').rows).toEqual([]);
    expect(read('a', 'a INTEGER').rows).toEqual([]);
  });

  test('reports bad records with code, record number and sample, and keeps the rest', () => {
    const text = 'a,b\n1,x\noops,y\n3\n4,z,9\n"5"6,q\n7,w\n99999999999999999999,v\n8,e\n';
    const { rows, bad, records } = read(text, 'a INTEGER, b STRING');
    expect(rows).toEqual([
      [1, 'x'],
      [7, 'w'],
      [8, 'e'],
    ]);
    expect(bad.map((b) => [b.error.code, b.position, b.sample])).toEqual([
      ['VS4301', 'test:2', 'oops,y'],
      ['VS4302', 'test:3', '3'],
      ['VS4302', 'test:4', '4,z,9'],
      ['VS4303', 'test:5', '"5"6,q'],
      ['VS4301', 'test:7', '99999999999999999999,v'],
    ]);
    expect(records).toEqual([0, 5, 7]);
    expect(bad[0]!.error.message).toBe('value "oops" of column "a" does not fit INTEGER');
  });

  test('takes short and long records when told to', () => {
    const options = { missing_fields: 'null', extra_fields: 'ignore' };
    expect(read('a,b\n1\n2,x,9\n', 'a INTEGER, b STRING, c STRING', options).rows).toEqual([
      [1, null, null],
      [2, 'x', null],
    ]);
  });

  test('refuses decimals and integers that would lose digits', () => {
    const { rows, bad } = read('d\n1.23\n1.234\n1.230\n123456789\n', 'd DECIMAL(6, 2)');
    expect(rows).toEqual([[123], [123]]);
    expect(bad).toHaveLength(2);
    expect(read('i\n1.0\n1e3\n1.5\n', 'i INTEGER').rows).toEqual([[1], [1000]]);
  });

  test('gives up one line after a quote that is never closed', () => {
    const { rows, bad } = read('a,b\n1,x\n2,"open\n3,y\n4,z\n', 'a INTEGER, b STRING');
    expect(rows).toEqual([
      [1, 'x'],
      [3, 'y'],
      [4, 'z'],
    ]);
    expect(bad.map((b) => b.position)).toEqual(['test:2']);
  });

  test('passes over records that are too long, in any chunking', () => {
    const long = `a,b\n1,x\n2,${'y'.repeat(500)}\n3,"${'q\n'.repeat(200)}"\n4,z\n`;
    const expected = read(long, 'a INTEGER, b STRING', { maxRecordBytes: 64 });
    expect(expected.rows.filter((r) => typeof r[0] === 'number')).toContainEqual([1, 'x']);
    expect(expected.rows.at(-1)).toEqual([4, 'z']);
    for (const chunk of [1, 7, 63, 64, 65, 1000]) {
      const { rows, bad } = read(long, 'a INTEGER, b STRING', { maxRecordBytes: 64, chunk });
      expect(rows).toEqual(expected.rows);
      expect(bad.map((b) => [b.error.code, b.position])).toEqual(expected.bad.map((b) => [b.error.code, b.position]));
    }
  });

  test('names the nearest column when one is missing', () => {
    expect(() => read('price,qty\n1,2\n', 'prise FLOAT')).toThrowError(
      expect.objectContaining({ code: 'VS4307', hint: expect.stringContaining('"price"') }),
    );
  });

  test('refuses UTF-16 and reports bytes that are not UTF-8', () => {
    expect(() => read(Uint8Array.of(0xff, 0xfe, 97, 0, 10, 0), 'a STRING')).toThrowError(expect.objectContaining({ code: 'VS4308' }));
    const { rows, bad } = read(Uint8Array.of(97, 10, 0xc3, 10, 98, 10, 0xc3, 10), 'a STRING');
    expect(rows).toEqual([['b']]);
    expect(bad.map((b) => b.error.code)).toEqual(['VS4306', 'VS4306']);
  });

  test('goes on from any batch end', () => {
    const text = `a,b\n${Array.from({ length: 50 }, (_, i) => `${i},"v\n${i}"`).join('\n')}\n`;
    const whole = read(text, 'a INTEGER, b STRING', { maxBatchRows: 7 });
    for (const { endByte, endRecord } of whole.ends) {
      const rest = read(bytes(text).subarray(endByte), 'a INTEGER, b STRING', {
        startByte: endByte,
        startRecord: endRecord,
        header: ['a', 'b'],
      });
      expect(rest.rows).toEqual(whole.rows.slice(endRecord));
    }
    expect(whole.ends.at(-1)?.endByte).toBe(bytes(text).length);
    expect(read('a\n1', 'a INTEGER').ends.at(-1)?.endByte).toBe(3);
  });

  test('gives plain strings once texts hardly repeat, and the same values', () => {
    const count = 70_000;
    const text = `a\n${Array.from({ length: count }, (_, i) => `text ${i}`).join('\n')}\n`;
    const { rows, lanes } = read(text, 'a STRING', { maxBatchRows: 4096 });
    expect(rows.every((row, i) => row[0] === `text ${i}`)).toBe(true);
    expect([lanes[0], lanes.at(-1)]).toEqual(['dict', 'str']);
  });

  test('gives the same rows and bad records for any chunking', () => {
    const piece = fc.constantFrom(
      '1',
      '-2.5',
      '"a,b"',
      '"x""y"',
      '',
      '""',
      'é',
      '\n',
      '\r\n',
      ',',
      ',',
      ',',
      '"',
      'true',
      '2024-01-01',
      '\r',
      ' ',
    );
    const text = fc.array(piece, { maxLength: 60 }).map((parts) => `a,b,c\n${parts.join('')}`);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (input, chunk) => {
        const columns = 'c STRING, a FLOAT, b TIMESTAMP';
        const whole = read(input, columns);
        const cut = read(input, columns, { chunk });
        expect(cut.rows).toEqual(whole.rows);
        expect(cut.bad.map((b) => [b.error.message, b.position])).toEqual(whole.bad.map((b) => [b.error.message, b.position]));
        expect(cut.records).toEqual(whole.records);
      }),
      { seed: 42, numRuns: 1000 },
    );
  }, 120_000);

  test('the fast path gives what the complete reader gives', () => {
    const value = fc.oneof(
      fc.constantFrom(
        '0',
        '-0',
        '007',
        '+5',
        '1.',
        '.5',
        '-',
        '--1',
        '1e5',
        '1E400',
        '9007199254740993',
        '12345678901234567',
        '0.1',
        '0.30000000000000004',
        ' 1 ',
        'nan',
        '1_0',
        'true',
        'TRUE',
        'false1',
        'null',
      ),
      fc.constantFrom(
        '2024-02-29',
        '2023-02-29',
        '2024-01-31 23:59:60',
        '2024-01-01T00:00:00.123456Z',
        '2024-01-01T00:00:00.1234567Z',
        '2024-01-01 10:00:00+02:00',
        '2024-13-01',
        '2024-04-31',
        '2024-1-1',
        '1700000000000',
      ),
      fc.double({ noNaN: true }).map(String),
      fc.maxSafeInteger().map(String),
      fc
        .string({ maxLength: 6, unit: fc.constantFrom('a', '"', ',', 'é', '\r', '0') })
        .map((s) => (s.includes(',') ? `"${s.replaceAll('"', '""')}"` : s)),
    );
    const type = fc.constantFrom('INTEGER', 'FLOAT', 'DECIMAL(12, 4)', 'DECIMAL(38, 18)', 'BOOLEAN', 'STRING', 'TIMESTAMP', 'DATE', 'TIME');
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 20 }), type, type, (lines, x, y) => {
        const text = `a,b\n${lines.map((l) => l.join(',')).join('\n')}`;
        const fast = read(text, `a ${x}, b ${y}`);
        const request = { ...REQUEST, fields: fieldsOf(`a ${x}, b ${y}`) };
        const complete = collect(csvDecoder(request, resolveOptions(CSV, {}), completeOnly), bytes(text), 1000);
        expect(fast.rows).toEqual(complete.rows);
        expect(fast.bad.map((b) => [b.error.message, b.position])).toEqual(complete.bad.map((b) => [b.error.message, b.position]));
      }),
      { seed: 7, numRuns: 1000 },
    );
  }, 120_000);

  test('columns that the file does not have are NULL', () => {
    for (const kernels of ['js', 'wasm']) {
      const options = { missing_fields: 'null', extra_fields: 'ignore', kernels };
      expect(read('a,b\n1,x\n2,y,z\n', 'a INTEGER, c STRING, d FLOAT', options).rows).toEqual([
        [1, null, null],
        [2, null, null],
      ]);
    }
  });

  test('reads large files alike with both kernels, quotes and broken lines among them', () => {
    const field = fc.oneof(
      { weight: 30, arbitrary: fc.integer().map(String) },
      { weight: 30, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => v.toFixed(4)) },
      { weight: 2, arbitrary: fc.constantFrom('"a,b"', '"x""y"', '', '""', 'é', 'word', '"1\n2"', '\r', '007', '1e5', '-', '1.2.3') },
    );
    const tail = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', ',9\n', ',"q"\n');
    const line = fc.tuple(fc.array(field, { minLength: 3, maxLength: 3 }), tail).map(([fields, end]) => fields.join(',') + end);
    const lines = fc.array(line, { minLength: 1500, maxLength: 2500 });
    fc.assert(
      fc.property(lines, (text) => {
        const both = ['js', 'wasm'].map((kernels) => read(`a,b,c\n${text.join('')}`, 'c FLOAT, a INTEGER, b STRING', { kernels }));
        expect(both[1]!.rows).toEqual(both[0]!.rows);
        expect(both[1]!.bad.map((b) => b.position)).toEqual(both[0]!.bad.map((b) => b.position));
      }),
      { seed: 11, numRuns: 15 },
    );
  });
});
