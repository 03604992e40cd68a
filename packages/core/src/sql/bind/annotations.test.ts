import { describe, expect, test } from 'vitest';
import type { Field } from '../../values/column.ts';
import { BOOLEAN, FLOAT, INTEGER, STRING } from '../../values/types.ts';
import type { AnnotationCondition, MetricAnnotation, SqlAnnotations } from '../syntax/annotations.ts';
import { parseExpression } from '../syntax/index.ts';
import { checkAnnotations, metricField } from './check-annotations.ts';

const FIELDS: readonly Field[] = [
  { name: 'symbol', type: STRING, nullable: true },
  { name: 'avg_price', type: FLOAT, nullable: true },
  { name: 'volume', type: INTEGER, nullable: true },
  { name: 'live', type: BOOLEAN, nullable: true },
];

const condition = (text: string): AnnotationCondition => ({
  text,
  span: { start: 1, end: 5 },
  expression: parseExpression(text).expression,
});
const metric = (m: Partial<MetricAnnotation>): MetricAnnotation => ({
  name: 'm',
  type: 'counter',
  labels: [],
  sampleRate: 1,
  statement: 0,
  span: { start: 0, end: 9 },
  ...m,
});

function check(annotations: Partial<SqlAnnotations>, fields: readonly Field[] | undefined = FIELDS): string[] {
  const problems = checkAnnotations({ metrics: [], alerts: [], vizHints: [], ...annotations }, () => fields, { sql: '', catalog: null });
  return problems.map((p) => `${p.severity} ${p.code} ${p.statement}`);
}

describe('metrics', () => {
  test.each<[string, Partial<MetricAnnotation>, string[]]>([
    ['columns of the output', { labels: ['symbol'], field: 'volume' }, []],
    ['a label that is no column', { labels: ['symbol', 'regoin'] }, ['warning VS2130 0']],
    ['a dotted label of a column', { labels: ['symbol.a'] }, []],
    ['a field that is no column', { field: 'volum' }, ['warning VS2130 0']],
    ['a field that is no number', { field: 'live' }, ['warning VS2133 0']],
    ['a gauge whose field is inferred', { type: 'gauge', name: 'volume' }, []],
    ['a gauge that fits no column', { type: 'gauge', name: 'nothing' }, ['warning VS2131 0']],
    ['a condition', { condition: condition('volume > 5 AND live') }, []],
    ['a condition over an unknown column', { condition: condition('volum > 5') }, ['error VS2004 0']],
    ['a condition with an aggregate', { condition: condition('SUM(volume) > 5') }, ['error VS2047 0']],
  ])('%s', (_, m, problems) => {
    expect(check({ metrics: [metric(m)] })).toEqual(problems);
  });

  test('one name has one type', () => {
    expect(
      check({
        metrics: [metric({ name: 'a' }), metric({ name: 'a', type: 'gauge', field: 'volume', span: { start: 20, end: 29 }, statement: 1 })],
      }),
    ).toEqual(['error VS2132 1']);
  });

  test('nothing is checked where the output is not known', () => {
    expect(
      checkAnnotations({ metrics: [metric({ labels: ['x'] })], alerts: [], vizHints: [] }, () => undefined, { sql: '', catalog: null }),
    ).toEqual([]);
  });

  test('the field of a gauge is its namesake, the longest name within its name, or the only number', () => {
    const infer = (name: string, fields = FIELDS): string | undefined => metricField({ name, labels: ['symbol'] }, fields);
    expect(infer('volume')).toBe('volume');
    expect(infer('avg_price_per_symbol')).toBe('avg_price');
    expect(infer('nothing')).toBeUndefined();
    expect(infer('nothing', FIELDS.slice(0, 2))).toBe('avg_price');
    expect(metricField({ name: 'x', labels: [], field: 'given' }, FIELDS)).toBe('given');
  });
});

describe('alerts and charts', () => {
  test('a condition that does not stand in one piece is marked as a whole', () => {
    const alert = {
      condition: { ...condition('volum > 5'), span: { start: 7, end: 30 } },
      severity: 'info',
      forMs: 0,
      statement: 0,
      span: { start: 0, end: 1 },
    } as const;
    const annotations = { metrics: [], alerts: [alert], vizHints: [] };
    expect(checkAnnotations(annotations, () => FIELDS, { sql: '', catalog: null })[0]?.span).toEqual({ start: 7, end: 30 });
  });

  test('their columns must be in the output', () => {
    const alert = { condition: condition('volum > 5'), severity: 'warning', forMs: 0, statement: 0, span: { start: 0, end: 1 } } as const;
    expect(check({ alerts: [alert] })).toEqual(['error VS2004 0']);
    const viz = { type: 'line', xAxis: 'symbol', yAxis: 'volum', statement: 0, span: { start: 0, end: 1 } };
    expect(check({ vizHints: [viz] })).toEqual(['warning VS2130 0']);
  });
});
