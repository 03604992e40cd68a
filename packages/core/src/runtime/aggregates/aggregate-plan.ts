import type { AggregateCall, Expr } from '../../sql/bind/expression.ts';
import type { Accumulator, Moment, Moments } from '../../sql/functions/define.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { constantsOf, typesOf } from '../compile/call.ts';
import { isExactType, isNumericLike, scaleOf } from '../compile/comparison.ts';
import { countDistinct, countsDistinct } from './count-distinct.ts';
import { distinctAccumulator } from './distinct-accumulator.ts';
import { expressionKey } from './expression-key.ts';
import { retractingAccumulator } from './retracting-accumulator.ts';

/** Sums that some aggregates of one argument share. Offsets into a group's slots; -1: not kept. */
export interface MomentSet {
  /** Index into `inputs`; -1: rows are counted. */
  readonly arg: number;
  /** Index into `inputs`; -1: every row. */
  readonly filter: number;
  /** `float`: doubles. `integer`, `decimal`: exact, as unscaled integers. `any` argument: only counted. */
  readonly form: 'float' | 'integer' | 'decimal' | 'counted';
  readonly scale: number;
  /** A sum beyond its type is an error of the row (SUM); otherwise it may grow (AVG). */
  checked: boolean;
  count: number;
  sum: number;
  m2: number;
  min: number;
  max: number;
}

/** An aggregate that keeps an object per group. */
export interface GeneralAggregate {
  readonly accumulator: Accumulator<unknown>;
  readonly args: readonly number[];
  readonly filter: number;
  /** Rows with a NULL argument are added too. */
  readonly keepsNulls: boolean;
  /** Argument types are known only per row, so that `add` may refuse a value. */
  readonly mayRefuse: boolean;
}

export type AggregateOutput =
  | { readonly kind: 'moments'; readonly set: number; readonly finish: (m: Moments) => Scalar }
  | { readonly kind: 'general'; readonly index: number };

/** How the aggregates of one node are kept: what is calculated per row, and what is held per group. */
export interface AggregatePlan {
  /** Distinct expressions over the input: arguments and filters. */
  readonly inputs: readonly Expr[];
  readonly sets: readonly MomentSet[];
  readonly generals: readonly GeneralAggregate[];
  /** One per aggregate call. */
  readonly outputs: readonly AggregateOutput[];
  /** Doubles per group. */
  readonly stride: number;
  /** Some result depends on the order of rows. */
  readonly ordered: boolean;
}

/**
 * Finds which calls share sums, and lays these out. `retracting`: rows may be taken back; sums then give way to accumulators,
 * which know how.
 */
export function planAggregates(calls: readonly AggregateCall[], retracting: boolean): AggregatePlan {
  const inputs: Expr[] = [];
  const known = new Map<string, number>();
  const input = (expr: Expr): number => {
    const key = expressionKey(expr);
    const found = key === null ? undefined : known.get(key);
    if (found !== undefined) return found;
    if (key !== null) known.set(key, inputs.length);
    return inputs.push(expr) - 1;
  };
  const sets: MomentSet[] = [];
  const generals: GeneralAggregate[] = [];
  const outputs = calls.map((call): AggregateOutput => {
    const filter = call.filter === null ? -1 : input(call.filter);
    const moments = retracting || call.distinct ? undefined : momentsOf(call);
    if (moments === undefined) {
      const index = generals.push(generalOf(call, call.args.map(input), filter, retracting)) - 1;
      return { kind: 'general', index };
    }
    const arg = call.args[0] === undefined ? -1 : input(call.args[0]);
    return { kind: 'moments', set: setFor(sets, call.args[0]?.type, arg, filter, moments), finish: moments.finish };
  });
  return { inputs, sets, generals, outputs, stride: layOut(sets), ordered: calls.some((call) => call.fn.ordered === true) };
}

interface MomentUse {
  readonly needs: readonly Moment[];
  readonly finish: (m: Moments) => Scalar;
}

function momentsOf(call: AggregateCall) {
  if (call.args.length > 1) return undefined;
  const moments = call.fn.moments?.(typesOf(call.args));
  if (moments === undefined) return undefined;
  const [arg] = call.args;
  return arg === undefined || isNumericLike(arg.type) || moments.needs.every((need) => need === 'count') ? moments : undefined;
}

function generalOf(call: AggregateCall, args: readonly number[], filter: number, retracting: boolean): GeneralAggregate {
  const types = typesOf(call.args);
  return {
    accumulator: accumulatorOf(call, types, retracting),
    args,
    filter,
    keepsNulls: call.fn.nulls === 'keep',
    mayRefuse: types.some((type) => !isNumericLike(type) && type.kind !== 'string' && type.kind !== 'boolean'),
  };
}

function accumulatorOf(call: AggregateCall, types: readonly SqlType[], retracting: boolean): Accumulator<unknown> {
  if (call.distinct && !retracting && countsDistinct(call)) return countDistinct as Accumulator<unknown>;
  const plain = call.fn.accumulator(types, constantsOf(call.args));
  if (call.distinct) return distinctAccumulator(plain, types);
  return retracting && plain.retract === undefined ? retractingAccumulator(plain, types) : plain;
}

function setFor(sets: MomentSet[], type: SqlType | undefined, arg: number, filter: number, { needs, finish }: MomentUse): number {
  let at = sets.findIndex((set) => set.arg === arg && set.filter === filter);
  if (at < 0) {
    const form =
      type === undefined || !isNumericLike(type) ? 'counted' : isExactType(type) ? (type.kind as 'integer' | 'decimal') : 'float';
    at =
      sets.push({
        arg,
        filter,
        form,
        scale: type === undefined ? 0 : scaleOf(type),
        checked: false,
        count: -1,
        sum: -1,
        m2: -1,
        min: -1,
        max: -1,
      }) - 1;
  }
  const set = sets[at]!;
  // Every set counts: an empty one gives NULL. Squared deviations grow from count and sum.
  set.count = 0;
  for (const need of needs) set[need] = 0;
  if (set.m2 === 0) set.sum = 0;
  if (refuses(finish)) set.checked = true;
  return at;
}

/** Larger than any INTEGER or DECIMAL. */
const BEYOND = 10n ** 39n;

function refuses(finish: MomentUse['finish']): boolean {
  try {
    finish({ count: 1, sum: BEYOND, m2: 0, min: 0, max: 0 });
    return false;
  } catch {
    return true;
  }
}

const MOMENTS = ['count', 'sum', 'm2', 'min', 'max'] as const;

function layOut(sets: readonly MomentSet[]): number {
  let at = 0;
  for (const set of sets) for (const moment of MOMENTS) if (set[moment] >= 0) set[moment] = at++;
  return at;
}
