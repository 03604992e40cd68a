import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvScriptKernel } from '../csv/csv-script-kernel.ts';
import { csvWasmKernel } from '../csv/csv-wasm-kernel.ts';
import { Kind } from '../decode/record-kernel.ts';
import { jsonlScriptKernel } from '../jsonl/jsonl-script-kernel.ts';
import { jsonlWasmKernel } from '../jsonl/jsonl-wasm-kernel.ts';
import { alike, outcome, planned } from './kernel-outcome.fixture.ts';
import { kernelModule } from './wasm-module.ts';

const module = kernelModule()!;
const KINDS = [Kind.float, Kind.integer, Kind.decimal, Kind.boolean, Kind.text, Kind.timestamp, Kind.date, Kind.other];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const value = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-0',
    '007',
    '1.',
    '.5',
    '-',
    '-.5',
    '1e5',
    '12.5000',
    '123456789012345',
    '1234567890123456',
    '9007199254740992',
    '18446744073709551617',
    'true',
    'false',
    'falsy',
    'null',
    'truth',
  ),
  fc.constantFrom(
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '0000-01-01',
    '9999-12-31T23:59:59.999Z',
    '2024-01-31 23:59:60',
    '2024-01-01T00:00:00.123456',
    '2024-01-01T00:00:00.1234567',
    '2024-01-01T00:00',
    '1700000000000',
  ),
  fc.double({ noNaN: true }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => v.toFixed(3)),
  fc.maxSafeInteger().map(String),
  fc.string({ maxLength: 40, unit: fc.constantFrom('a', 'b', 'é', '0', '{', '[', '}', ']', '\t') }),
);
const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 });

describe('kernels in WebAssembly', () => {
  test('are compiled from the sources that stand beside them', () => {
    const script = fileURLToPath(new URL('../../../../../.config/scripts/build-kernels.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  }, 120_000);

  test('read CSV as their twin in JavaScript does', () => {
    const field = fc.oneof(
      { weight: 5, arbitrary: value },
      { weight: 1, arbitrary: fc.constantFrom('"', '""', '"a""b"', '"x,y"', '"x\ny"', '"open', '"a"b', 'a"b', '"1"', '\r') },
    );
    const line = fc
      .tuple(fc.array(field, { minLength: 2, maxLength: 5 }), fc.constantFrom('\n', '\r\n', '\n\n'))
      .map(([fields, end]) => fields.join(',') + end);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        kinds,
        fc.integer({ min: 1, max: 5 }),
        fc.integer(),
        (lines, wanted, fieldCount, shuffle) => {
          const columns = wanted.slice(0, fieldCount).map(planned);
          const targets = new Int32Array(fieldCount).fill(-1);
          columns.forEach((_, c) => {
            targets[(c + Math.abs(shuffle)) % fieldCount] = c;
          });
          const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount, targets, columns };
          const text = bytes(`${lines.join('')}\n`);
          const wasm = csvWasmKernel(module, plan, 64, text.length);
          alike(outcome(csvScriptKernel(plan, 64, text.length), text, columns), outcome(wasm, text, columns));
          wasm.release?.();
        },
      ),
      { seed: 21, numRuns: 3000 },
    );
  }, 120_000);

  test('read CSV of one number of fields as their twin in JavaScript does', () => {
    const ordinary = fc.oneof(
      value,
      fc.integer({ min: -9999, max: 9999 }).map((n) => String(n / 100)),
    );
    const odd = fc.constantFrom('"x,y"', '"a""b"', '1,2', '\r', 'a"b', '\n', '"open');
    const line = fc.tuple(fc.array(ordinary, { minLength: 4, maxLength: 4 }), fc.nat(400), odd);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 90 }),
        kinds,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        fc.constantFrom('\n', '\n', '\r\n'),
        (lines, wanted, fieldCount, shift, end) => {
          const columns = wanted.slice(0, fieldCount).map(planned);
          const targets = new Int32Array(fieldCount).fill(-1);
          columns.forEach((_, c) => {
            targets[(c + shift) % fieldCount] = c;
          });
          const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount, targets, columns };
          // Few records are odd, so that whole blocks have none.
          const records = lines.map(([fields, at, other]) =>
            fields
              .slice(0, fieldCount)
              .map((field, f) => (f === at ? other : field))
              .join(','),
          );
          const text = bytes(records.map((record) => record + end).join(''));
          const wasm = csvWasmKernel(module, plan, 64, text.length);
          alike(outcome(csvScriptKernel(plan, 64, text.length), text, columns), outcome(wasm, text, columns));
          wasm.release?.();
        },
      ),
      { seed: 24, numRuns: 2000 },
    );
  }, 120_000);

  test('read JSON lines as their twin in JavaScript does', () => {
    const quoted = fc.oneof(
      value.map((v) => JSON.stringify(v)),
      fc.constantFrom('"\\n"', '"\\u0041"', '"\\', '"open'),
    );
    const nested = fc.constantFrom(
      '[]',
      '{}',
      '[1,{"a":"]"}]',
      '{"a":[{}]}',
      '[1}',
      '{]',
      `${'['.repeat(70)}${']'.repeat(70)}`,
      `${'[{"a":'.repeat(20)}1${'}]'.repeat(20)}`,
    );
    const any = fc.oneof({ weight: 3, arbitrary: value }, { weight: 3, arbitrary: quoted }, { weight: 1, arbitrary: nested });
    const space = fc.constantFrom('', '', '', ' ', '\t');
    const key = fc.constantFrom('"a"', '"b"', '"long key of a column"', '"__proto__"', '"z"', '""', '"\\u0061"', 'a');
    const member = fc.tuple(space, key, space, any, space).map((parts) => `${parts[0]}${parts[1]}${parts[2]}:${parts[3]}${parts[4]}`);
    const line = fc
      .tuple(fc.array(member, { maxLength: 5 }), fc.constantFrom('\n', '\r\n', ' \n', 'x\n', '\n\n'))
      .map(([m, end]) => `{${m.join(',')}}${end}`);
    const keys = ['a', 'b', 'long key of a column', '__proto__'].map(bytes);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, line, fc.constantFrom('', '\n', 'garbage\n', '{"a":1', '[]\n')), { maxLength: 8 }),
        fc.nat(7),
        kinds,
        (lines, repeats, wanted) => {
          const columns = wanted.map(planned);
          const plan = { columns, keys: keys.slice(0, columns.length) };
          // Repeated lines make the template count.
          const text = bytes(`${lines.map((l) => l.repeat(repeats + 1)).join('')}\n`);
          const wasm = jsonlWasmKernel(module, plan, 64, text.length);
          alike(outcome(jsonlScriptKernel(plan, 64, text.length), text, columns), outcome(wasm, text, columns));
          wasm.release?.();
        },
      ),
      { seed: 22, numRuns: 3000 },
    );
  }, 120_000);

  test('read JSON lines of one layout as their twin in JavaScript does', () => {
    const ordinary = fc.oneof(
      fc.integer({ min: -9999, max: 9999 }).map((n) => [String(n), String(n / 100)][n & 1]!),
      fc.string({ maxLength: 40, unit: fc.constantFrom('a', 'é', '0', ' ', ',') }).map((t) => JSON.stringify(t)),
    );
    const odd = fc.oneof(
      value,
      value.map((v) => JSON.stringify(v)),
      fc.constantFrom(
        'null',
        '"\\n"',
        '"a\\"b"',
        '"a\tb"',
        '"open',
        '"a"b"',
        '1 ',
        '',
        '[1]',
        '{"a":"}"}',
        '-',
        '1"',
        'truex',
        '"1","z":"2"',
      ),
    );
    const space = fc.constantFrom('', '', '', ' ');
    const keyOf = fc.constantFrom('a', 'b', 'z', 'long key of a column', 'an even longer key that nobody wants');
    const layout = fc.uniqueArray(fc.record({ key: keyOf, before: space, after: space, first: ordinary }), {
      minLength: 1,
      maxLength: 5,
      selector: (member) => member.key,
    });
    const records = fc.array(
      fc.array(fc.oneof({ weight: 6, arbitrary: ordinary }, { weight: 1, arbitrary: odd }), { minLength: 5, maxLength: 5 }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(layout, records, kinds, fc.constantFrom('\n', '\r\n', ' \n'), (members, values, wanted, end) => {
        const columns = wanted.slice(0, 3).map(planned);
        const plan = { columns, keys: ['a', 'b', 'long key of a column'].slice(0, columns.length).map(bytes) };
        // A value keeps its kind from record to record, but for the odd ones.
        const isText = members.map((member) => member.first.startsWith('"'));
        const fitting = (text: string, m: number): string => (/^-?[\d.]+$/.test(text) && isText[m] === true ? `"${text}"` : text);
        const line = (texts: readonly string[]): string =>
          `{${members.map(({ key, before, after }, m) => `${before}"${key}":${after}${texts[m]!}`).join(',')}}${end}`;
        const lines = [line(members.map((member) => member.first)), ...values.map((texts) => line(texts.map(fitting)))];
        const text = bytes(lines.join(''));
        const wasm = jsonlWasmKernel(module, plan, 64, text.length);
        alike(outcome(jsonlScriptKernel(plan, 64, text.length), text, columns), outcome(wasm, text, columns));
        wasm.release?.();
      }),
      { seed: 23, numRuns: 3000 },
    );
  }, 120_000);

  test('know texts of any length and number again', () => {
    const columns = [planned(Kind.text)];
    const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount: 2, targets: Int32Array.of(0, -1), columns };
    const kernel = csvWasmKernel(module, plan, 4096, 1 << 20);
    const texts: string[] = [];
    const known = { size: 0, codeOf: (b: Uint8Array, s: number, e: number) => texts.push(new TextDecoder().decode(b.subarray(s, e))) - 1 };
    const codes = new Int32Array(4096);
    for (let round = 0; round < 3; round++) {
      for (let block = 0; block < 10; block++) {
        const wanted = Array.from({ length: 4096 }, (_, i) => 'x'.repeat((i * 7 + block) % 300) + i);
        let text = bytes('');
        for (let from = 0; from < 4096; from += 2048) {
          text = bytes(
            wanted
              .slice(from, from + 2048)
              .map((t) => `${t},1\n`)
              .join(''),
          );
          kernel.input.set(text);
          kernel.decode(0, text.length, from, 4096);
          kernel.intern(0, from, kernel.row, codes, known);
        }
        expect(wanted.every((t, i) => texts[codes[i]!] === t)).toBe(true);
      }
    }
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('tell apart texts that differ in one byte, or in zeros at their end', () => {
    const columns = [planned(Kind.text)];
    const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount: 2, targets: Int32Array.of(0, -1), columns };
    const kernel = csvWasmKernel(module, plan, 8192, 1 << 20);
    const texts: string[] = [];
    const known = { size: 0, codeOf: (b: Uint8Array, s: number, e: number) => texts.push(new TextDecoder().decode(b.subarray(s, e))) - 1 };
    const codes = new Int32Array(8192);
    const whole = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL';
    const wanted = Array.from({ length: 48 }, (_, n) => whole.slice(0, n + 1)).flatMap((text) => [
      text,
      ...Array.from({ length: text.length }, (_, at) => `${text.slice(0, at)}#${text.slice(at + 1)}`),
      `${text}\0`,
      `${text}\0\0`,
    ]);
    for (let round = 0; round < 2; round++) {
      const text = bytes(wanted.map((t) => `${t},1\n`).join(''));
      kernel.input.set(text);
      kernel.decode(0, text.length, 0, 8192);
      kernel.intern(0, 0, kernel.row, codes, known);
      expect(wanted.every((t, i) => texts[codes[i]!] === t)).toBe(true);
    }
    expect(texts.length).toBe(new Set(wanted).size);
  });
});
