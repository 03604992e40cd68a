import type { FromItem, Query, Select } from '../ast/index.ts';
import { relationNameOf, resolveRelation, uriOf } from './bind-relation.ts';
import type { Binder, CteScope, QueryContext } from './binder.ts';
import type { BoundFrom, BoundQuery } from './bound.ts';
import { rareBinders } from './rare-binders.ts';
import { type Input, relationInput } from './relation-input.ts';
import type { ScopeRelation } from './scope.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** FROM and its joins, from left to right; null without FROM. */
export function bindFrom(cx: Binder, select: Select, context: QueryContext): Input | null {
  if (select.from === undefined) return null;
  let input = bindItem(cx, select.from, context);
  for (const join of select.joins) {
    const right = bindItem(cx, join.right, context);
    const clash = right.relations.find((r) => r.alias !== '' && input.relations.some((l) => l.alias === r.alias));
    if (clash !== undefined) cx.report('VS2006', join.right.span, { name: clash.alias });
    input = rareBinders().bindJoin(cx, [input, right], join, context);
  }
  return input;
}

function bindItem(cx: Binder, item: FromItem, context: QueryContext): Input {
  if (item.kind === 'derived') return derivedInput(cx, item, { query: item.query, name: null, ctes: context.ctes }, context);
  const cte = uriOf(item) === null ? findCte(context.ctes, relationNameOf(item)) : undefined;
  if (cte === undefined) return relationInput(cx, item, resolveRelation(cx, item, context.tablesOnly));
  const { name, query } = cte.table;
  return derivedInput(cx, item, { query, name: name.text, ctes: cte.visible }, context);
}

function findCte(scope: CteScope | null, name: string): CteScope | undefined {
  for (let cte = scope; cte !== null; cte = cte.next) if (cte.table.name.text === name) return cte;
  return undefined;
}

interface Derived {
  readonly query: Query;
  /** Name of the common table. */
  readonly name: string | null;
  readonly ctes: CteScope | null;
}

/** A sub-query in FROM, or a common table: bound where it is read. */
function derivedInput(cx: Binder, item: FromItem, derived: Derived, context: QueryContext): Input {
  const extras = cx.demands.columns.get(item) ?? NOTHING;
  const query = cx.query(derived.query, { ...context, ctes: derived.ctes, outer: null, extras });
  const alias = item.alias?.text ?? derived.name ?? '';
  const { fields } = query;
  const from: BoundFrom = { kind: 'derived', query, alias, fields };
  const open = cx.openQueries.has(query);
  const explicitAlias = item.alias !== undefined;
  const scope: ScopeRelation = { alias, name: derived.name, explicitAlias, fields, offset: 0, open, item };
  return { from, relations: [scope], kind: readsStreams(query) ? 'stream' : 'table' };
}

/** Whether some input of the query moves. */
function readsStreams(query: BoundQuery): boolean {
  if (query.kind === 'values') return false;
  if (query.kind === 'union') return query.arms.some(readsStreams);
  return query.from !== null && movesFrom(query.from);
}

function movesFrom(from: BoundFrom): boolean {
  if (from.kind === 'join') return movesFrom(from.left) || movesFrom(from.right);
  return from.kind === 'derived' ? readsStreams(from.query) : from.relation.kind === 'stream';
}
