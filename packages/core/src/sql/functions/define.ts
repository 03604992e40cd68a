import type { Scalar, SqlType } from '../../values/types.ts';

/**
 * What a parameter takes. The binder checks it and inserts the casts named here:
 *
 * | class    | accepts                                         | reaches `evaluate` as            |
 * |----------|-------------------------------------------------|---------------------------------|
 * | number   | integer, float, decimal                         | as it is (see `types` in prepare) |
 * | float    | integer, float, decimal                         | cast to float                    |
 * | integer  | integer (a float or decimal only with no loss)   | integer                         |
 * | string   | string                                          | string                          |
 * | text     | anything                                        | cast to string (text form)       |
 * | boolean  | boolean                                         | boolean                         |
 * | time     | timestamp, date, integer ms, ISO string          | cast to timestamp (ms)           |
 * | interval | interval                                        | ms                              |
 * | json     | string, json, any, map, array, struct            | as it is                         |
 * | array, map | that type, json, any                           | as it is                         |
 * | value    | anything                                        | as it is                         |
 * | same     | anything; all `same` arguments get one common type | cast to the common type        |
 *
 * NULL and `any` fit every class; an `any` that turns out wrong at run time is a record error.
 */
export type ParameterClass =
  | 'number'
  | 'float'
  | 'integer'
  | 'string'
  | 'text'
  | 'boolean'
  | 'time'
  | 'interval'
  | 'json'
  | 'array'
  | 'map'
  | 'value'
  | 'same';

export interface Parameter {
  readonly name: string;
  readonly takes: ParameterClass;
  readonly optional?: boolean;
  /** The last parameter may repeat (0 or more times when `optional`, else 1 or more). */
  readonly variadic?: boolean;
  readonly description?: string;
}

export type FunctionCategory =
  | 'math'
  | 'string'
  | 'conditional'
  | 'time'
  | 'json'
  | 'collection'
  | 'header'
  | 'aggregate'
  | 'analytic'
  | 'window';

/** An expression and its value, run by the generic test and printed in the reference. `gives` is in API form (decimals as text). */
export interface FunctionExample {
  readonly sql: string;
  /** One value; for an analytic function one per row. */
  readonly gives: unknown;
  /** Rows that an aggregate or analytic function reads; types as inferred from whole arrays. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
}

/** What a scalar function may see besides its arguments. */
export interface EvalContext {
  /** Wall clock, ms since the epoch; from the engine's `Clock`. */
  now(): number;
  /** Uniform in [0, 1); from the engine's `Rng`. */
  random(): number;
  /** Message timestamp of the current row, ms, or null. */
  timestamp(): number | null;
  eventTime(): number | null;
  /** Headers of the current input row. */
  headers(): ReadonlyMap<string, string> | null;
  /** Sets (`null` removes) a header of the output row. */
  setHeader(key: string, value: string | null): void;
  /** Adds one to the query's warning counter of that slug, e.g. `division-by-zero`. */
  warn(reason: string): void;
}

export type Evaluate = (...args: Scalar[]) => Scalar;
export type ContextEvaluate = (context: EvalContext, ...args: Scalar[]) => Scalar;

interface FunctionBase {
  /** Canonical lower-case name. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly category: FunctionCategory;
  /** One sentence. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly examples: readonly FunctionExample[];
}

/** A problem with the arguments that the binder reports at the call: text in the manner of a diagnostic message. */
export interface ArgumentProblem {
  readonly problem: string;
}

/** Result type for argument types; `constants[i]` is the value of a literal argument, else undefined. */
export type ReturnRule = (types: readonly SqlType[], constants: readonly (Scalar | undefined)[]) => SqlType | ArgumentProblem;

export interface ScalarFunction extends FunctionBase {
  readonly kind: 'scalar';
  readonly returns: SqlType | ReturnRule;
  /** `propagate`: any NULL argument gives NULL without a call. `own`: the function sees NULLs. */
  readonly nulls: 'propagate' | 'own';
  /** `immutable` may be folded; `stable` reads the clock or the row's context; `volatile` changes by call. */
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  /** Evaluates one call. Absent when `prepare` is given. Throws `VeloError` for a bad record. */
  readonly evaluate?: Evaluate;
  /** Specialises for types (decimal scales!) and literal arguments (compiled patterns). Called once per call site. */
  readonly prepare?: (types: readonly SqlType[], constants: readonly (Scalar | undefined)[]) => Evaluate;
  /** For functions that read or write the row's context. Exclusive with the two above. */
  readonly evaluateInContext?: ContextEvaluate;
  /** Element `n` (from 1) of an array that the function would make of strings, without the others; NULL where it has none. */
  readonly elementOf?: Evaluate;
  /** What has to be loaded before the first call; `loadNeeds` does it. */
  readonly needs?: 'regex';
}

/**
 * The sums from which common aggregates are finished. The runtime keeps them in typed arrays, shares them
 * between aggregates of the same argument, and updates them in generated code.
 *
 * count: non-NULL values · sum: exact for integer and decimal (unscaled), float otherwise ·
 * m2: sum of squared deviations (Youngs-Cramer), in float and in units of the value (a decimal counts with its scale) ·
 * min, max: numeric and time types.
 */
export type Moment = 'count' | 'sum' | 'm2' | 'min' | 'max';

/** Moments of one group; those not asked for are 0. `sum`, `min`, `max` are in scalar form of the argument type. */
export interface Moments {
  readonly count: number;
  readonly sum: number | bigint;
  readonly m2: number;
  readonly min: number | bigint;
  readonly max: number | bigint;
}

/** State of an aggregate for one group. `S` must be reproducible through `save` and `load`. */
export interface Accumulator<S> {
  create(): S;
  /** Adds one row; returns the new state (which may be the same object). */
  add(state: S, args: readonly Scalar[], row: AggregateRow): S;
  /** As `add` for one argument, by accumulators that ask nothing of the row. */
  addValue?(state: S, value: Scalar): S;
  /** Takes one earlier row away. Absent: the runtime keeps the rows and recomputes. */
  retract?(state: S, args: readonly Scalar[], row: AggregateRow): S;
  /** Joins the state of a later pane into an earlier one. */
  merge(into: S, from: S): S;
  result(state: S): Scalar;
  /** State as a scalar for the checkpoint codec. */
  save(state: S): Scalar;
  load(saved: Scalar): S;
}

/** Where the row stands; FIRST and LAST order by it. */
export interface AggregateRow {
  readonly eventTime: number;
  /** Counts rows of the operator in arrival order. */
  readonly sequence: number;
}

export interface AggregateFunction extends FunctionBase {
  readonly kind: 'aggregate';
  readonly returns: SqlType | ReturnRule;
  /** `ignore`: rows with a NULL argument are not added (the rule); `keep`: they are (FIRST, LAST). */
  readonly nulls: 'ignore' | 'keep';
  /** `COUNT(*)` is allowed. */
  readonly star?: boolean;
  /** The result depends on the order in which rows are added (`STRING_AGG`): overlapping windows then share no state. */
  readonly ordered?: boolean;
  /** The fast way: present when the result follows from moments for these argument types. */
  readonly moments?: (
    types: readonly SqlType[],
  ) => { readonly needs: readonly Moment[]; readonly finish: (m: Moments) => Scalar } | undefined;
  /** The general way; always present, gives the same answers. `descending` is the direction of WITHIN GROUP. */
  readonly accumulator: (
    types: readonly SqlType[],
    constants: readonly (Scalar | undefined)[],
    descending?: boolean,
  ) => Accumulator<unknown>;
}

/** The ordered buffer of one partition as an analytic function sees it. Row indexes count from 0. */
export interface PartitionView {
  readonly size: number;
  /** Index of the current row. */
  readonly position: number;
  /** Frame, clipped to the buffer; `frameEnd` is exclusive. */
  readonly frameStart: number;
  readonly frameEnd: number;
  /** Whether ORDER BY was given. */
  readonly ordered: boolean;
  /** How many arguments the call has; `value` is asked for no others. */
  readonly argumentCount: number;
  /** Value of argument `arg` on `row`. */
  value(arg: number, row: number): Scalar;
  /** Whether two rows are equal in the ORDER BY. */
  peers(a: number, b: number): boolean;
}

export interface AnalyticFunction extends FunctionBase {
  readonly kind: 'analytic';
  readonly returns: SqlType | ReturnRule;
  readonly evaluate: (view: PartitionView) => Scalar;
  /** Rows around the current one that the call can reach, for the default buffer; undefined: the whole buffer. */
  readonly reach?: (constants: readonly (Scalar | undefined)[]) => number | undefined;
}

/** Bounds of the current window, bound to columns of the aggregation (TUMBLE_START(), SESSION_DURATION(), …). */
export interface WindowFunction extends FunctionBase {
  readonly kind: 'window';
  readonly gives: 'start' | 'end' | 'duration';
}

export type FunctionDefinition = ScalarFunction | AggregateFunction | AnalyticFunction | WindowFunction;

export const defineScalar = (f: Omit<ScalarFunction, 'kind'>): ScalarFunction => Object.freeze({ kind: 'scalar', ...f });
/** Keeps the state type inside the definition. */
export const defineAggregate = <S>(
  f: Omit<AggregateFunction, 'kind' | 'accumulator'> & {
    readonly accumulator: (types: readonly SqlType[], constants: readonly (Scalar | undefined)[], descending?: boolean) => Accumulator<S>;
  },
): AggregateFunction => Object.freeze({ kind: 'aggregate', ...f }) as unknown as AggregateFunction;
export const defineAnalytic = (f: Omit<AnalyticFunction, 'kind'>): AnalyticFunction => Object.freeze({ kind: 'analytic', ...f });
export const defineWindow = (f: Omit<WindowFunction, 'kind'>): WindowFunction => Object.freeze({ kind: 'window', ...f });
