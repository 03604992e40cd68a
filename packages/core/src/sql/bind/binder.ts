import { type BINDING_CODES, bindingProblem } from '../../diagnostics/codes/binding.ts';
import type { Problem, Severity } from '../../diagnostics/define-codes.ts';
import type { Span } from '../../diagnostics/span.ts';
import type { CommonTable, Expression, FromItem, Query } from '../ast/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BoundQuery, Properties } from './bound.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './scope.ts';

export interface BindOptions {
  /** The text that the spans point into; names of unnamed output columns are taken from it. */
  readonly sql: string;
  /** Null: nothing is known, every relation has any columns. */
  readonly catalog: Catalog | null;
  readonly compat?: 'standard' | 'velostream';
  readonly mode?: 'lenient' | 'strict';
  readonly purpose?: 'query' | 'deploy';
  readonly divisionByZero?: 'null' | 'error';
  /** `error`: every column of an input must be declared, also where its schema is not known. */
  readonly missingFields?: 'null' | 'error';
}

type Codes = typeof BINDING_CODES;
type ParamsOf<C extends keyof Codes & string> = Parameters<typeof bindingProblem<C>>[2];
/** Notes a problem and lets the work go on. */
export type Report = <C extends keyof Codes & string>(code: C, span: Span, params: ParamsOf<C>, severity?: Severity) => void;

/**
 * Columns that a statement asks of inputs whose columns are not known. Binding works with the columns asked for so
 * far; when one more turns up, the statement is bound again. (Rows are laid out from left to right, so a column cannot
 * be added behind the back of an expression that is already bound.)
 */
export interface Demands {
  /** By FROM item. */
  readonly columns: Map<FromItem, Set<string>>;
  /** By name of a relation that an earlier statement makes. */
  readonly relations: Map<string, Set<string>>;
  changed: boolean;
}

/** What stands around a query. */
export interface QueryContext {
  /** Common tables in sight, the innermost first. */
  readonly ctes: CteScope | null;
  /** Row of the query around, for sub-queries. */
  readonly outer: Scope | null;
  /** Nesting of sub-queries and derived tables. */
  readonly depth: number;
  /** Columns that the reader asks of a `*` over an input with unknown columns. */
  readonly extras: ReadonlySet<string>;
  /** Sub-queries read tables only. */
  readonly tablesOnly: boolean;
}

export interface CteScope {
  readonly table: CommonTable;
  /** What the table itself may refer to. */
  readonly visible: CteScope | null;
  readonly next: CteScope | null;
}

/** Everything that the parts of the binder share while one statement is bound. The two functions close the recursion. */
export interface Binder {
  readonly options: BindOptions;
  readonly velostream: boolean;
  readonly strict: boolean;
  readonly divisionByZero: 'null' | 'error';
  readonly report: Report;
  /** WITH of the statement, later places winning. */
  readonly properties: Properties;
  readonly demands: Demands;
  /** Queries with a `*` over an input with unknown columns: they may have further columns themselves. */
  readonly openQueries: WeakSet<BoundQuery>;
  readonly expression: (node: Expression, scope: Scope) => Expr;
  readonly query: (query: Query, context: QueryContext) => BoundQuery;
}

export interface BinderParts {
  /** Takes up what is found. */
  readonly problems: Problem[];
  readonly properties?: Properties;
  readonly demands?: Demands;
  /** `bindExpression` and `bindQuery`; handed in because the parts they call need them in turn. */
  readonly expression: (cx: Binder, node: Expression, scope: Scope) => Expr;
  readonly query: (cx: Binder, query: Query, context: QueryContext) => BoundQuery;
}

export function createBinder(options: BindOptions, parts: BinderParts): Binder {
  const cx: Binder = {
    options,
    velostream: options.compat === 'velostream',
    strict: options.mode === 'strict',
    divisionByZero: options.divisionByZero ?? 'null',
    report: reporter(parts.problems),
    properties: parts.properties ?? new Map(),
    demands: parts.demands ?? noDemands(),
    openQueries: new WeakSet(),
    expression: (node, scope) => parts.expression(cx, node, scope),
    query: (query, context) => parts.query(cx, query, context),
  };
  return cx;
}

/** Collects problems in `into`, at most one of a code at a place. */
function reporter(into: Problem[]): Report {
  const seen = new Set<string>();
  return (code, span, params, severity) => {
    const key = `${code}:${span.start}:${span.end}`;
    if (seen.has(key)) return;
    seen.add(key);
    into.push(bindingProblem(code, span, params, severity));
  };
}

export const noDemands = (): Demands => ({ columns: new Map(), relations: new Map(), changed: false });

/** Notes that `name` is wanted of `key`. */
export function demand<K>(demands: Demands, map: Map<K, Set<string>>, key: K, name: string): void {
  let names = map.get(key);
  if (names === undefined) {
    names = new Set();
    map.set(key, names);
  }
  if (names.has(name)) return;
  names.add(name);
  demands.changed = true;
}
