import { isExact, isNumeric, isTime } from '../../values/unify-types.ts';
import type { CompareOp, Expr } from './expression.ts';
import { shiftColumns } from './expression-tree.ts';
import { isSideTime, sideOf } from './join-keys.ts';
import { sameExpr } from './same-expression.ts';

/** A sum of times: `plus - minus + constant`, in ms. `time` says whether anything in it is a time or an interval for sure. */
interface Linear {
  readonly plus: readonly Expr[];
  readonly minus: readonly Expr[];
  readonly constant: number;
  readonly time: boolean;
}

/** `lower <= t_right - t_left <= upper`, as far as one term tells. */
interface Range {
  readonly left: Expr;
  readonly right: Expr;
  readonly lower: number;
  readonly upper: number;
  /** The term says no more than the range. */
  readonly exact: boolean;
}

export interface FoundBounds {
  /** Null: the event time of that side. */
  readonly left: Expr | null;
  readonly right: Expr | null;
  readonly lower: number;
  readonly upper: number;
  /** Terms that the bounds replace. */
  readonly covered: ReadonlySet<Expr>;
}

interface Sides {
  readonly leftWidth: number;
  readonly isTimeColumn: (index: number) => boolean;
}

/**
 * The bounds that conditions on the two times give: `r.ts BETWEEN l.ts - a AND l.ts + b`, the same as `>=` and `<=`, or on
 * `r.ts - l.ts`. A side without a condition is ±Infinity. The right time is over the right columns.
 *
 * @param isTimeColumn - Whether a column of left ++ right holds times although it is a number (the event-time column).
 */
export function findBounds(terms: readonly Expr[], leftWidth: number, isTimeColumn: (index: number) => boolean): FoundBounds | undefined {
  const ranges = terms.flatMap((term) => rangesOf(term, { leftWidth, isTimeColumn }).map((range) => ({ range, term })));
  const first = ranges[0]?.range;
  if (first === undefined) return undefined;
  const same = ranges.filter(({ range }) => sameExpr(range.left, first.left) && sameExpr(range.right, first.right));
  return {
    left: isSideTime(first.left) ? null : first.left,
    right: isSideTime(first.right) ? null : shiftColumns(first.right, 0 - leftWidth),
    lower: Math.max(...same.map(({ range }) => range.lower)),
    upper: Math.min(...same.map(({ range }) => range.upper)),
    covered: new Set(same.filter(({ range }) => range.exact).map(({ term }) => term)),
  };
}

function rangesOf(term: Expr, sides: Sides): Range[] {
  if (term.kind === 'compare') {
    const range = rangeOf(term.left, term.op, term.right, sides);
    return range === undefined ? [] : [range];
  }
  if (term.kind !== 'between' || term.negated) return [];
  const low = rangeOf(term.arg, '>=', term.low, sides);
  const high = rangeOf(term.arg, '<=', term.high, sides);
  if (low === undefined || high === undefined) return [];
  // Between two times of the other side (a start and an end) the term says two things, and no one range covers both.
  const isOne = sameExpr(low.left, high.left) && sameExpr(low.right, high.right);
  if (!isOne) return [low, high].map((range) => ({ ...range, exact: false }));
  return [{ ...low, lower: Math.max(low.lower, high.lower), upper: Math.min(low.upper, high.upper) }];
}

function rangeOf(a: Expr, op: CompareOp, b: Expr, { leftWidth, isTimeColumn }: Sides): Range | undefined {
  if (op === '=' || op === '!=') return undefined;
  const l = linear(a, isTimeColumn);
  const r = linear(b, isTimeColumn);
  if (l === undefined || r === undefined || !(l.time || r.time)) return undefined;
  const [plus, plusMore] = [...l.plus, ...r.minus];
  const [minus, minusMore] = [...l.minus, ...r.plus];
  if (plus === undefined || minus === undefined || plusMore !== undefined || minusMore !== undefined) return undefined;
  // plus - minus + constant op 0
  const limit = r.constant - l.constant;
  const atLeast = op === '>' || op === '>=';
  const exact = op === '>=' || op === '<=';
  if (sideOf(plus, leftWidth) === 'right' && sideOf(minus, leftWidth) === 'left') {
    const infinite = atLeast ? { lower: limit, upper: Number.POSITIVE_INFINITY } : { lower: Number.NEGATIVE_INFINITY, upper: limit };
    return { left: minus, right: plus, ...infinite, exact };
  }
  if (sideOf(plus, leftWidth) === 'left' && sideOf(minus, leftWidth) === 'right') {
    const infinite = atLeast
      ? { lower: Number.NEGATIVE_INFINITY, upper: 0 - limit }
      : { lower: 0 - limit, upper: Number.POSITIVE_INFINITY };
    return { left: plus, right: minus, ...infinite, exact };
  }
  return undefined;
}

function linear(e: Expr, isTimeColumn: (index: number) => boolean): Linear | undefined {
  if (e.kind === 'literal') {
    if (typeof e.value !== 'number' || !(isExact(e.type) || e.type.kind === 'interval')) return undefined;
    return { plus: [], minus: [], constant: e.value, time: e.type.kind === 'interval' };
  }
  if (e.kind === 'arithmetic' && (e.op === '+' || e.op === '-')) {
    const left = linear(e.left, isTimeColumn);
    const right = linear(e.right, isTimeColumn);
    if (left === undefined || right === undefined) return undefined;
    const sign = e.op === '+' ? 1 : -1;
    return {
      plus: [...left.plus, ...(sign > 0 ? right.plus : right.minus)],
      minus: [...left.minus, ...(sign > 0 ? right.minus : right.plus)],
      constant: left.constant + sign * right.constant,
      time: left.time || right.time,
    };
  }
  return timeTerm(e, isTimeColumn);
}

/** A column, or a cast of a sum, in ms. Casts between time types and INTEGER keep the ms. */
function timeTerm(e: Expr, isTimeColumn: (index: number) => boolean): Linear | undefined {
  if (e.kind === 'cast' && e.type.kind === 'integer' && isTime(e.arg.type)) return linear(e.arg, isTimeColumn);
  const holdsTime = isTime(e.type) || (e.kind === 'column' && isTimeColumn(e.index)) || isSideTime(e);
  if (!holdsTime && !isNumeric(e.type)) return undefined;
  if (e.kind !== 'column' && e.kind !== 'cast') return undefined;
  return { plus: [e], minus: [], constant: 0, time: holdsTime };
}
