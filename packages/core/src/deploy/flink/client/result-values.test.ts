import { describe, expect, test } from 'vitest';
import { parseWithDigits, resultValue } from './result-values.ts';

const value = (json: string, type: string, scale = 0) => resultValue(parseWithDigits(json), { type, scale });

describe('a value of a result', () => {
  test('keeps every digit of a decimal and of a large integer', () => {
    expect(value('2.5', 'DECIMAL', 2)).toBe('2.50');
    expect(value('12345678901234567890.123', 'DECIMAL', 3)).toBe('12345678901234567890.123');
    expect(value('9007199254740993', 'BIGINT')).toBe(9007199254740993n);
    expect(value('42', 'BIGINT')).toBe(42);
    expect(value('1.5E300', 'DOUBLE')).toBe(1.5e300);
  });

  test('is an object or array of such values where it is nested', () => {
    const type = {
      type: 'ROW',
      fields: [
        { name: 'a', fieldType: { type: 'ARRAY', elementType: { type: 'DECIMAL', scale: 1 } } },
        { name: 'm', fieldType: { type: 'MAP', valueType: { type: 'BIGINT' } } },
      ],
    };
    expect(resultValue(parseWithDigits('{"a":[1,null],"m":{"k":9007199254740993}}'), type)).toEqual({
      a: ['1.0', null],
      m: { k: 9007199254740993n },
    });
  });
});
