import { describe, expect, test } from 'vitest';
import { csvOutput } from './row-output-csv.node.ts';
import { jsonlOutput } from './row-output-jsonl.node.ts';
import { tableOutput } from './row-output-table.node.ts';

const COLUMNS = [
  { name: '__proto__', type: 'STRING' },
  { name: 'n', type: 'INTEGER' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'tags', type: 'ARRAY<STRING>' },
];

function row(proto: string | null, n: number | bigint | null, at: number | null, tags: readonly string[] | null) {
  const values = Object.create(null);
  Object.assign(values, { n, at, tags });
  for (const { name } of COLUMNS.slice(0, 1)) values[name] = proto;
  return values;
}

describe('rows as text', () => {
  test('JSON keeps every digit, the order of the columns, and odd names', () => {
    const output = jsonlOutput(COLUMNS);
    expect(output.add(row('x', 9_007_199_254_740_993n, 1_500, ['a']))).toBe(
      '{"__proto__":"x","n":9007199254740993,"at":1500,"tags":["a"]}\n',
    );
    expect(output.add(row(null, Number.NaN, null, null))).toBe('{"__proto__":null,"n":null,"at":null,"tags":null}\n');
  });

  test('CSV quotes what has to be, tells NULL from the empty text, and writes times as text', () => {
    const output = csvOutput(COLUMNS);
    expect(output.add(row('', 1, 1_500, ['a', 'b,c']))).toBe('__proto__,n,at,tags\r\n"",1,1970-01-01 00:00:01.500,"[""a"",""b,c""]"\r\n');
    expect(output.add(row(null, null, null, null))).toBe(',,,\r\n');
    expect(csvOutput(COLUMNS).end()).toBe('__proto__,n,at,tags\r\n');
  });

  test('a table looks at its first rows for the widths and keeps control characters away', () => {
    const output = tableOutput(COLUMNS.slice(0, 2));
    expect(output.add(row('a', 10, null, null))).toBe('');
    expect(output.add(row('\x1b[31mred', 2_000, null, null))).toBe('');
    expect(output.flush()).toBe('__proto__     n\n─────────  ────\na            10\n\ufffd[31mred   2000\n');
    expect(output.add(row('later', 3, null, null))).toBe('later         3\n');
    expect(output.end()).toBe('');
  });

  test('long cells are cut', () => {
    const output = tableOutput([{ name: 't', type: 'STRING' }]);
    output.add({ t: 'x'.repeat(500) });
    expect(output.end().split('\n')[2]).toBe(`${'x'.repeat(59)}…`);
  });
});
