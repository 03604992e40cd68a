import type { TimeSettings } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedFrom, PrintedRow } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import type { TableRequest } from '../tables/table-registry.ts';
import { msOf } from '../times.ts';
import type { RankBound } from './rank-bound.ts';

/** What a SELECT wants of what it reads. */
export interface FromNeed {
  readonly settings: TimeSettings;
  /** The time of the rows, where the statement names one; over the fields of this part. */
  readonly time: Expr | null;
  readonly as?: TableRequest['as'];
  /** Ranks of which the reader keeps the first places only. */
  readonly ranks?: readonly RankBound[];
}

/** The column behind the ways in which the binder makes a time of it. */
export function timeColumnOf(time: Expr | null): number | null {
  if (time === null) return null;
  if (time.kind === 'column') return time.index;
  if (time.kind === 'cast') return timeColumnOf(time.arg);
  if (time.kind !== 'arithmetic') return null;
  if (time.left.kind === 'literal' && time.left.value === 0 && time.op === '+') return timeColumnOf(time.right);
  return time.op === '*' && time.left.kind === 'literal' && time.left.value === 1 ? timeColumnOf(time.right) : null;
}

export const shifted = (ms: string, shiftMs: number): string => (shiftMs === 0 ? ms : `(${ms} + ${shiftMs})`);

/** Columns that Flink adds to the rows of a window, and the time attribute that we carry. */
export const RESERVED: readonly string[] = ['$time', 'window_start', 'window_end', 'window_time'];

/** The rows as a query of their own, under new and distinct names, so that more can be said of them. `more` are columns behind them. */
export function derived(
  from: PrintedFrom,
  where: string,
  cx: FlinkContext,
  more: readonly string[] = [],
  time: string | null = null,
): PrintedFrom {
  const alias = cx.fresh('q');
  const taken = new Set<string>(RESERVED);
  const names = [...from.row.columns, ...more].map((_, i) => {
    const stem = from.names[i] ?? `$${i}`;
    let name = stem;
    for (let n = 2; taken.has(name); n++) name = `${stem}_${n}`;
    taken.add(name);
    return name;
  });
  const attribute = from.row.time;
  const carried = time ?? attribute?.sql ?? null;
  const items = [...from.row.columns, ...more].map((text, i) => `${text} AS ${quoteName(names[i] as string)}`);
  if (carried !== null) items.push(`${carried} AS ${quoteName('$time')}`);
  const sql = `(SELECT ${items.join(', ')} FROM ${from.sql}${where}) AS ${alias}`;
  const own =
    carried === null
      ? null
      : {
          sql: `${alias}.${quoteName('$time')}`,
          shiftMs: time === null ? (attribute?.shiftMs ?? 0) : 0,
          column: attribute?.column ?? null,
        };
  const ms = own === null ? undefined : shifted(msOf(own.sql), own.shiftMs);
  const columns = names.map((name) => `${alias}.${quoteName(name)}`);
  const row: PrintedRow = {
    columns,
    time: own,
    times: own === null ? [] : [own],
    system: (name) => (name === '_EVENT_TIME' ? ms : undefined),
  };
  return { sql, row, names, updates: from.updates, leaf: null, window: null };
}
