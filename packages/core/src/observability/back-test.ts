import type { Row } from '../protocol/query.ts';
import type { AlertInfo } from '../protocol/studio/app.ts';
import type { Expression } from '../sql/ast/index.ts';
import { parseExpression } from '../sql/syntax/index.ts';
import { evaluateCondition } from './solve-condition.ts';

export interface BackTestOptions {
  /** Output columns that tell one alert from another: the group keys. */
  readonly labels?: readonly string[];
  /** Column with the time of a row, ms; without it rows are a second apart. */
  readonly time?: string;
  /** Column that says what really happened: TRUE, a name or a number other than 0 marks an incident. */
  readonly truth?: string;
  /** Share of rows that may alert when nothing says what happened; 0.01 by default. */
  readonly wantedShare?: number;
}

export interface BackTest {
  readonly rows: number;
  /** Times that the alert began to fire. */
  readonly fires: number;
  readonly firingRows: number;
  /** Share of firing rows that were incidents; absent without `truth`, or when it never fired. */
  readonly precision?: number;
  /** Share of incidents that fired; absent without `truth`, or without incidents. */
  readonly recall?: number;
  /** A better number for the one that the condition compares with, with the reason; absent where the condition has several. */
  readonly suggestion?: {
    readonly threshold: number;
    readonly fires: number;
    readonly precision?: number;
    readonly recall?: number;
    readonly reason: string;
  };
  readonly samples: readonly Row[];
}

const SAMPLES_MAX = 10;
const CANDIDATES_MAX = 60;

/**
 * What an alert would have done over recorded or generated output: how often it fires, how right it is against known incidents, and which
 * threshold would have been better.
 *
 * @example backTestAlert({ name: 'spike', condition: 'volume > 1000', … }, rows, { labels: ['symbol'], time: 'at', truth: 'anomaly' })
 */
export function backTestAlert(
  alert: Pick<AlertInfo, 'condition' | 'forMs'>,
  rows: readonly Row[],
  options: BackTestOptions = {},
): BackTest {
  const { expression } = parseExpression(alert.condition);
  const now = outcomes(expression, alert.forMs, rows, options);
  const suggestion = suggest(expression, alert.forMs, rows, options, now);
  return {
    rows: rows.length,
    ...figures(now),
    samples: now.firing.slice(0, SAMPLES_MAX),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

interface Outcome {
  readonly fires: number;
  readonly firing: readonly Row[];
  readonly hits: number;
  readonly incidents: number;
  readonly hasTruth: boolean;
}

function outcomes(expression: Expression, forMs: number, rows: readonly Row[], options: BackTestOptions): Outcome {
  const { labels = [], time, truth } = options;
  const since = new Map<string, { at: number; firing: boolean }>();
  const firing: Row[] = [];
  let fires = 0;
  let hits = 0;
  let incidents = 0;
  for (const [i, row] of rows.entries()) {
    const isIncident = truth !== undefined && isTrue(row[truth]);
    if (isIncident) incidents++;
    const key = labels.map((label) => String(row[label])).join('\u0001');
    if (evaluateCondition(expression, valuesOf(row)) !== true) {
      since.delete(key);
      continue;
    }
    const at = time === undefined ? i * 1000 : Number(row[time]);
    const state = since.get(key) ?? { at, firing: false };
    since.set(key, state);
    if (at - state.at < forMs) continue;
    if (!state.firing) fires++;
    state.firing = true;
    firing.push(row);
    if (isIncident) hits++;
  }
  return { fires, firing, hits, incidents, hasTruth: truth !== undefined };
}

const isTrue = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && value !== 0 && value !== '' && value !== 'false';

function valuesOf(row: Row): ReadonlyMap<string, number | string> {
  const values = new Map<string, number | string>();
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'number') values.set(name, value);
    else if (typeof value === 'bigint') values.set(name, Number(value));
    else if (typeof value === 'string') values.set(name, /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);
  }
  return values;
}

function figures({ fires, firing, hits, incidents, hasTruth }: Outcome) {
  return {
    fires,
    firingRows: firing.length,
    ...(hasTruth && firing.length > 0 ? { precision: hits / firing.length } : {}),
    ...(hasTruth && incidents > 0 ? { recall: hits / incidents } : {}),
  };
}

/** Balance of precision and recall. */
const f1 = ({ firing, hits, incidents }: Outcome): number =>
  firing.length + incidents === 0 ? 0 : (2 * hits) / (firing.length + incidents);

function suggest(
  expression: Expression,
  forMs: number,
  rows: readonly Row[],
  options: BackTestOptions,
  now: Outcome,
): BackTest['suggestion'] {
  const place = thresholdOf(expression);
  if (place === undefined || rows.length < 20) return undefined;
  const values = rows.flatMap((row) => Number(valuesOf(row).get(place.column) ?? Number.NaN)).filter(Number.isFinite);
  if (values.length < 20) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  if (!now.hasTruth) {
    const share = options.wantedShare ?? 0.01;
    const at = place.above ? Math.ceil((1 - share) * sorted.length) - 1 : Math.floor(share * sorted.length);
    const threshold = sorted[Math.min(sorted.length - 1, Math.max(0, at))] as number;
    const then = outcomes(place.with(threshold), forMs, rows, options);
    return { threshold, fires: then.fires, reason: `${Math.round(share * 1000) / 10} % of ${values.length} rows are beyond ${threshold}` };
  }
  const step = Math.max(1, Math.floor(sorted.length / CANDIDATES_MAX));
  let best = now;
  let threshold = place.value;
  const consider = (candidates: readonly number[]): void => {
    for (const candidate of new Set(candidates)) {
      const then = outcomes(place.with(candidate), forMs, rows, options);
      if (f1(then) <= f1(best) + 1e-9) continue;
      best = then;
      threshold = candidate;
    }
  };
  // Coarsely over the whole range, then every value around the best.
  consider(sorted.filter((_, i) => i % step === 0));
  const near = sorted.findIndex((value) => value >= threshold);
  consider(sorted.slice(Math.max(0, near - step), near + step + 1));
  const { fires, precision, recall } = figures(best);
  const reason =
    threshold === place.value
      ? 'no other threshold does better on this history'
      : `finds ${best.hits} of ${best.incidents} incidents with ${best.firing.length - best.hits} false rows`;
  return { threshold, fires, ...(precision === undefined ? {} : { precision }), ...(recall === undefined ? {} : { recall }), reason };
}

/** The number that a condition of one comparison compares a column with. */
function thresholdOf(e: Expression) {
  if (e.kind !== 'binary' || !['>', '>=', '<', '<='].includes(e.operator)) return undefined;
  const isColumnLeft = e.left.kind === 'column';
  const [column, number] = isColumnLeft ? [e.left, e.right] : [e.right, e.left];
  if (column.kind !== 'column') return undefined;
  const value =
    number.kind === 'integer'
      ? Number(number.value)
      : number.kind === 'decimal'
        ? Number(number.text)
        : number.kind === 'float'
          ? number.value
          : undefined;
  if (value === undefined) return undefined;
  return {
    column: column.path.map((name) => name.text).join('.'),
    value,
    above: e.operator.startsWith('>') === isColumnLeft,
    with(threshold: number): Expression {
      const literal: Expression = { kind: 'float', value: threshold, text: String(threshold), span: number.span };
      return isColumnLeft ? { ...e, right: literal } : { ...e, left: literal };
    },
  };
}
