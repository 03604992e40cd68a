import { planningProblem } from '../../../diagnostics/codes/planning.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { BoundFrom, BoundQuery, TimeSettings } from '../../bind/bound.ts';
import type { SystemColumn } from '../../bind/expression.ts';
import type { CatalogRelation } from '../../catalog/catalog.ts';
import type { ChangeMode } from '../plan.ts';
import type { BuiltQuery, BuiltRow } from './built-row.ts';

/** What the caller knows beyond the bound query. */
export interface PlanOptions {
  /** What a relation that another statement makes may hold, and the key of its rows (column names); absent: rows only append. */
  readonly relationChanges?: (relation: string) => { readonly changes: ChangeMode; readonly key: readonly string[] | null } | undefined;
  /** Whether a relation ends by itself; absent or undefined: taken as bounded (ORDER BY sorts at its end). */
  readonly isBounded?: (relation: string) => boolean | undefined;
  /**
   * true: the output feeds another statement, so its watermark matters row by row. false: nobody reads its watermark, so
   * filters may run in the source. Absent: not known; the watermark is kept.
   */
  readonly consumed?: boolean;
  /** What readers of the output want to know beside its columns (message time, headers, …). */
  readonly outputMeta?: readonly SystemColumn[];
  /** Mode of an updating result; `upsert` by default. */
  readonly rootChanges?: 'upsert' | 'retract';
  /** Events further than this ahead of the clock are record errors; absent: no bound. */
  readonly maxFutureMs?: number | null;
}

export type Emit = 'changes' | 'final';

/** What the builders of one plan share. `query` and `from` tie the recursion: a query holds relations that hold queries. */
export interface BuildContext {
  readonly options: PlanOptions;
  readonly problems: Problem[];
  /** Relations that were scanned, by name. */
  readonly relations: Map<string, CatalogRelation>;
  readonly problem: typeof planningProblem;
  /** `emit` stands where the query has no EMIT of its own. */
  query(query: BoundQuery, emit: Emit | null): BuiltQuery;
  from(from: BoundFrom, time: TimeSettings): BuiltRow;
}

export function newBuildContext(
  options: PlanOptions,
  query: (query: BoundQuery, emit: Emit | null, context: BuildContext) => BuiltQuery,
  from: (from: BoundFrom, time: TimeSettings, context: BuildContext) => BuiltRow,
): BuildContext {
  const context: BuildContext = {
    options,
    problems: [],
    relations: new Map(),
    problem: planningProblem,
    query: (bound, emit) => query(bound, emit, context),
    from: (bound, time) => from(bound, time, context),
  };
  return context;
}
