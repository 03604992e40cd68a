import { expect, test } from 'vitest';
import { cellText, isTimeColumn, NULL_TEXT, shownText } from './cell-text.ts';

const cell = (value: unknown, type: string): string => cellText(value, { name: 'c', type });

test.each([
  [null, 'STRING', NULL_TEXT],
  [undefined, 'STRING', NULL_TEXT],
  ['', 'STRING', ''],
  [12n ** 20n, 'INTEGER', '3833759992447475122176'],
  ['12.30', 'DECIMAL(18,2)', '12.30'],
  [false, 'BOOLEAN', 'false'],
  [0, 'TIMESTAMP', '1970-01-01T00:00:00.000Z'],
  [9e15, 'TIMESTAMP', '9000000000000000'],
  [0, 'INTEGER', '0'],
  [new Date(0), '', '1970-01-01T00:00:00.000Z'],
  [{ a: [1n, null] }, 'STRUCT<a ARRAY<INTEGER>>', '{"a":["1",null]}'],
])('%s of type %s reads %s', (value, type, text) => {
  expect(cell(value, type)).toBe(text);
});

test('an INTEGER that is a time is shown as one, and stays a number as plain text', () => {
  const column = { name: 'minute', type: 'INTEGER', format: 'epoch-ms' } as const;
  expect(isTimeColumn(column)).toBe(true);
  expect(shownText(60_000, column)).toBe(shownText(60_000, { name: 'window_start', type: 'INTEGER' }));
  expect(cellText(60_000, column)).toBe('60000');
});
