import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recommendChart } from './recommend-chart.ts';

/** `columns('symbol STRING', 'price FLOAT')` */
const columns = (...texts: string[]) => ({
  columns: texts.map((text) => ({ name: text.split(' ')[0] ?? '', type: text.split(' ').slice(1).join(' ') })),
});
const best = (schema: ReturnType<typeof columns>, rows?: Record<string, unknown>[]) => recommendChart(schema, rows)[0];
const repeat = (count: number, row: (i: number) => Record<string, unknown>) => Array.from({ length: count }, (_, i) => row(i));

describe('recommendChart', () => {
  test('a window and a number is a line over the window start', () => {
    const schema = columns('window_end TIMESTAMP', 'window_start TIMESTAMP', 'symbol STRING', 'mean FLOAT', 'trades INTEGER');
    expect(best(schema)).toMatchObject({ kind: 'line', x: 'window_start', y: ['mean'], series: 'symbol' });
  });

  test('an INTEGER that is a time is the axis under any name', () => {
    const schema = {
      columns: [
        { name: 'minute', type: 'INTEGER', format: 'epoch-ms' as const },
        { name: 'trades', type: 'INTEGER' },
      ],
    };
    expect(recommendChart(schema, undefined)[0]).toMatchObject({ kind: 'line', x: 'minute', y: ['trades'] });
  });

  test('a time and numbers without a group share one chart', () => {
    expect(best(columns('ts TIMESTAMP', 'lowest FLOAT', 'highest FLOAT'))).toMatchObject({
      kind: 'line',
      x: 'ts',
      y: ['lowest', 'highest'],
    });
  });

  test('a category and a number is a bar', () => {
    expect(best(columns('country STRING', 'revenue DECIMAL(18,2)'))).toMatchObject({ kind: 'bar', x: 'country', y: ['revenue'] });
  });

  test('two categories are bars grouped by the one with fewer values', () => {
    const rows = repeat(40, (i) => ({ country: `C${i % 20}`, plan: `P${i % 2}`, revenue: i }));
    expect(best(columns('country STRING', 'plan STRING', 'revenue FLOAT'), rows)).toMatchObject({ kind: 'bar', x: 'plan' });
  });

  test('two numbers alone are a scatter', () => {
    expect(best(columns('weight FLOAT', 'height FLOAT'))).toMatchObject({ kind: 'scatter', x: 'weight', y: ['height'] });
  });

  test('one number alone is a stat', () => {
    expect(best(columns('total BIGINT'))).toMatchObject({ kind: 'stat', y: ['total'] });
  });

  test('one row is a stat whatever its columns', () => {
    expect(best(columns('country STRING', 'revenue FLOAT'), [{ country: 'NO', revenue: 1 }])).toMatchObject({ kind: 'stat' });
  });

  test('a number that names something is no amount', () => {
    expect(best(columns('order_id BIGINT', 'amount FLOAT'))).toMatchObject({ kind: 'bar', x: 'order_id', y: ['amount'] });
    expect(best(columns('customerId INTEGER', 'userKey STRING'))).toMatchObject({ kind: 'table' });
  });

  test('too many values for bars or lines leave the table', () => {
    const rows = repeat(500, (i) => ({ ts: i, order_id: i, amount: i }));
    expect(best(columns('order_id BIGINT', 'amount FLOAT'), rows)).toMatchObject({ kind: 'table' });
  });

  test('without a number there is only the table', () => {
    expect(recommendChart(columns('name STRING', 'tags ARRAY<STRING>')).map(({ kind }) => kind)).toEqual(['table']);
    expect(recommendChart(columns()).map(({ kind }) => kind)).toEqual(['table']);
  });

  test('every answer names existing columns, is ranked, and holds a table', () => {
    const type = fc.constantFrom('STRING', 'FLOAT', 'INTEGER', 'TIMESTAMP', 'BOOLEAN', 'DECIMAL(18,2)', 'MAP<STRING, FLOAT>', 'nonsense');
    const name = fc.constantFrom('ts', 'window_start', 'id', 'price', 'symbol', '__proto__', 'constructor', '');
    const schemas = fc.uniqueArray(fc.record({ name, type }), { selector: (column) => column.name });
    const rows = fc.option(fc.array(fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.constant(null)))), { nil: undefined });
    fc.assert(
      fc.property(schemas, rows, (list, sample) => {
        const charts = recommendChart({ columns: list }, sample);
        const known = new Set<string>(list.map((column) => column.name));
        const named = charts.flatMap((chart) => [
          ...chart.y,
          ...(chart.x === undefined ? [] : [chart.x]),
          ...(chart.series === undefined ? [] : [chart.series]),
        ]);
        expect(named.every((column) => known.has(column))).toBe(true);
        expect(charts.some(({ kind }) => kind === 'table')).toBe(true);
        expect(charts.map(({ score }) => score)).toEqual(charts.map(({ score }) => score).toSorted((a, b) => b - a));
        expect(charts.every(({ x, series }) => x === undefined || x !== series)).toBe(true);
      }),
    );
  });
});
