import type { MetricInfo } from '../protocol/studio/app.ts';
import type { AnnotationCondition } from '../sql/syntax/annotations.ts';
import type { Column, Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import { Op, type RecordBatch } from '../values/record-batch.ts';
import type { Scalar, SqlType } from '../values/types.ts';
import { labelValue } from './exposition.ts';
import type { Labels, Metric, MetricRegistry } from './metric-registry.ts';
import { labelName } from './prometheus-name.ts';
import type { RemoteWriter } from './remote-write.ts';
import { type RowCondition, rowCondition } from './row-context.ts';

/** A metric with what only the running query needs of its annotation. */
export interface RecordedMetric {
  readonly info: MetricInfo;
  readonly condition?: AnnotationCondition;
  /** 0 to 1. */
  readonly sampleRate: number;
}

export interface RecorderOptions {
  readonly registry: MetricRegistry;
  /** Labels of every sample (`job`, `query`), unless the metric has one of the same name. */
  readonly constant: Labels;
  readonly onWarning?: (text: string) => void;
  /** Gets each value with the event time of the record that changed it. */
  readonly push?: Pick<RemoteWriter, 'push'>;
  /** Time of records that have none. */
  readonly now?: () => number;
}

/** Updates the metrics of one query from its output. */
export interface MetricRecorder {
  record(batch: RecordBatch): void;
}

/**
 * Each inserted or updated row of the output updates every metric: counters add their field (or 1), gauges keep the last value,
 * histograms observe it. Sampling is by place in the stream, so that the same rows are taken in every run.
 */
export function createMetricRecorder(
  metrics: readonly RecordedMetric[],
  fields: readonly Field[],
  options: RecorderOptions,
): MetricRecorder {
  const updates = metrics.map((metric) => updateOf(metric, fields, options));
  return {
    record(batch) {
      for (let row = 0; row < batch.length; row++) {
        const op = batch.ops?.[row] ?? Op.insert;
        if (op === Op.delete || op === Op.updateBefore) continue;
        for (const update of updates) update(batch, row);
      }
    },
  };
}

type Update = (batch: RecordBatch, row: number) => void;

function updateOf({ info, condition, sampleRate }: RecordedMetric, fields: readonly Field[], options: RecorderOptions): Update {
  const { registry, constant, onWarning = () => {}, push, now = () => 0 } = options;
  const metric = registry.metric({
    name: info.prometheusName,
    type: info.type,
    help: info.help ?? info.name,
    ...(info.buckets === undefined ? {} : { buckets: info.buckets }),
  });
  const isWanted = conditionOf(condition, info.name, fields, onWarning);
  const labels = labelReader(info.labels, fields, constant);
  const at = info.field === undefined ? -1 : fields.findIndex((field) => field.name === info.field);
  const field = fields[at];
  let seen = 0;
  let warned = false;
  const warn = (text: string): void => {
    if (!warned) onWarning(`metric "${info.name}": ${text}`);
    warned = true;
  };
  if (info.field !== undefined && field === undefined) warn(`the output has no column "${info.field}"`);
  return (batch, row) => {
    if (!isWanted(batch, row)) return;
    if (sampleRate < 1 && !isSampled(seen++, sampleRate)) return;
    const raw = field === undefined ? undefined : scalarAt(batch.columns[at] as Column, row);
    const value = raw == null ? undefined : numberOf(raw, (field as Field).type);
    const own = labels(batch, row);
    apply(metric, info.type, own, { value, hasField: field !== undefined, warn });
    push?.push(info.prometheusName, metric.samples(own), batch.meta.eventTime?.[row] ?? now());
  };
}

interface Given {
  readonly value: number | undefined;
  readonly hasField: boolean;
  warn(text: string): void;
}

function apply(metric: Metric, type: MetricInfo['type'], labels: Labels, { value, hasField, warn }: Given): void {
  if (type === 'counter') {
    if (hasField && value === undefined) return;
    if (!metric.add(labels, value ?? 1) && value !== undefined && value < 0) warn('a counter takes no negative amount');
  } else if (value !== undefined) {
    if (type === 'gauge') metric.set(labels, value);
    else metric.observe(labels, value);
  }
}

/** Evenly spread: of 1000 rows at a rate of 0.25, 250 are taken. */
const isSampled = (index: number, rate: number): boolean => Math.floor((index + 1) * rate) > Math.floor(index * rate);

function conditionOf(
  condition: AnnotationCondition | undefined,
  name: string,
  fields: readonly Field[],
  warn: (text: string) => void,
): RowCondition {
  if (condition === undefined) return () => true;
  const { test, problem } = rowCondition(condition.expression, condition.text, fields);
  if (test !== undefined) return test;
  warn(`metric "${name}": its condition is left out: ${problem}`);
  return () => true;
}

function labelReader(names: readonly string[], fields: readonly Field[], constant: Labels): (batch: RecordBatch, row: number) => Labels {
  const parts = names.map((name) => {
    const [head = '', ...path] = name.split('.');
    const whole = fields.findIndex((field) => field.name === name);
    return {
      label: labelName(name),
      at: whole >= 0 ? whole : fields.findIndex((field) => field.name === head),
      path: whole >= 0 ? [] : path,
    };
  });
  const own = new Set(parts.map((part) => part.label));
  const fixed = Object.entries(constant).filter(([name]) => !own.has(name));
  return (batch, row) => {
    const labels: Record<string, string> = {};
    for (const { label, at, path } of parts) {
      const column = batch.columns[at];
      const value = column === undefined ? undefined : nested(scalarAt(column, row), path);
      labels[label] = labelValue(value);
    }
    for (const [name, value] of fixed) labels[name] = value;
    return labels;
  };
}

function nested(value: Scalar, path: readonly string[]): unknown {
  let at: unknown = value;
  for (const step of path)
    at = at instanceof Map ? at.get(step) : typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return at;
}

/** A value as a number: timestamps in ms, dates in seconds since the epoch; undefined for what has none. */
export function numberOf(value: Scalar, type: SqlType): number | undefined {
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'timestamp':
      return Number(value);
    case 'decimal':
      return Number(value) / 10 ** type.scale;
    case 'date':
      return Number(value) / 1000;
    case 'any':
    case 'json':
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
    default:
      return undefined;
  }
}
