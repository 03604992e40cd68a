import type { CommonTable, Query } from '../ast/index.ts';
import { bindSelect } from './bind-select.ts';
import type { Binder, CteScope, QueryContext } from './binder.ts';
import type { BoundQuery } from './bound.ts';
import { rareBinders } from './rare-binders.ts';

/** A SELECT or UNION with its common tables, which are bound where they are read (§2). */
export function bindQuery(cx: Binder, query: Query, around: QueryContext): BoundQuery {
  const context = { ...around, ctes: withCommonTables(cx, query.ctes, around.ctes) };
  return query.kind === 'select' ? bindSelect(cx, query, context) : rareBinders().bindUnion(cx, query, context);
}

/** Each table sees the ones before it, not itself: there is no recursion. */
function withCommonTables(cx: Binder, tables: readonly CommonTable[], around: CteScope | null): CteScope | null {
  let scope = around;
  const names = new Set<string>();
  for (const table of tables) {
    if (names.has(table.name.text)) cx.report('VS2007', table.name.span, { name: table.name.text });
    names.add(table.name.text);
    scope = { table, visible: scope, next: scope };
  }
  return scope;
}
