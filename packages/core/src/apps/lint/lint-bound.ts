import type { BoundFrom, BoundQuery, BoundSelect } from '../../sql/bind/bound.ts';
import type { BoundApp, BoundAppQuery } from '../bind-app.ts';
import { originsOf } from '../lineage.ts';
import { relationLabel } from '../relation-label.ts';

/** Something about a query that costs more and more the longer it runs. */
export interface GrowthProblem {
  readonly query: string;
  readonly kind: 'label-cardinality' | 'unbounded-state';
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Whether a column of a relation takes ever more values; undefined: not known, the name decides. */
export type IsHigh = (relation: string, column: string) => boolean | undefined;

const HIGH_NAME =
  /(^|_)(id|uuid|guid|key|token|email|ip|url|uri|path|session|fingerprint|hash|name|timestamp|ts|phone|address|message|trace|span)$/i;
/** Ids of things that a business has few of. */
const LOW_NAME =
  /^(region|country|symbol|currency|category|status|type|level|severity|service|method|plan|tier|zone|side|channel|endpoint|model|page|table)(_(id|name|code|key))?$/i;

export const looksHigh = (column: string): boolean => HIGH_NAME.test(column) && !LOW_NAME.test(column);

/** Labels that make ever more series, and state that nothing frees. */
export function lintGrowth(app: BoundApp, isHigh: IsHigh = () => undefined): GrowthProblem[] {
  const made = new Map(
    app.queries.flatMap((query) =>
      query.statements.flatMap((s) => (s.bound === null ? [] : s.outputs.map((name) => [relationLabel(name), s.bound] as const))),
    ),
  );
  /** Columns of outputs are as high as what they are made of. */
  const high = (relation: string, column: string, depth = 0): boolean => {
    const maker = made.get(relationLabel(relation));
    if (maker == null || depth > 20) return isHigh(relation, column) ?? looksHigh(column);
    const at = maker.query.fields.findIndex((field) => field.name === column);
    const from = originsOf(maker.query, 'value')[at];
    return from !== undefined && [...from.values()].some((origin) => high(origin.relation, origin.column, depth + 1));
  };
  return app.queries.flatMap((query) => [...labelProblems(query, high), ...stateProblems(query, high)]);
}

function labelProblems(query: BoundAppQuery, high: (relation: string, column: string) => boolean): GrowthProblem[] {
  return query.parsed.annotations.metrics.flatMap((metric) => {
    const bound = query.statements.find((s) => s.index === metric.statement)?.bound?.query;
    const origins = bound === undefined ? [] : originsOf(bound, 'value');
    return metric.labels.flatMap((label): GrowthProblem[] => {
      const at = bound?.fields.findIndex((field) => field.name === label.split('.')[0]) ?? -1;
      const from = [...(origins[at]?.values() ?? [])];
      const isBad = from.length === 0 ? looksHigh(label) && at < 0 : from.some(({ relation, column }) => high(relation, column));
      if (!isBad) return [];
      const message = `metric "${metric.name}" has the label "${label}", which takes ever more values: each makes a series in Prometheus`;
      return [{ query: query.name, kind: 'label-cardinality', severity: 'error', message }];
    });
  });
}

function stateProblems(query: BoundAppQuery, high: (relation: string, column: string) => boolean): GrowthProblem[] {
  return query.statements.flatMap((statement) => {
    if (statement.bound === null) return [];
    const problems: GrowthProblem[] = [];
    const say = (message: string, severity: 'error' | 'warning' = 'error'): void =>
      void problems.push({ query: query.name, kind: 'unbounded-state', severity, message });
    for (const select of selectsOf(statement.bound.query)) lintSelect(select, high, say);
    return problems;
  });
}

type Say = (message: string, severity?: 'error' | 'warning') => void;

function lintSelect(select: BoundSelect, high: (relation: string, column: string) => boolean, say: Say): void {
  const { group } = select;
  if (group !== null && group.window === null) {
    const keys = select.items.flatMap((item, i) =>
      item.expr.kind === 'column' && item.expr.index < group.keys.length ? [{ name: item.name, i }] : [],
    );
    const origins = originsOf(select, 'value');
    const growing = keys.filter(({ i }) => [...(origins[i]?.values() ?? [])].some(({ relation, column }) => high(relation, column)));
    if (growing.length > 0)
      say(`it groups by "${growing.map((key) => key.name).join('", "')}" without a window: a group is kept for every value for ever`);
  }
  if (select.limit !== null && select.orderBy.length > 0 && !hasWindow(select))
    say('ORDER BY with LIMIT has no window: rows once ranked are kept for ever', 'warning');
  if (select.distinct && !hasWindow(select)) say('DISTINCT has no window: every row seen is kept for ever');
  if (select.from !== null) lintFrom(select.from, say);
}

function lintFrom(from: BoundFrom, say: Say): void {
  if (from.kind !== 'join') return;
  if (from.mode === 'stream-stream' && from.bounds === null)
    say('it joins two streams without bounds in time: both sides are kept for ever');
  lintFrom(from.left, say);
  lintFrom(from.right, say);
}

function hasWindow(query: BoundQuery): boolean {
  for (const select of selectsOf(query)) if (select.group?.window != null) return true;
  return false;
}

/** All selects of a query, inner ones included. */
export function* selectsOf(query: BoundQuery): Generator<BoundSelect> {
  if (query.kind === 'union') for (const arm of query.arms) yield* selectsOf(arm);
  if (query.kind !== 'select') return;
  yield query;
  if (query.from !== null) yield* selectsIn(query.from);
}

function* selectsIn(from: BoundFrom): Generator<BoundSelect> {
  if (from.kind === 'derived') yield* selectsOf(from.query);
  if (from.kind === 'join') {
    yield* selectsIn(from.left);
    yield* selectsIn(from.right);
  }
}
