import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvScriptKernel } from '../csv/csv-script-kernel.ts';
import { csvWasmKernel } from '../csv/csv-wasm-kernel.ts';
import { Kind } from '../decode/record-kernel.ts';
import { alike, outcome, planned } from './kernel-outcome.fixture.ts';
import { kernelModule } from './wasm-module.ts';

const KINDS = [Kind.float, Kind.integer, Kind.decimal, Kind.timestamp] as const;

/** What stands between numbers that look alike: as many bytes, and yet no such number. */
const ODD = [
  '',
  '-',
  '.',
  '0',
  '-0',
  '00',
  '007',
  '-007',
  '1.',
  '.5',
  '-.5',
  '0.5',
  '-0.0',
  '+1',
  '1e5',
  '1 ',
  '12:4',
  '1/2',
  '12,4',
  '1..2',
];
const ODDER = [
  '1.2.3',
  '12.345678',
  '999999999',
  '1234567.8',
  '123456789012345',
  '9007199254740993',
  '-99999999999999.9',
  '\u00001',
  '1\u0000',
  '٣',
];

/** Numbers of one look: so many digits before the point at most, so many behind it. */
const looks = fc.record({
  whole: fc.integer({ min: 1, max: 16 }),
  fraction: fc.constantFrom(0, 0, 1, 2, 4, 7, 14),
  signed: fc.boolean(),
  texts: fc.array(
    fc.record({
      digits: fc.bigInt({ min: 0n, max: 10n ** 30n }),
      length: fc.nat(15),
      minus: fc.boolean(),
      odd: fc.nat(40),
      other: fc.constantFrom(...ODD, ...ODDER),
    }),
    { minLength: 1, maxLength: 64, size: 'max' },
  ),
});
type Look = typeof looks extends fc.Arbitrary<infer T> ? T : never;

function textsOf({ whole, fraction, signed, texts }: Look): string[] {
  return texts.map(({ digits, length, minus, odd, other }) => {
    if (odd === 0) return other;
    const all = String(digits).padStart(31, '7');
    const before = all.slice(0, 1 + (length % whole)).replace(/^0+(?=.)/, '');
    return `${signed && minus ? '-' : ''}${before}${fraction > 0 ? `.${all.slice(16, 16 + fraction)}` : ''}`;
  });
}

/** The number that a text is, without the help of any of our readers. */
function numberOf(text: string, kind: (typeof KINDS)[number]): number {
  if (kind === Kind.decimal) {
    const [whole, fraction = ''] = text.split('.');
    return Number(BigInt(`${whole}${fraction.padEnd(4, '0')}`));
  }
  return kind === Kind.float ? Number(text) : Number(text) + 0;
}

describe('numbers that look alike', () => {
  test('are read as the twin in JavaScript, and as JavaScript itself, reads them', () => {
    let read = 0;
    fc.assert(
      fc.property(looks, fc.constantFrom(...KINDS), fc.constantFrom(0, 1, 2), fc.nat(6), (look, kind, field, quoted) => {
        const texts = textsOf(look).map((text) => text.replaceAll(',', ''));
        const columns = [planned(kind)];
        const targets = new Int32Array(3).fill(-1);
        targets[field] = 0;
        const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount: 3, targets, columns };
        // A quoted field now and then leaves runs of plain records between.
        const lines = texts.map((text, i) => {
          const fields = ['a', 'bc', quoted > 0 && i % (quoted * 5) === 4 ? '"x,y"' : 'd'];
          if (field === 2 && fields[2] !== 'd') fields[1] = fields[2] as string;
          fields[field] = text;
          return `${fields.join(',')}\n`;
        });
        const bytes = new TextEncoder().encode(lines.join(''));
        const kernel = csvWasmKernel(kernelModule()!, plan, 64, bytes.length);
        const wasm = outcome(kernel, bytes, columns);
        alike(outcome(csvScriptKernel(plan, 64, bytes.length), bytes, columns), wasm);
        wasm.rows.forEach(([value], row) => {
          if (typeof value !== 'number') return;
          read++;
          expect(texts[row]).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
          expect(value).toBe(numberOf(texts[row]!, kind));
        });
        kernel.release?.();
      }),
      { seed: 25, numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(40_000);
  }, 120_000);

  test('are told from what differs in one byte', () => {
    const columns = [planned(Kind.float)];
    const plan = { dialect: { delimiter: 44, quote: 34, escape: 34 }, fieldCount: 2, targets: Int32Array.of(0, -1), columns };
    for (const model of ['457.1234', '12345678', '1700000000000', '-12.5', '12345678.123']) {
      for (let at = 0; at < model.length; at++) {
        for (let byte = 1; byte < 127; byte++) {
          const changed = model.slice(0, at) + String.fromCharCode(byte) + model.slice(at + 1);
          if (/[",\r\n]/.test(changed)) continue;
          const bytes = new TextEncoder().encode(`${model},a\n${model},a\n${model},a\n${changed},a\n${changed},a\n${model},a\n`);
          const kernel = csvWasmKernel(kernelModule()!, plan, 64, bytes.length);
          const values = outcome(kernel, bytes, columns).rows.map(([value]) => value);
          kernel.release?.();
          const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(changed);
          expect([changed, typeof values[3], typeof values[4]]).toEqual([changed, ...Array(2).fill(isNumber ? 'number' : 'object')]);
          if (isNumber) expect(values).toEqual([model, model, model, changed, changed, model].map(Number));
        }
      }
    }
  }, 120_000);
});
