import type { Span } from '../../diagnostics/span.ts';
import type { Expression, WindowClause } from '../ast/index.ts';
import { type IntervalLiteral, parseDuration } from './interval.ts';

export type WindowKind = 'tumbling' | 'sliding' | 'session';
export type WindowLabel = 'SIZE' | 'ADVANCE' | 'TIMEOUT' | 'GAP';

export interface WindowArgument {
  readonly expression: Expression;
  readonly label?: WindowLabel;
}

/** What is wrong with the arguments of a window, or which forms among them only lenient mode takes. */
export type WindowReading =
  | { readonly window: WindowClause; readonly lenientForms: readonly string[] }
  | { readonly problem: string; readonly at: Span; readonly badDuration?: string };

const KINDS: ReadonlyMap<string, WindowKind> = new Map([
  ['TUMBLING', 'tumbling'],
  ['TUMBLE', 'tumbling'],
  ['SLIDING', 'sliding'],
  ['HOPPING', 'sliding'],
  ['HOP', 'sliding'],
  ['SESSION', 'session'],
]);
export const windowKind = (word: string): WindowKind | undefined => KINDS.get(word.toUpperCase());

export const WINDOW_FORMS: Record<WindowKind, string> = {
  tumbling: 'TUMBLING(size) or TUMBLING(time_column, size), e.g. TUMBLING(5m)',
  sliding: 'SLIDING(size, advance) or SLIDING(time_column, size, advance), e.g. SLIDING(10m, 5m)',
  session: 'SESSION(gap), SESSION(time_column, gap) or SESSION(time_column, gap, key_column), e.g. SESSION(30m)',
};

/** A duration as an interval literal: INTERVAL and `5m` as they are, a bare number as seconds, a quoted `5m`; undefined for anything else. */
export function asDuration(expression: Expression): IntervalLiteral | undefined {
  if (expression.kind === 'interval') return expression;
  const { span } = expression;
  if (expression.kind === 'integer')
    return { kind: 'interval', value: Number(expression.value), unit: 'SECOND', text: `${expression.value}`, span };
  const parsed = expression.kind === 'string' ? parseDuration(expression.value) : undefined;
  return parsed && { kind: 'interval', ...parsed, span };
}

interface Sorted {
  readonly durations: IntervalLiteral[];
  readonly columns: Expression[];
  /** Index of the first duration among the arguments. */
  readonly firstDuration: number;
}

/**
 * Reads the arguments of a window (§6.1). The first argument is a duration if it is INTERVAL, a number or a quoted duration, else the time
 * column; for SESSION a column after the gap is the key. `hop` has the advance before the size, as `HOP(ts, slide, size)` in GROUP BY.
 */
export function readWindow(kind: WindowKind, args: readonly WindowArgument[], span: Span, hop: boolean): WindowReading {
  const sorted = sortArguments(args);
  if ('problem' in sorted) return sorted;
  const lenientForms: string[] = [];
  if (args.some((a) => a.label)) lenientForms.push('a label in a window');
  if (args[0]?.expression.kind === 'interval' && args[0].expression.text === undefined)
    lenientForms.push('INTERVAL as the first window argument');
  if (args.some((a) => a.expression.kind === 'string')) lenientForms.push('a quoted duration in a window');
  const wrong = (problem: string): WindowReading => ({ problem, at: span });
  const { durations, columns, firstDuration } = sorted;
  const [first, second] = durations;
  if (!first) return wrong(`window "${kind.toUpperCase()}" has no duration`);
  const wanted = kind === 'sliding' ? 2 : 1;
  if (durations.length < wanted) return wrong('window "SLIDING" lacks its advance');
  if (durations.length > wanted)
    return wrong(`window "${kind.toUpperCase()}" has more than ${wanted === 1 ? 'one duration' : 'two durations'}`);
  const shape = columnsOf(kind, columns, firstDuration, span);
  if ('problem' in shape) return shape;
  if (shape.swapped) lenientForms.push('a window column after the duration');
  const time = shape.time && { time: shape.time };
  if (kind === 'tumbling') return { window: { kind, size: first, ...time, span }, lenientForms };
  if (kind === 'session') return { window: { kind, gap: first, ...time, ...(shape.key && { key: shape.key }), span }, lenientForms };
  const [size, advance] = hop || args.find((a) => asDuration(a.expression))?.label === 'ADVANCE' ? [second, first] : [first, second];
  return { window: { kind, size: size as IntervalLiteral, advance: advance as IntervalLiteral, ...time, span }, lenientForms };
}

function sortArguments(args: readonly WindowArgument[]): Sorted | (WindowReading & { problem: string }) {
  const durations: IntervalLiteral[] = [];
  const columns: Expression[] = [];
  let firstDuration = -1;
  for (const [i, { expression, label }] of args.entries()) {
    const duration = asDuration(expression);
    if (duration) {
      if (duration.value <= 0) return { problem: 'window duration is not greater than zero', at: duration.span };
      if (firstDuration < 0) firstDuration = i;
      durations.push(duration);
    } else if ((expression.kind === 'column' || isClock(expression)) && !label) columns.push(expression);
    else if (expression.kind === 'string') return { problem: '', at: expression.span, badDuration: `'${expression.value}'` };
    else return { problem: 'window argument is neither a column nor a duration', at: expression.span };
  }
  return { durations, columns, firstDuration };
}

/** PROCTIME() and its kin: windows of the clock, whatever the times of the rows. */
const isClock = (expression: Expression): boolean =>
  expression.kind === 'call' && expression.arguments.length === 0 && /^(PROCTIME|NOW|CURRENT_TIMESTAMP)$/i.test(expression.name.text);

type Columns = { readonly time?: Expression; readonly key?: Expression; readonly swapped: boolean };

function columnsOf(
  kind: WindowKind,
  columns: readonly Expression[],
  firstDuration: number,
  span: Span,
): Columns | (WindowReading & { problem: string }) {
  const [first, second] = columns;
  const allowed = kind === 'session' ? 2 : 1;
  if (columns.length > allowed || (second && firstDuration !== 1))
    return { problem: `window "${kind.toUpperCase()}" has too many columns`, at: (columns.at(-1) as Expression).span ?? span };
  if (!first) return { swapped: false };
  if (firstDuration === 0) return kind === 'session' ? { key: first, swapped: true } : { time: first, swapped: true };
  return second ? { time: first, key: second, swapped: false } : { time: first, swapped: false };
}
