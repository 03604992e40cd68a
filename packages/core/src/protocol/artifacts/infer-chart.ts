import type { ChartKind, ChartRecommendation } from './chart.ts';

/** What a chart is inferred from: the output columns and the shape of the query. */
export interface ChartQuestion {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isGroupKey: boolean }[];
  readonly hasGroupBy: boolean;
  readonly hasWindow: boolean;
  readonly windowType?: string;
  /** Aggregate function names of the SELECT list, e.g. `['SUM', 'AVG']`. */
  readonly aggregations: readonly string[];
}

const typeWord = (type: string): string => (/^\w+/.exec(type)?.[0] ?? '').toUpperCase();
const isTime = (type: string): boolean => typeWord(type) === 'TIMESTAMP';
const isText = (type: string): boolean => typeWord(type) === 'STRING';
const isExactNumber = (type: string): boolean => ['DECIMAL', 'INTEGER', 'SCALED_INTEGER'].includes(typeWord(type));
const isNumber = (type: string): boolean => isExactNumber(type) || typeWord(type) === 'FLOAT';

/** The chart kind, by the first rule that fits: line, gauge, bar, bar, table. */
export function inferChartKind(q: ChartQuestion): ChartKind {
  if (q.hasWindow && q.columns.some((c) => isTime(c.type))) return 'line';
  if (q.aggregations.length === 1 && !q.hasGroupBy) return 'gauge';
  const counts = q.aggregations.some((name) => /^(COUNT|SUM)/i.test(name));
  if (q.columns.some((c) => c.isGroupKey && isText(c.type)) && counts) return 'bar';
  return q.columns.some((c) => isExactNumber(c.type)) ? 'bar' : 'table';
}

/** Hints of `@viz` annotations; they win over inference. */
export interface ChartHints {
  readonly type?: string;
  readonly title?: string;
  readonly xAxis?: string;
  readonly yAxis?: string;
}

const KINDS: readonly ChartKind[] = ['line', 'area', 'bar', 'pie', 'gauge', 'stat', 'heatmap', 'scatter', 'table'];

/** The kind with its axes: a line has one series per label, a bar a category and values, a gauge a single value. */
export function inferChart(q: ChartQuestion, hints: ChartHints = {}): ChartRecommendation {
  const hinted = KINDS.find((kind) => kind === hints.type?.toLowerCase());
  const kind = hinted ?? inferChartKind(q);
  const numbers = q.columns.filter((c) => isNumber(c.type) && !c.isGroupKey && !isWindowBound(c.name));
  const time = q.columns.find((c) => isTime(c.type));
  const label = q.columns.find((c) => c.isGroupKey && !isTime(c.type)) ?? q.columns.find((c) => isText(c.type));
  const named = (name: string | undefined) => q.columns.find((c) => c.name.toLowerCase() === name?.toLowerCase())?.name;
  const y = [named(hints.yAxis)].filter((n) => n !== undefined);
  const values = y.length > 0 ? y : numbers.slice(0, kind === 'line' || kind === 'area' || kind === 'bar' ? 2 : 1).map((c) => c.name);
  const overTime = kind === 'line' || kind === 'area' || kind === 'heatmap';
  const x =
    kind === 'gauge' || kind === 'stat' || kind === 'table'
      ? undefined
      : (named(hints.xAxis) ?? (overTime ? (time ?? label) : (label ?? time))?.name);
  const series = overTime && label && label.name !== x ? label.name : undefined;
  return {
    kind: values.length === 0 && kind !== 'table' ? 'table' : kind,
    ...(x === undefined ? {} : { x }),
    y: kind === 'table' ? [] : values,
    ...(series === undefined ? {} : { series }),
    ...(hints.title === undefined ? {} : { title: hints.title }),
    score: hinted ? 1 : 0.8,
    reason: reasonFor(kind, hinted !== undefined, { x, values, series }),
  };
}

const isWindowBound = (name: string): boolean => /^window_(start|end)$/i.test(name);

function reasonFor(
  kind: ChartKind,
  hinted: boolean,
  axes: { x: string | undefined; values: readonly string[]; series: string | undefined },
): string {
  if (hinted) return `the query asks for a ${kind} chart`;
  if (kind === 'line') return `${axes.values.join(' and ')} over ${axes.x ?? 'time'}${axes.series ? `, one line per ${axes.series}` : ''}`;
  if (kind === 'gauge') return `one aggregate without groups: ${axes.values[0] ?? 'a single value'}`;
  if (kind === 'bar') return `${axes.values.join(' and ')} by ${axes.x ?? 'row'}`;
  return 'no number to draw';
}
