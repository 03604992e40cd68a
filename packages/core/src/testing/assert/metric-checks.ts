import type { MetricSample } from './captured-output.ts';
import type { Check, CheckContext } from './check.ts';
import { holds, numberOf } from './operators.ts';

/** Names on the wire may carry the prefix of the product and the suffix of counters. */
const bare = (name: string): string => name.replace(/^velostream_/, '').replace(/_total$/, '');

function samplesOf(of: CheckContext): { name: string; found: MetricSample[] } {
  const name = of.require('name', 'metric');
  const labels = Object.entries(of.subMap('labels') ?? {});
  const all = (of.output.metrics ?? []).filter((m) => m.name === name || bare(m.name) === bare(name));
  return { name, found: all.filter((m) => labels.every(([k, v]) => m.labels[k] === String(v))) };
}

const notFound = (of: CheckContext, name: string) =>
  of.result(false, `${of.type}: there is no metric "${name}"${of.subMap('labels') ? ' with these labels' : ''}`, {
    expected: name,
    actual: [...new Set((of.output.metrics ?? []).map((m) => m.name))],
  });

const metricExists: Check = (of) => {
  const { name, found } = samplesOf(of);
  const [first] = found;
  if (!first) return notFound(of, name);
  const type = of.text('metric_type', 'expected_type')?.toLowerCase();
  return of.result(type === undefined || first.type === type, `metric_exists: "${name}" is a ${first.type} with ${found.length} series`, {
    expected: type ?? 'any type',
    actual: first.type,
  });
};

function judged(of: CheckContext, name: string, value: number) {
  const limits = of.limits('value');
  const lonely = of.number('value');
  const all = limits.length === 0 ? [{ op: 'greater_than' as const, expected: lonely ?? 0 }] : limits;
  const tolerance = of.number('tolerance');
  const result = of.judge(`${of.type} "${name}"`, value, all);
  if (tolerance === undefined || result.passed) return result;
  const near = all.every((l) =>
    l.op === 'equals' ? Math.abs(value - (numberOf(l.expected) ?? Number.NaN)) <= tolerance : holds(l.op, value, l.expected),
  );
  return near ? of.result(true, result.message, { expected: result.expected, actual: value }) : result;
}

const metricCounter: Check = (of) => {
  const { name, found } = samplesOf(of);
  return found.length === 0
    ? notFound(of, name)
    : judged(
        of,
        name,
        found.reduce((total, m) => total + m.value, 0),
      );
};

const metricGauge: Check = (of) => {
  const { name, found } = samplesOf(of);
  if (found.length === 0) return notFound(of, name);
  const results = found.map((m) => judged(of, name, m.value));
  return results.find((r) => r.passed) ?? (results.at(-1) as (typeof results)[number]);
};

const metricHistogram: Check = (of) => {
  const { name, found } = samplesOf(of);
  return found.length === 0
    ? notFound(of, name)
    : judged(
        of,
        name,
        found.reduce((total, m) => total + m.count, 0),
      );
};

export const METRIC_CHECKS: Readonly<Record<string, Check>> = {
  metric_exists: metricExists,
  metric_counter: metricCounter,
  metric_gauge: metricGauge,
  metric_histogram: metricHistogram,
};
