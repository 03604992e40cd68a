import type { ChartKind, ChartRecommendation } from '@velostream/core/protocol';
import type { LiveColumn } from '../../query/live-query.ts';
import { isTimeColumn as isTime } from '../../query-results/cell-text.ts';

const isNumber = ({ type }: LiveColumn): boolean => /^(INTEGER|FLOAT|DECIMAL|SCALED_INTEGER|BIGINT|DOUBLE|INT)\b/i.test(type);

const valuesOf = (columns: readonly LiveColumn[]): readonly LiveColumn[] => columns.filter((column) => isNumber(column) && !isTime(column));
const labelOf = (columns: readonly LiveColumn[]): LiveColumn | undefined => columns.find((column) => !isTime(column) && !isNumber(column));

/** Charts that these columns can be drawn as; none without a number. */
export function kindsFor(columns: readonly LiveColumn[]): readonly Exclude<ChartKind, 'table'>[] {
  const values = valuesOf(columns);
  if (values.length === 0) return [];
  const hasTime = columns.some(isTime);
  const hasLabel = labelOf(columns) !== undefined;
  return [
    ...(hasTime ? (['line', 'area'] as const) : []),
    ...(hasLabel || hasTime ? (['bar'] as const) : []),
    ...(hasLabel ? (['pie'] as const) : []),
    ...(hasTime && hasLabel ? (['heatmap'] as const) : []),
    ...(values.length > 1 || hasTime ? (['scatter'] as const) : []),
    'stat',
    'gauge',
  ];
}

/** The chart of a kind: the recommended one where it fits, else its axes by the types of the columns. `null` where it cannot be drawn. */
export function chartFor(
  kind: ChartKind,
  columns: readonly LiveColumn[],
  recommended: ChartRecommendation | undefined,
): ChartRecommendation | null {
  const values = valuesOf(columns).map(({ name }) => name);
  if (values.length === 0) return null;
  const known = (name: string | undefined) => name !== undefined && columns.some((column) => column.name === name);
  if (recommended?.kind === kind && recommended.y.every(known) && (recommended.x === undefined || known(recommended.x))) return recommended;
  const y = recommended && recommended.y.length > 0 && recommended.y.every(known) ? recommended.y : values.slice(0, 1);
  const time = columns.find(isTime)?.name;
  const label = labelOf(columns)?.name;
  const base = { kind, y, score: 1, reason: `chosen as ${kind}`, ...(recommended?.title !== undefined && { title: recommended.title }) };
  switch (kind) {
    case 'line':
    case 'area':
    case 'heatmap':
      return { ...base, ...withX(time ?? label), ...(label !== undefined && time !== undefined && { series: label }) };
    case 'bar':
    case 'pie':
      return { ...base, ...withX(label ?? time) };
    case 'scatter': {
      const x = values.length > 1 ? (values.find((name) => !y.includes(name)) ?? values[0]) : time;
      return {
        ...base,
        y: values.length > 1 ? values.filter((name) => name !== x).slice(0, 1) : y,
        ...withX(x),
        ...(label !== undefined && { series: label }),
      };
    }
    default:
      return base;
  }
}

const withX = (x: string | undefined): { readonly x?: string } => (x === undefined ? {} : { x });
