import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowed } from './column-read.ts';
import {
  decimalText,
  decimalTextTrimmed,
  decimalToFloat,
  decimalToInteger,
  floatToDecimal,
  parseDecimal,
  parseDecimalTo,
} from './decimal-text.ts';

describe('decimal text', () => {
  test.each([
    [1230, 2, '12.30', '12.3'],
    [-50, 2, '-0.50', '-0.5'],
    [5, 3, '0.005', '0.005'],
    [1200, 2, '12.00', '12'],
    [0, 2, '0.00', '0'],
    [7, 0, '7', '7'],
    [-(10n ** 20n), 2, '-1000000000000000000.00', '-1000000000000000000'],
  ])('%s of scale %i prints as %s', (value, scale, text, trimmed) => {
    expect(decimalText(value, scale)).toBe(text);
    expect(decimalTextTrimmed(value, scale)).toBe(trimmed);
  });

  test('what was printed is read back', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), fc.integer({ min: 0, max: 30 }), (value, scale) => {
        expect(parseDecimal(decimalText(narrowed(value), scale))).toEqual({ unscaled: narrowed(value), scale });
      }),
      { numRuns: 2000, seed: 21 },
    );
  });

  test.each([
    ['.5', 5, 1],
    ['3.', 3, 0],
    ['+1', 1, 0],
    ['-0.50', -50, 2],
    ['1e3', 1000, 0],
    ['1.5e-3', 15, 4],
    ['1.25E1', 125, 1],
  ])('%s is read', (text, unscaled, scale) => expect(parseDecimal(text)).toEqual({ unscaled, scale }));

  test.each(['', '.', '-', 'e5', '1,5', '1 ', 'NaN', '1e99999', '0x1', '1e9999'])('%j is no decimal', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
    expect(parseDecimalTo(text, 2)).toBeUndefined();
  });

  test('text is rounded into a scale half away from zero', () => {
    expect(parseDecimalTo('0.125', 2)).toBe(13);
    expect(parseDecimalTo('-0.125', 2)).toBe(-13);
  });
});

describe('decimals and floats', () => {
  test('a float goes through its shortest text', () => {
    expect(floatToDecimal(2.675, 2)).toBe(268);
    expect(floatToDecimal(0.1, 3)).toBe(100);
    expect(floatToDecimal(5, 2)).toBe(500);
    expect(floatToDecimal(1e21, 0)).toBe(10n ** 21n);
    expect(floatToDecimal(Number.NaN, 2)).toBeUndefined();
    expect(floatToDecimal(-0, 1)).toBe(0);
  });
  test('a decimal becomes the nearest float', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.integer({ min: 0, max: 30 }), (value, scale) => {
        expect(decimalToFloat(narrowed(value), scale)).toBe(Number(decimalText(narrowed(value), scale)) + 0);
      }),
      { numRuns: 2000, seed: 22 },
    );
  });
  test('the integer part goes toward zero', () => {
    expect(decimalToInteger(-299, 2)).toBe(-2);
    expect(decimalToInteger(10n ** 20n, 2)).toBe(10n ** 18n);
    expect(decimalToInteger(7, 0)).toBe(7);
  });
});
