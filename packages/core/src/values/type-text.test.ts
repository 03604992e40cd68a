import { describe, expect, test } from 'vitest';
import { parseTypeText, sameType, typeText } from './type-text.ts';
import { arrayOf, decimal, FLOAT, INTEGER, mapOf, STRING, TIMESTAMP } from './types.ts';

describe('type text', () => {
  test.each([
    ['int', INTEGER],
    ['BIGINT', INTEGER],
    ['double precision', FLOAT],
    ['Varchar(20)', STRING],
    ['TIMESTAMP(3)', TIMESTAMP],
    ['DECIMAL(18,4)', decimal(18, 4)],
    ['numeric(9)', decimal(9, 0)],
    ['DECIMAL', decimal(18, 4)],
    ['SCALED_INTEGER(2)', decimal(18, 2)],
    ['SCALED_INTEGER', decimal(18, 4)],
    ['ARRAY<ARRAY(INT)>', arrayOf(arrayOf(INTEGER))],
    ['MAP(STRING, DECIMAL(5,1))', mapOf(decimal(5, 1))],
    [
      'STRUCT<a INT, `b c` ROW(x FLOAT)>',
      {
        kind: 'struct',
        fields: [
          { name: 'a', type: INTEGER },
          { name: 'b c', type: { kind: 'struct', fields: [{ name: 'x', type: FLOAT }] } },
        ],
      },
    ],
  ] as const)('%s is read and its text read back', (text, type) => {
    const parsed = parseTypeText(text)!;
    expect(parsed).toEqual(type);
    expect(sameType(parseTypeText(typeText(parsed))!, parsed)).toBe(true);
  });

  test.each([
    '',
    'FOO',
    'DECIMAL(0,0)',
    'DECIMAL(39,2)',
    'DECIMAL(4,5)',
    'DECIMAL()',
    'DECIMAL(1,2,3)',
    'ARRAY',
    'ARRAY<INT',
    'ARRAY<INT)',
  ])('%j is no type', (text) => expect(parseTypeText(text)).toBeUndefined());
  test.each(['MAP<INT>', 'INT INT', 'STRUCT<1 INT>', 'STRUCT<a>', 'SCALED_INTEGER(2,3)', 'SCALED_INTEGER(19)', 'VARCHAR(x)', 'INT(3)'])(
    '%j is no type either',
    (text) => expect(parseTypeText(text)).toBeUndefined(),
  );
  test('a type nested beyond all sense is refused', () => {
    expect(parseTypeText(`${'ARRAY<'.repeat(50)}INT${'>'.repeat(50)}`)).toBeUndefined();
  });
  test('types differ by scale, element, value and fields', () => {
    expect(sameType(decimal(18, 2), decimal(18, 3))).toBe(false);
    expect(sameType(arrayOf(INTEGER), arrayOf(FLOAT))).toBe(false);
    expect(sameType(mapOf(INTEGER), mapOf(FLOAT))).toBe(false);
    expect(sameType(INTEGER, FLOAT)).toBe(false);
    expect(sameType({ kind: 'struct', fields: [] }, { kind: 'struct', fields: [{ name: 'a', type: INTEGER }] })).toBe(false);
  });
});
