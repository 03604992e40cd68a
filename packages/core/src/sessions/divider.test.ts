import { describe, expect, test } from 'vitest';
import { dividerOf, isDividerOpen } from './divider.ts';

const file = (...names: string[]) => ({
  info: { kind: 'file' as const },
  schema: { columns: names.map((name) => ({ name, type: 'STRING' as const })) },
});

describe('what divides the columns of a file', () => {
  test('is told by a heading that was read as one column', () => {
    expect(['id;name', 'id\tname', 'id|name', 'id'].map((heading) => dividerOf([file(heading)]))).toEqual([';', '\t', '|', undefined]);
  });

  test('is not looked for in several columns, in what is no file, and where files differ', () => {
    expect(dividerOf([file('a;b', 'c')])).toBeUndefined();
    expect(dividerOf([{ ...file('a;b'), info: { kind: 'table' } }])).toBeUndefined();
    expect(dividerOf([file('a;b'), file('a|b')])).toBeUndefined();
    expect([dividerOf([file('a;b'), file('c;d')]), dividerOf([])]).toEqual([';', undefined]);
  });

  test('is left to who has said it', () => {
    const uri = 'file:///data/orders.csv';
    expect(isDividerOpen(uri, {})).toBe(true);
    expect(isDividerOpen(uri, { options: { delimiter: ',' } })).toBe(false);
    expect(isDividerOpen(`${uri}?delimiter=,`, {})).toBe(false);
    expect(isDividerOpen(uri, { options: { separator: ',' } })).toBe(false);
    expect(isDividerOpen(`${uri}?header=true&csv_delimiter=,`, {})).toBe(false);
    expect(isDividerOpen(uri, { format: 'parquet' })).toBe(false);
  });
});
