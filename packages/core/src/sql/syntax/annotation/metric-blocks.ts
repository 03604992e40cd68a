import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { MetricAnnotation } from '../annotations.ts';
import { readCondition } from './condition.ts';
import type { Entry } from './entries.ts';

type Draft = { -readonly [K in keyof MetricAnnotation]: MetricAnnotation[K] };

const TYPES: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram']);

/** Reads `@metric` blocks (§9.3): a block runs to the next `@metric` of the same statement. A block with a bad name or type gives no metric. */
export function readMetrics(
  entries: readonly Entry[],
  strict: boolean,
  report: (problem: Problem, entry: Entry) => void,
): MetricAnnotation[] {
  const metrics: Draft[] = [];
  let current: Draft | undefined;
  let broken = false;
  for (const entry of entries) {
    if (entry.name === 'metric') {
      current = openMetric(entry, (p) => report(p, entry));
      broken = current === undefined;
      if (current) metrics.push(current);
      continue;
    }
    if (current && current.statement === entry.statement) addLine(current, entry, (p) => report(p, entry));
    else if (entry.name === 'metric_type' && !broken) {
      report(syntaxProblem('VS1052', entry.span, { annotation: entry.name, opener: 'metric' }), entry);
    }
  }
  if (strict) for (const metric of metrics) requireField(metric, report, entries);
  return metrics;
}

function openMetric(entry: Entry, report: (problem: Problem) => void): Draft | undefined {
  const short = /^([^()]*)\(([^()]*)\)$/.exec(entry.value);
  const name = (short ? (short[1] as string) : entry.value).trim();
  const bad = name === '' ? undefined : [...name].find((c, i) => !(i === 0 ? /[\p{L}_:]/u : /[\p{L}\p{Nd}_:]/u).test(c));
  if (name === '' || bad !== undefined) {
    const problem = bad === undefined ? 'metric has no name' : `metric name "${name}" has the character "${bad}"`;
    report(syntaxProblem('VS1050', entry.span, { name, problem }));
    return undefined;
  }
  const { span, statement } = entry;
  return { name, type: 'counter', labels: short ? list(short[2] as string) : [], sampleRate: 1, statement, span };
}

function addLine(metric: Draft, entry: Entry, report: (problem: Problem) => void): void {
  const { name, value, valueSpan } = entry;
  const wrong = (expected: string): void => report(syntaxProblem('VS1055', valueSpan, { annotation: name, value, expected }));
  switch (name) {
    case 'metric_type': {
      const type = value.toLowerCase();
      if (TYPES.has(type)) metric.type = type as MetricAnnotation['type'];
      else report(syntaxProblem('VS1051', valueSpan, { type: value }));
      return;
    }
    case 'metric_help':
      metric.help = value;
      return;
    case 'metric_labels':
      metric.labels = list(value);
      return;
    case 'metric_field':
      if (value !== '') metric.field = value;
      return;
    case 'metric_condition': {
      const condition = readCondition(entry, report);
      if (condition) metric.condition = condition;
      return;
    }
    case 'metric_sample_rate': {
      const rate = Number(value);
      if (value !== '' && rate >= 0 && rate <= 1) metric.sampleRate = rate;
      else wrong('a number from 0 to 1');
      return;
    }
    case 'metric_buckets': {
      const buckets = list(value.replace(/^\[(.*)\]$/, '$1')).map(Number);
      const rising = buckets.every((b, i) => b > (i === 0 ? 0 : (buckets[i - 1] as number)) && Number.isFinite(b));
      if (buckets.length > 0 && rising) metric.buckets = buckets;
      else wrong('a list of rising numbers greater than zero, e.g. [0.1, 0.5, 1]');
      return;
    }
    default:
  }
}

function requireField(metric: MetricAnnotation, report: (problem: Problem, entry: Entry) => void, entries: readonly Entry[]): void {
  const entry = entries.find((e) => e.span.start === metric.span.start);
  if (metric.type === 'counter' || metric.field !== undefined || !entry) return;
  report(syntaxProblem('VS1053', metric.span, { metric: metric.name, type: metric.type }), entry);
}

/** Entries of a comma list; empty ones are dropped. */
export const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
