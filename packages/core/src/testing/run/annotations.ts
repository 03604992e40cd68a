import { createEngine } from '../../engine/create-engine.ts';
import type { Row } from '../../protocol/query.ts';
import type { TestReport } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { extractAnnotations } from '../../sql/syntax/annotation/extract-annotations.ts';
import type { MetricAnnotation } from '../../sql/syntax/annotations.ts';
import type { MetricSample } from '../assert/captured-output.ts';
import { fieldOf } from '../assert/check.ts';
import { numberOf } from '../assert/operators.ts';

/** Label combinations of one metric; further ones are dropped, as the runtime does. */
const SERIES_MAX = 100;
const LABEL_MAX = 1024;

interface OutputRows {
  readonly rows: readonly Row[];
  readonly schema: TableSchema;
}

/** Rows of an output that a condition holds for. */
async function rowsWhere(condition: string, { rows, schema }: OutputRows): Promise<Row[]> {
  const engine = createEngine({ sources: { output: { rows, schema: { columns: schema.columns } } } });
  try {
    return await engine.run(`SELECT * FROM output WHERE ${condition}`).rows();
  } finally {
    await engine.close();
  }
}

/** Series of the `@metric` annotations of one statement over its output rows, as a scrape at the end of the run would see them. */
export async function metricSamples(sql: string, statement: number, output: OutputRows): Promise<MetricSample[]> {
  const own = extractAnnotations(sql).metrics.filter((m) => m.statement === statement);
  const samples: MetricSample[] = [];
  for (const metric of own) {
    const rows = metric.condition ? await rowsWhere(metric.condition.text, output).catch(() => output.rows) : output.rows;
    samples.push(...seriesOf(metric, rows, output.schema));
  }
  return samples;
}

function seriesOf(metric: MetricAnnotation, rows: readonly Row[], schema: TableSchema): MetricSample[] {
  const field = metric.field ?? (metric.type === 'counter' ? undefined : inferField(metric, schema));
  if (field === undefined && metric.type !== 'counter') return [];
  const series = new Map<string, { labels: Record<string, string>; value: number; count: number }>();
  for (const row of rows) {
    const labels = Object.fromEntries(metric.labels.map((l) => [l.replaceAll('.', '_'), labelText(fieldOf(row, l))]));
    const key = JSON.stringify(labels);
    const value = field === undefined ? 1 : numberOf(fieldOf(row, field));
    if (metric.type === 'gauge' && value === undefined) continue;
    const known = series.get(key);
    if (!known && series.size >= SERIES_MAX) continue;
    const one = known ?? { labels, value: 0, count: 0 };
    series.set(key, one);
    one.count++;
    // A counter never goes down; a field that is missing counts one.
    if (metric.type === 'counter') one.value += value === undefined ? 1 : Math.max(0, value);
    else if (metric.type === 'gauge') one.value = value as number;
    else one.value += value ?? 0;
  }
  return [...series.values()].map((s) => ({ name: metric.name, type: metric.type, ...s }));
}

function labelText(value: unknown): string {
  if (value === undefined || value === null) return 'unknown';
  const text = Array.from(String(value), (c) => (c < ' ' ? ' ' : c)).join('');
  return text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX)}...` : text;
}

/** The column that a gauge without a field means: its own name, one contained in it, or the only number. */
function inferField(metric: MetricAnnotation, { columns }: TableSchema): string | undefined {
  const numeric = columns.filter((c) => /INT|FLOAT|DECIMAL|DOUBLE|TIMESTAMP/i.test(c.type) && !metric.labels.includes(c.name));
  const same = numeric.find((c) => c.name === metric.name);
  const contained = numeric.filter((c) => metric.name.includes(c.name)).sort((a, b) => b.name.length - a.name.length)[0];
  return (same ?? contained ?? (numeric.length === 1 ? numeric[0] : undefined))?.name;
}

/** How often each `@alert` of a statement would have fired on its output rows. */
export async function alertOutcomes(sql: string, statement: number, output: OutputRows): Promise<NonNullable<TestReport['alerts']>> {
  const own = extractAnnotations(sql).alerts.filter((a) => a.statement === statement);
  return Promise.all(
    own.map(async (alert, i) => {
      const rows = await rowsWhere(alert.condition.text, output).catch(() => []);
      return { name: alert.name ?? `alert_${i + 1}`, condition: alert.condition.text, fired: rows.length, samples: rows.slice(0, 5) };
    }),
  );
}
