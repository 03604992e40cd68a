import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAll, fieldsOf } from '../decode/decode-all.fixture.ts';
import { json } from './json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options: Record<string, unknown> = {}) =>
  decodeAll(json(), bytes(text), fieldsOf('a INTEGER, s STRING'), options);

describe('JSON documents', () => {
  test.each([
    ['an array', '[{"a":1,"s":"x"},{"a":2}]'],
    ['a pretty array', '[\n  {\n    "a": 1,\n    "s": "x"\n  },\n  {\n    "a": 2\n  }\n]\n'],
    ['lines', '{"a":1,"s":"x"}\n{"a":2}\n'],
    ['objects in a row', '\uFEFF {"a":1,"s":"x"} \n\n {"a"\n:2}'],
    ['an array that ends in a comma', '[{"a":1,"s":"x"},{"a":2},]'],
  ])('give the rows of %s', (_, text) => {
    for (const chunk of [1, 5, 1000]) {
      const { rows, bad } = read(text, { chunk });
      expect([rows, bad]).toEqual([
        [
          [1, 'x'],
          [2, null],
        ],
        [],
      ]);
    }
  });

  test('keep brackets, commas and quotes that stand in strings', () => {
    expect(read('[{"s":"],[{\\"\\\\"},{"s":"}"}]').rows).toEqual([
      [null, '],[{"\\'],
      [null, '}'],
    ]);
  });

  test('report what is cut off or no object, and go on behind it', () => {
    const { rows, bad } = read('[{"a":1},5,[1,2],{"a":"open\n},\n{"a":3},{"a":');
    expect(rows).toEqual([
      [1, null],
      [3, null],
    ]);
    expect(bad.length).toBeGreaterThanOrEqual(4);
    expect(read('[]').rows).toEqual([]);
    expect(read('').rows).toEqual([]);
  });

  test('go on from any batch end', () => {
    const text = JSON.stringify(
      Array.from({ length: 30 }, (_, i) => ({ a: i, s: `v\n${i}` })),
      null,
      2,
    );
    const whole = read(text, { maxBatchRows: 4 });
    expect(whole.rows).toHaveLength(30);
    for (const { endByte, endRecord } of whole.ends) {
      const rest = decodeAll(json(), bytes(text).subarray(endByte), fieldsOf('a INTEGER, s STRING'), {
        startByte: endByte,
        startRecord: endRecord,
      });
      expect(rest.rows).toEqual(whole.rows.slice(endRecord));
    }
  });

  test('tell their columns', () => {
    const fields = json().infer(bytes('[{"a":1,"s":"x"},\n{"a":2.5}]'), true, { exact_decimals: false, kernels: 'auto' });
    expect(fields.map((f) => `${f.name} ${f.type.kind}`)).toEqual(['a float', 's string']);
  });

  test('give what JSON.parse gives, for any layout', () => {
    const row = fc.record({ a: fc.maxSafeInteger(), s: fc.string({ unit: fc.constantFrom('a', '"', ',', '[', '}', '\\', '\n', 'é') }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 9 }), (rows, indent, chunk) => {
        expect(read(JSON.stringify(rows, null, indent), { chunk }).rows).toEqual(rows.map(({ a, s }) => [a === 0 ? 0 : a, s]));
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
