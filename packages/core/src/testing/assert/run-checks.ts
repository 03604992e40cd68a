import { coverageText } from '../coverage/coverage-text.ts';
import { type Check, type CheckContext, fieldOf, type Limit } from './check.ts';
import { holds, numberOf } from './operators.ts';
import { percentileOf } from './statistic-checks.ts';
import { readTimeValue } from './time-value.ts';

const executionTime: Check = (of) => {
  const ms = of.output.executionTimeMs;
  if (ms === undefined) return of.skipped('the run was not timed');
  return of.judge(
    'execution_time',
    ms,
    withNames(
      of,
      [
        ['less_than_or_equal', ['max_ms']],
        ['greater_than_or_equal', ['min_ms']],
      ],
      'value_ms',
    ),
    undefined,
    'ms',
  );
};

/** Limits by their own names besides the usual ones. */
function withNames(
  of: CheckContext,
  names: readonly (readonly [Limit['op'], readonly string[], number?])[],
  ...values: readonly string[]
): Limit[] {
  const own = names.flatMap(([op, keys, factor = 1]): Limit[] => {
    const n = of.number(...keys);
    return n === undefined ? [] : [{ op, expected: n * factor }];
  });
  return [...of.limits(...values), ...own];
}

const MB = 1024 * 1024;

const memoryUsage: Check = (of) => {
  const peak = of.output.memoryPeakBytes;
  if (peak === undefined) return of.skipped('memory is not tracked here');
  const growth = of.number('max_growth_bytes');
  if (growth !== undefined && (of.output.memoryGrowthBytes ?? 0) > growth)
    return of.result(false, `memory_usage of ${of.where}: it grew by ${of.output.memoryGrowthBytes} bytes`, {
      expected: `<= ${growth}`,
      actual: of.output.memoryGrowthBytes,
    });
  const op = of
    .limits('value_mb')
    .map((l) => (of.raw('value_mb') === undefined ? l : { ...l, expected: (numberOf(l.expected) ?? 0) * MB }));
  const max = of.number('max_bytes');
  const maxMb = of.number('max_mb');
  const own: Limit[] = [
    ...(max === undefined ? [] : [{ op: 'less_than_or_equal' as const, expected: max }]),
    ...(maxMb === undefined ? [] : [{ op: 'less_than_or_equal' as const, expected: maxMb * MB }]),
  ];
  return of.judge('memory_usage', peak, [...op, ...own], undefined, ' bytes');
};

const throughput: Check = (of) => {
  const ms = of.output.executionTimeMs;
  if (ms === undefined) return of.skipped('the run was not timed');
  const rate = of.rows.length === 0 ? 0 : ms === 0 ? Number.POSITIVE_INFINITY : (of.rows.length * 1000) / ms;
  const limits = withNames(of, [
    ['greater_than_or_equal', ['min_records_per_second', 'min_rps']],
    ['less_than_or_equal', ['max_records_per_second']],
  ]);
  const expected = of.number('expected_records_per_second');
  if (expected !== undefined) {
    const slack = (expected * (of.number('tolerance_percent') ?? 20)) / 100;
    limits.push({ op: 'between', expected: [expected - slack, expected + slack] });
  }
  return of.judge('throughput', Math.round(rate), limits, undefined, ' records/s');
};

const latency: Check = (of) => {
  const field = of.text('timestamp_field', 'field') ?? 'event_time';
  const at = of.output.capturedAt;
  const least = of.number('min_records') ?? 10;
  const values =
    at === undefined
      ? []
      : of.rows.flatMap((row) => {
          const time = readTimeValue(fieldOf(row, field));
          return time === undefined ? [] : [at - time];
        });
  if (values.length < least) return of.skipped(`insufficient: ${values.length} of ${least} records with "${field}"`);
  const ascending = values.sort((a, b) => a - b);
  const seen = {
    max_latency_ms: ascending.at(-1) as number,
    p99_latency_ms: percentileOf(ascending, 99),
    p95_latency_ms: percentileOf(ascending, 95),
    p50_latency_ms: percentileOf(ascending, 50),
    avg_latency_ms: ascending.reduce((a, b) => a + b, 0) / ascending.length,
  };
  const wrong: string[] = [];
  const wanted: string[] = [];
  for (const [name, value] of Object.entries(seen)) {
    const limit = of.number(name, name.replace('_latency', ''));
    if (limit === undefined) continue;
    wanted.push(`${name} <= ${limit}`);
    if (value > limit) wrong.push(`${name} is ${value}`);
  }
  return of.result(wrong.length === 0, `latency of ${of.where}: ${wrong.length === 0 ? `within ${wanted.join(', ')}` : wrong.join(', ')}`, {
    expected: wanted.join(', '),
    actual: seen,
  });
};

const ALIASES: Readonly<Record<string, string>> = {
  parse: 'deserialization',
  parsing: 'deserialization',
  deserialisation: 'deserialization',
  schema: 'schema_validation',
  type: 'type_conversion',
  cast: 'type_conversion',
  null: 'null_value',
  nullable: 'null_value',
  sql: 'sql_execution',
  query: 'sql_execution',
  connection: 'network',
};

function countErrors(of: CheckContext): number {
  const wanted = of.texts('error_types', 'error_type')?.map((t) => ALIASES[t.toLowerCase()] ?? t.toLowerCase());
  if (wanted === undefined) return of.output.errorCount ?? of.output.errors?.length ?? 0;
  return (of.output.errors ?? []).filter((e) => wanted.includes(e.errorType)).length;
}

const dlqCount: Check = (of) => {
  const limits = withNames(of, [['less_than_or_equal', ['max_errors']]]);
  const topic = of.text('topic') ?? `${of.output.topic ?? of.output.sinkName ?? of.output.queryName ?? 'output'}-dlq`;
  const samples = (of.output.errors ?? []).slice(0, 5).map((e) => e.message);
  return of.judge(`dlq_count ('${topic}')`, countErrors(of), limits, samples.length > 0 ? { sample_errors: samples } : undefined);
};

const errorRate: Check = (of) => {
  const total = Object.values(of.output.inputs ?? {}).reduce((n, rows) => n + rows.length, 0);
  const least = of.number('min_records') ?? 10;
  if (total < least) return of.skipped(`${total} of ${least} records`);
  const rate = countErrors(of) / total;
  const limits = withNames(of, [
    ['less_than_or_equal', ['max_rate']],
    ['less_than_or_equal', ['max_percent'], 0.01],
  ]);
  return of.judge('error_rate', rate, limits, { errors: countErrors(of), records: total });
};

const TIME_FIELDS = ['event_time', 'timestamp', 'created_at', 'updated_at', '_timestamp'];

const tableFreshness: Check = (of) => {
  const table = of.text('table') ?? of.output.queryName ?? '';
  const rows = of.output.outputs?.[table] ?? of.output.final ?? of.rows;
  const least = of.number('min_records') ?? 0;
  if (rows.length < least)
    return of.result(false, `${of.type} of "${table}": ${rows.length} of ${least} records`, {
      expected: `>= ${least} records`,
      actual: rows.length,
    });
  const names = of.text('timestamp_field', 'field') === undefined ? TIME_FIELDS : [of.require('timestamp_field', 'field')];
  let latest: number | undefined;
  for (const row of rows)
    for (const name of names) {
      const time = readTimeValue(fieldOf(row, name));
      if (time !== undefined && (latest === undefined || time > latest)) latest = time;
    }
  if (latest === undefined || of.output.capturedAt === undefined) {
    of.warnings.push(`none of ${names.join(', ')} holds a time`);
    return of.skipped(`none of ${names.join(', ')} holds a time`);
  }
  const age = of.output.capturedAt - latest;
  return of.judge(`age of "${table}"`, age, withNames(of, [['less_than_or_equal', ['max_age_ms', 'max_lag_ms']]]), undefined, 'ms');
};

const lateDropped: Check = (of) =>
  of.judge('late_dropped', of.output.queryMetrics?.rowsLate ?? 0, withNames(of, [['less_than_or_equal', ['max', 'max_rows']]], 'value'));

const planCoverage: Check = (of) => {
  const coverage = of.output.coverage;
  if (!coverage) return of.skipped('coverage was not measured');
  const least = of.number('min', 'min_ratio', 'min_coverage') ?? 0.9;
  return of.result(holds('greater_than_or_equal', coverage.ratio, least, 0), `plan_coverage of ${of.where} is ${coverageText(coverage)}`, {
    expected: `>= ${(least * 100).toFixed(0)}%`,
    actual: `${(coverage.ratio * 100).toFixed(1)}%`,
    ...(coverage.missing.length > 0 ? { details: { missing: coverage.missing.map((m) => m.text) } } : {}),
  });
};

export const RUN_CHECKS: Readonly<Record<string, Check>> = {
  execution_time: executionTime,
  memory_usage: memoryUsage,
  throughput,
  latency,
  latency_check: latency,
  dlq_count: dlqCount,
  error_rate: errorRate,
  table_freshness: tableFreshness,
  freshness: tableFreshness,
  late_dropped: lateDropped,
  plan_coverage: planCoverage,
};
