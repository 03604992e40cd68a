import { createMetricRecorder } from '../../observability/metric-recorder.ts';
import { createMetricRegistry } from '../../observability/metric-registry.ts';
import { rowCondition } from '../../observability/row-context.ts';
import type { Row } from '../../protocol/query.ts';
import type { TestReport } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { makeRowReader } from '../../runtime/row-reader.ts';
import { metricField } from '../../sql/bind/check-annotations.ts';
import { extractAnnotations } from '../../sql/syntax/annotation/extract-annotations.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { parseTypeText } from '../../values/type-text.ts';
import { ANY } from '../../values/types.ts';
import type { MetricSample } from '../assert/captured-output.ts';

interface OutputRows {
  readonly rows: readonly Row[];
  readonly schema: TableSchema;
}

const fieldsOf = ({ columns }: TableSchema): Field[] =>
  columns.map((c) => ({ name: c.name, type: parseTypeText(c.type) ?? ANY, nullable: true }));

/** The output in columns, as the runtime's own metrics read it. Also says which row each place of the batch is. */
function batchOf({ rows }: OutputRows, fields: readonly Field[]): { batch: RecordBatch; rowAt: (place: number) => Row } {
  const batch = makeRowReader(fields, { recordError: () => {} })(rows, 0, rows.length);
  const kept = batch.length === rows.length ? null : batch.meta.offset;
  return { batch, rowAt: (place) => rows[kept ? (kept[place] as number) : place] as Row };
}

/** Series of the `@metric` annotations of one statement over its output rows, as a scrape at the end of the run would see them. */
export function metricSamples(sql: string, statement: number, output: OutputRows): MetricSample[] {
  const own = extractAnnotations(sql).metrics.filter((m) => m.statement === statement);
  if (own.length === 0) return [];
  const fields = fieldsOf(output.schema);
  const registry = createMetricRegistry();
  const recorded = own.flatMap((metric) => {
    const field = metric.field ?? (metric.type === 'counter' ? undefined : metricField(metric, fields));
    if (field === undefined && metric.type !== 'counter') return [];
    const info = {
      name: metric.name,
      prometheusName: metric.name,
      type: metric.type,
      labels: metric.labels,
      ...(field === undefined ? {} : { field }),
      ...(metric.buckets ? { buckets: metric.buckets } : {}),
    };
    return [{ info, ...(metric.condition ? { condition: metric.condition } : {}), sampleRate: metric.sampleRate }];
  });
  createMetricRecorder(recorded, fields, { registry, constant: {} }).record(batchOf(output, fields).batch);
  return registry.families().flatMap(({ name, type, samples }): MetricSample[] => {
    if (type !== 'histogram') return samples.map(({ labels, value }) => ({ name, type, labels, value, count: value }));
    const counts = samples.filter((s) => s.suffix === '_count');
    const sums = samples.filter((s) => s.suffix === '_sum');
    return counts.map(({ labels, value }, i) => ({ name, type, labels, value: sums[i]?.value ?? 0, count: value }));
  });
}

/** How often each `@alert` of a statement would have fired on its output rows. */
export function alertOutcomes(sql: string, statement: number, output: OutputRows): NonNullable<TestReport['alerts']> {
  const own = extractAnnotations(sql).alerts.filter((a) => a.statement === statement);
  if (own.length === 0) return [];
  const fields = fieldsOf(output.schema);
  const { batch, rowAt } = batchOf(output, fields);
  return own.map((alert, i) => {
    const { test } = rowCondition(alert.condition.expression, alert.condition.text, fields);
    const fired: Row[] = [];
    if (test) for (let place = 0; place < batch.length; place++) if (test(batch, place)) fired.push(rowAt(place));
    return { name: alert.name ?? `alert_${i + 1}`, condition: alert.condition.text, fired: fired.length, samples: fired.slice(0, 5) };
  });
}
