import { stringify } from 'yaml';
import type { AlertInfo, MetricInfo } from '../protocol/studio/app.ts';
import { parseExpression } from '../sql/syntax/index.ts';
import { alertRuleName } from './alert-name.ts';
import { labelsText } from './exposition.ts';
import { measures, type QueryShape } from './metric-shape.ts';
import { labelName, promDuration } from './prometheus-name.ts';
import { type ColumnValues, solveCondition } from './solve-condition.ts';

/** An alert with the query that it belongs to. */
export interface AlertCase {
  readonly info: AlertInfo;
  readonly shape: QueryShape;
}

export interface PromtoolTests {
  /** What `promtool test rules` reads. */
  readonly yaml: string;
  readonly tests: number;
  /** Alerts for which no values could be found. */
  readonly leftOut: readonly string[];
}

/**
 * Unit tests of alert rules: each alert is shown series that fulfil its condition for longer than its `for`, and fires; and series that do
 * not, and stays quiet. The values are found from the condition itself.
 */
export function promtoolTests(cases: readonly AlertCase[], ruleFile: string): PromtoolTests {
  const leftOut: string[] = [];
  const tests = cases.flatMap(({ info, shape }) => {
    if (info.promql === undefined) return [];
    const { expression } = parseExpression(info.condition);
    const nonNegative = new Set(shape.metrics.filter((m) => m.type !== 'gauge').map((m) => m.field ?? m.name));
    const [fires, quiet] = [solveCondition(expression, true, nonNegative), solveCondition(expression, false, nonNegative)];
    if (fires === undefined || quiet === undefined) {
      leftOut.push(info.name);
      return [];
    }
    return [testOf(info, shape, fires, 1), testOf(info, shape, quiet, 0)];
  });
  const yaml = stringify({ rule_files: [ruleFile], evaluation_interval: '15s', tests }, { lineWidth: 0 });
  return { yaml, tests: tests.length, leftOut };
}

function testOf(info: AlertInfo, shape: QueryShape, values: ColumnValues, firing: 0 | 1) {
  const window = shape.windowMs ?? 300_000;
  const step = Math.max(1000, Math.min(60_000, Math.floor(window / 8000) * 1000));
  const until = Math.ceil((Math.max(2 * window, 900_000) + info.forMs + 60_000) / step) * step;
  const steps = Math.ceil(until / step) + 4;
  const series = [...values].flatMap(([column, value]) => {
    if (typeof value === 'string') return [];
    const metric = metricFor(shape, column);
    return metric === undefined ? [] : seriesOf(metric, { value, values, window, step, steps });
  });
  const alertname = alertRuleName(info.name);
  const query = `count(ALERTS{alertname=${JSON.stringify(alertname)},alertstate="firing"})`;
  return {
    name: `${alertname} ${firing === 1 ? 'fires' : 'stays quiet'}`,
    interval: promDuration(step),
    input_series: series,
    promql_expr_test: [{ expr: query, eval_time: promDuration(until), exp_samples: firing === 1 ? [{ labels: '{}', value: 1 }] : [] }],
  };
}

function metricFor(shape: QueryShape, column: string): MetricInfo | undefined {
  const found = shape.metrics.filter((metric) => measures(metric, column));
  return found.find((m) => m.type === 'gauge') ?? found.find((m) => m.type === 'counter') ?? found[0];
}

interface Shown {
  readonly value: number;
  readonly values: ColumnValues;
  readonly window: number;
  readonly step: number;
  readonly steps: number;
}

function seriesOf(metric: MetricInfo, { value, values, window, step, steps }: Shown): { series: string; values: string }[] {
  const labels = Object.fromEntries(metric.labels.map((label) => [labelName(label), String(values.get(label) ?? 'a')]));
  const at = (suffix: string, more: Readonly<Record<string, string>>, text: string) => ({
    series: `${metric.prometheusName}${suffix}${labelsText({ ...labels, ...more })}`,
    values: text,
  });
  if (metric.type === 'gauge') return [at('', {}, `${value}+0x${steps}`)];
  // The increase over the window is the value, with a margin for what Prometheus extrapolates at its edges.
  const perStep = value === 0 ? 0 : (value * step) / window;
  if (metric.type === 'counter') return [at('', {}, `0+${perStep}x${steps}`)];
  // All observations lie in the one bucket around the value.
  const bounds = [value * 0.9, value * 1.1].map((bound) => (bound <= 0 ? bound + 1 : bound));
  return [
    at('_bucket', { le: String(bounds[0]) }, `0+0x${steps}`),
    at('_bucket', { le: String(bounds[1]) }, `0+10x${steps}`),
    at('_bucket', { le: '+Inf' }, `0+10x${steps}`),
  ];
}
